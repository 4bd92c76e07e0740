"""Files on disk by tenant and content hash; written beside, synchronised, then renamed into place."""

import hashlib
import os
import shutil
from pathlib import Path

from relance.core.kernel.errors import NotFound
from relance.core.kernel.identifiers import TenantId


class DiskArchive:
    """Keeps files under one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep_file(self, tenant: TenantId, file: Path) -> str:
        """Keep a copy and return the reference, which is the SHA-256 of the content."""
        with file.open("rb") as opened:
            reference = hashlib.file_digest(opened, "sha256").hexdigest()
        kept = self._path(tenant, reference)
        if kept.exists():
            return reference
        kept.parent.mkdir(parents=True, exist_ok=True)
        beside = kept.with_name(f"{reference}.{os.getpid()}.part")
        shutil.copyfile(file, beside)
        with beside.open("rb+") as copy:
            os.fsync(copy.fileno())
        beside.replace(kept)
        return reference

    def open(self, tenant: TenantId, reference: str) -> Path:
        """The kept file; raises NotFound."""
        kept = self._path(tenant, reference)
        if not reference.isalnum() or not kept.is_file():
            raise NotFound("no such file")
        return kept

    def _path(self, tenant: TenantId, reference: str) -> Path:
        return self._folder / str(tenant) / reference[:2] / reference

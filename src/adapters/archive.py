"""Files on disk by tenant and content hash; written beside, synchronised, then renamed into place."""

import hashlib
import os
import secrets
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO

from relance.core.kernel.errors import NotFound
from relance.core.kernel.identifiers import TenantId

_BLOCK = 1 << 20


class DiskArchive:
    """Keeps files under one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep_file(self, tenant: TenantId, file: Path) -> str:
        """Keep a copy and return the reference, which is the SHA-256 of the content; both are made at once."""
        arriving = self._arriving(tenant)
        try:
            with ThreadPoolExecutor(1) as beside:
                copied = beside.submit(_copy, file, arriving)
                with file.open("rb") as opened:
                    reference = hashlib.file_digest(opened, "sha256").hexdigest()
                copied.result()
            self._name(arriving, tenant, reference)
        finally:
            arriving.unlink(missing_ok=True)
        return reference

    def keep_stream(self, tenant: TenantId, stream: BinaryIO) -> str:
        """Keep what is read from a stream: it is written once, and named when its content is known."""
        arriving = self._arriving(tenant)
        try:
            content = _written(stream, arriving)
            self._name(arriving, tenant, content)
        finally:
            arriving.unlink(missing_ok=True)
        return content

    def open(self, tenant: TenantId, reference: str) -> Path:
        """The kept file; raises NotFound."""
        kept = self._path(tenant, reference)
        if not reference.isalnum() or not kept.is_file():
            raise NotFound("no such file")
        return kept

    def _arriving(self, tenant: TenantId) -> Path:
        """Where a file stands until it has its name."""
        arriving = self._folder / str(tenant) / f"{secrets.token_hex(8)}.part"
        arriving.parent.mkdir(parents=True, exist_ok=True)
        return arriving

    def _name(self, arriving: Path, tenant: TenantId, reference: str) -> None:
        kept = self._path(tenant, reference)
        kept.parent.mkdir(parents=True, exist_ok=True)
        arriving.replace(kept)

    def _path(self, tenant: TenantId, reference: str) -> Path:
        return self._folder / str(tenant) / reference[:2] / reference


def _copy(file: Path, path: Path) -> None:
    """A copy of a file, synchronised."""
    shutil.copyfile(file, path)
    with path.open("rb+") as copy:
        os.fsync(copy.fileno())


def _written(stream: BinaryIO, path: Path) -> str:
    """The stream in a file, synchronised; the SHA-256 of its content."""
    content = hashlib.sha256()
    with path.open("wb") as opened:
        while block := stream.read(_BLOCK):
            content.update(block)
            opened.write(block)
        opened.flush()
        os.fsync(opened.fileno())
    return content.hexdigest()

"""The archive: exactly what was received or sent, for the day someone asks."""

from pathlib import Path
from typing import BinaryIO, Protocol

from relance.core.kernel.identifiers import TenantId


class Archive(Protocol):
    """Keeps bytes by tenant; never overwrites."""

    def keep_file(self, tenant: TenantId, file: Path) -> str:
        """Keep a copy of a file and return its reference, which is the SHA-256 of its content."""
        ...

    def keep_stream(self, tenant: TenantId, stream: BinaryIO) -> str:
        """Keep what is read from a stream, as `keep_file` would keep a file of it."""
        ...

    def open(self, tenant: TenantId, reference: str) -> Path:
        """The kept file; raises NotFound for another tenant's or an unknown reference."""
        ...

"""Fetch a file that was handed in."""

from pathlib import Path

import msgspec

from relance.core.tenancy.users import Actor, require_right
from relance.ports.archive import Archive


class FileWanted(msgspec.Struct, frozen=True, kw_only=True):
    """The file by its reference."""

    actor: Actor
    reference: str


class FetchFile:
    """Exactly what was received, for the day someone asks."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def __call__(self, request: FileWanted) -> Path:
        """Where the file is; raises NotFound, NotAllowed."""
        require_right(request.actor, "import")
        return self._archive.open(request.actor.tenant, request.reference)

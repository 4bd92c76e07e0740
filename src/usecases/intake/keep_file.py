"""Keep a file that a person handed in, before anything is read from it."""

from pathlib import Path

import msgspec

from relance.core.tenancy.users import Actor, require_right
from relance.ports.archive import Archive


class FileHandedIn(msgspec.Struct, frozen=True, kw_only=True):
    """Where the file is now."""

    actor: Actor
    file: Path


class KeepFile:
    """The original stays as it came; its reference is what the next steps speak of."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def __call__(self, request: FileHandedIn) -> str:
        """The reference; raises NotAllowed."""
        require_right(request.actor, "import")
        return self._archive.keep_file(request.actor.tenant, request.file)

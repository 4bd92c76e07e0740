"""Keep a file that a person hands in, before anything is read from it."""

from typing import BinaryIO

import msgspec

from relance.core.tenancy.users import Actor, require_right
from relance.ports.archive import Archive


class FileHandedIn(msgspec.Struct, frozen=True, kw_only=True):
    """Its content, read once from where it stands."""

    actor: Actor
    content: BinaryIO


class KeepFile:
    """The original stays as it came; its reference is what the next steps speak of."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def __call__(self, request: FileHandedIn) -> str:
        """The reference; raises NotAllowed."""
        require_right(request.actor, "import")
        return self._archive.keep_stream(request.actor.tenant, request.content)

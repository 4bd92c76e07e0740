"""The restore fence: what stands between a database that came back, or was copied, and its messages."""

from typing import Protocol

from relance.core.tenancy.installation import Trouble


class Fence(Protocol):
    """Knows the mark in the database and the one kept outside of it."""

    def trouble(self) -> Trouble:
        """Why nothing may leave from this database; empty where it may."""
        ...

    def advance(self) -> None:
        """Note, inside the database and beside it, that messages are about to leave; both are on disk afterwards."""
        ...

    def open(self) -> None:
        """Let messages leave again, as an installation of its own: what this database was copied from stays itself."""
        ...

    def join(self) -> None:
        """Remember the database's mark here: this folder belongs to one more worker of the same database."""
        ...

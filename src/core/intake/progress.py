"""How far an import has come."""

from typing import Literal, Protocol

import msgspec

Phase = Literal["waiting", "reading", "comparing", "writing"]


class Progress(msgspec.Struct, frozen=True):
    """The phase, and `rows` of `about`, which is 0 where nobody can tell."""

    phase: Phase = "waiting"
    rows: int = 0
    about: int = 0


class Telling(Protocol):
    """Is told how far an import has come; it waits for nothing."""

    def __call__(self, phase: Phase, rows: int) -> None:
        """Take note."""
        ...


def untold(phase: Phase, rows: int) -> None:
    """Nobody wants to know."""

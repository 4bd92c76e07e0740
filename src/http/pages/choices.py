"""Values of an address that must be one of a few."""

from collections.abc import Iterable
from typing import TypeVar

from relance.core.kernel.errors import BadInput

T = TypeVar("T", bound=str)


def chosen(text: str, among: Iterable[T]) -> T:
    """The known value that was asked for; raises BadInput for any other."""
    for known in among:
        if known == text:
            return known
    raise BadInput(f"no such filter: {text[:40]!r}")


def number_or_none(text: str) -> int | None:
    """A whole number, or nothing was chosen; raises BadInput."""
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise BadInput(f"no such filter: {text[:40]!r}")
    return int(text)

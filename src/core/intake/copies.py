"""Which item a file is the copy of: its number stands in the file's name as a whole, or nobody guesses."""

import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import PurePath
from typing import Literal

import msgspec

from relance.core.kernel.identifiers import ItemId

Left = Literal["unknown-number", "ambiguous", "not-a-pdf", "too-large", "too-many", "already-there", "unreadable"]
_APART = re.compile(r"[\W_]+")
_MONTH, _DAY = "(0[1-9]|1[0-2])", "(0[1-9]|[12][0-9]|3[01])"
_DATE = re.compile(f"(19|20)[0-9]{{2}}({_MONTH}{_DAY})?|{_DAY}{_MONTH}(19|20)[0-9]{{2}}")
_MOST_WORDS = 24
_TYPES: dict[str, frozenset[str]] = {
    "invoice": frozenset({"invoice", "inv", "facture", "fact", "rechnung", "fattura", "factura", "fatura", "factuur"}),
    "credit-note": frozenset({"credit", "creditnote", "avoir", "gutschrift", "abono", "creditnota"}),
}


class Numbered(msgspec.Struct, frozen=True, kw_only=True):
    """What must be known of an item to find its copy; `document` is what its import said of it."""

    item: ItemId
    customer: str
    number: str
    type: str
    document: str = ""


class Match(msgspec.Struct, frozen=True):
    """The item, or why none: `numbers` are those that could be meant."""

    item: Numbered | None
    reason: Left | None = None
    numbers: tuple[str, ...] = ()


def key_of(text: str) -> str:
    """Letters and digits as they are, whatever stands between them as one dash: a file name has no slashes."""
    return _APART.sub("-", text.lower()).strip("-")


def keys_in(file_name: str) -> set[str]:
    """Everything in a file's name that could be a number: whole words, alone or next to each other."""
    words = key_of(PurePath(file_name).stem).split("-")[:_MOST_WORDS]
    pieces = {"-".join(words[at:end]) for at in range(len(words)) for end in range(at + 1, len(words) + 1)}
    return {piece for piece in pieces if any(map(str.isdigit, piece)) and not (_DATE.fullmatch(piece) and words[1:])}


def match(file_name: str, candidates: Collection[Numbered]) -> Match:
    """The one item that the name means: its import named the file, or the name holds its number as a whole."""
    named = [one for one in candidates if one.document and one.document.lower() == file_name.lower()]
    if len(named) == 1:
        return Match(named[0])
    keys = keys_in(file_name)
    found = [one for one in candidates if key_of(one.number) in keys]
    found = _narrowed(list(_longest(found)), key_of(PurePath(file_name).stem))
    if len(found) == 1:
        return Match(found[0])
    numbers = tuple(f"{one.customer} {one.number}" for one in found[:5])
    return Match(None, "ambiguous" if found else "unknown-number", numbers)


def _longest(found: Sequence[Numbered]) -> Iterator[Numbered]:
    """Without numbers that are only a part of another one that is there: 001 in INV-001."""
    keys = {key_of(one.number) for one in found}
    for one in found:
        if not any(key_of(one.number) != key and f"-{key_of(one.number)}-" in f"-{key}-" for key in keys):
            yield one


def _narrowed(found: list[Numbered], name: str) -> list[Numbered]:
    """Where several items bear the number: those whose type, then those whose customer the name says too."""
    words = set(name.split("-"))
    told = {kind for kind, names in _TYPES.items() if names & words}
    if len(told) == 1:
        found = [one for one in found if one.type in told or one.type not in _TYPES]
    if len(found) > 1:
        theirs = [one for one in found if f"-{key_of(one.customer)}-" in f"-{name}-"]
        found = theirs or found
    return found

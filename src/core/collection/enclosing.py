"""Which documents travel with a message: the statement of account, and copies of the invoices that it lists."""

import re
from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

from relance.core.kernel.identifiers import ItemId
from relance.core.ledger.items import Item

STATEMENT, WITH_INTEREST, COPIES = "statement", "statement-interest", "copies"
DOCUMENTS = (STATEMENT, WITH_INTEREST, COPIES)
"""What a step can send along."""
HAVE_COPIES: frozenset[str] = frozenset({"invoice", "credit-note"})
"""Types of items of which somebody would miss the copy."""
MEGABYTE = 1_000_000
_UNSAFE = re.compile(r"[^\w.-]+")


class Copy(msgspec.Struct, frozen=True, kw_only=True):
    """The copy of one item; `ref` names its bytes in the archive."""

    item: ItemId
    media_type: str
    size: int
    ref: str


class LeftOut(msgspec.Struct, frozen=True):
    """An invoice whose copy does not travel: there is none, or it is one too many, or too large for what is left."""

    number: str
    reason: Literal["no-copy", "too-many-copies", "copies-too-large"]


class Room(msgspec.Struct, frozen=True):
    """How many copies a message takes, and how many bytes of them."""

    copies: int
    size: int


def chosen_copies(
    items: Sequence[Item], copies: Mapping[ItemId, Copy], room: Room
) -> tuple[list[tuple[str, Copy]], list[LeftOut]]:
    """The copies that travel, each with the name of its file, in the order of the message; and what is left out."""
    taken: dict[str, Copy] = {}
    left: list[LeftOut] = []
    for item in items:
        copy = copies.get(item.item)
        if copy is None:
            if item.type in HAVE_COPIES:
                left.append(LeftOut(item.number, "no-copy"))
        elif len(taken) >= room.copies:
            left.append(LeftOut(item.number, "too-many-copies"))
        elif copy.size + sum(one.size for one in taken.values()) > room.size:
            left.append(LeftOut(item.number, "copies-too-large"))
        else:
            taken[_file_name(item, taken)] = copy
    return list(taken.items()), left


def _file_name(item: Item, taken: Mapping[str, Copy]) -> str:
    """By the number of the invoice, which the reader knows; a number that was there before gets another ending."""
    stem = _UNSAFE.sub("_", item.number).strip("._") or str(item.item)
    return f"{stem}.pdf" if f"{stem}.pdf" not in taken else f"{stem}-{item.item}.pdf"

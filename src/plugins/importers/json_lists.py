"""Lists in a JSON document: which one holds the items, and which other lists say more about its records."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from relance.plugins import TYPED, BadInput, typed_number

_DECODER = msgspec.json.Decoder(float_hook=typed_number)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}([T ].*)?\Z|\d{1,2}[./]\d{1,2}[./]\d{4}\Z")
_AMOUNT = re.compile(rf"{TYPED}?-?\d+([.,]\d+)?\Z")
_KEY = re.compile(r"(id|code|no|nr|num|number|key|ref)\Z", re.IGNORECASE)
_DEEPEST = 6
_LOOKED_AT = 60
_MOST_JOINED = 500_000

Record = dict[str, str]


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """One list of records, not decoded yet. `path` is its place in the document."""

    path: str
    records: Sequence[msgspec.Raw]

    def first(self) -> list[Record]:
        """The first records, for looking at."""
        return [flat(record) for record in self.records[:_LOOKED_AT]]


def lists_of(document: bytes) -> list[Listing]:
    """Every list of objects; raises BadInput for a document that is torn."""
    try:
        return list(_lists(document, "", 0))
    except (msgspec.DecodeError, RecursionError) as torn:
        raise BadInput(f"the file is no whole JSON document: {str(torn)[:160]}") from torn


def flat(raw: msgspec.Raw | bytes) -> Record:
    """A record as names and texts: what lies deeper is named `customer.code`; numbers stay as they were written."""
    value = _DECODER.decode(raw)
    return dict(_fields(value, "", 0)) if isinstance(value, dict) else {}


def weight(listing: Listing) -> tuple[int, int]:
    """How much a list looks like items: its columns of days where it has amounts too, then its length."""
    rows = listing.first()
    names = dict.fromkeys(name for row in rows for name in row)
    days = sum(_mostly(_DAY, rows, name) for name in names)
    amounts = sum(_mostly(_AMOUNT, rows, name) for name in names)
    return (days if amounts else 0), len(listing.records)


def join_of(listing: Listing, others: Iterable[Listing]) -> list[tuple[Listing, str]]:
    """Other lists with a key of which each value stands there once and that the records of this list bear too."""
    mine = {name for row in listing.first() for name in row}
    found = []
    for other in others:
        names = [name for name in dict.fromkeys(n for row in other.first() for n in row) if _KEY.search(name)]
        key = next((name for name in names if name in mine and _is_unique(other, name)), None)
        if other.path != listing.path and key is not None:
            found.append((other, key))
    return found


def joined(record: Record, tables: Sequence[tuple[str, str, dict[str, Record]]]) -> Record:
    """The record with what other lists say about it, under their own names where these are free."""
    made = dict(record)
    for path, key, rows in tables:
        for name, value in rows.get(record.get(key, ""), {}).items():
            if name != key:
                made.setdefault(name if name not in record else f"{path}.{name}", value)
    return made


def table_of(listing: Listing, key: str) -> dict[str, Record]:
    """The records of a list by their key; raises BadInput for more than are kept in memory."""
    if len(listing.records) > _MOST_JOINED:
        raise BadInput(f"{listing.path} has more than {_MOST_JOINED:,} records: too many to join; use join=none")
    return {row[key]: row for row in map(flat, listing.records) if key in row}


def _lists(raw: bytes | msgspec.Raw, path: str, depth: int) -> Iterator[Listing]:
    begins = bytes(memoryview(raw)[:1])
    if begins == b"[":
        records = msgspec.json.decode(raw, type=list[msgspec.Raw])
        if records and all(bytes(memoryview(record)[:1]) == b"{" for record in records):
            yield Listing(path=path, records=records)
    elif begins == b"{" and depth < _DEEPEST:
        for name, inside in msgspec.json.decode(raw, type=dict[str, msgspec.Raw]).items():
            yield from _lists(inside, f"{path}.{name}" if path else name, depth + 1)
    elif not depth:
        raise BadInput("the file holds no list of records")


def _fields(value: dict[Any, Any], before: str, depth: int) -> Iterator[tuple[str, str]]:
    for key, inside in value.items():
        name = f"{before}{key}"
        if isinstance(inside, dict) and depth < _DEEPEST:
            yield from _fields(inside, f"{name}.", depth + 1)
        else:
            yield name, _text(inside)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)


def _mostly(shape: re.Pattern[str], rows: list[Record], name: str) -> bool:
    values = [row[name] for row in rows if row.get(name)]
    return bool(values) and sum(bool(shape.match(value)) for value in values) * 10 >= len(values) * 9


def _is_unique(listing: Listing, name: str) -> bool:
    values = [row.get(name, "") for row in map(flat, listing.records[:_MOST_JOINED])]
    return "" not in values and len(set(values)) == len(values)

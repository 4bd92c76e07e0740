"""JSON: one document with lists, or one record a line, as an API's pages are kept."""

import codecs
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import ClassVar

import msgspec
import polars as pl

from relance.plugins import BadInput, Guess, Recognised, Table
from relance.plugins.importers.json_lists import (
    Listing,
    Record,
    flat,
    join_of,
    joined,
    lists_of,
    table_of,
    weight,
)

LARGEST_DOCUMENT = 200_000_000
_BLOCK = 20_000
_MOST_COLUMNS = 300
_LONGEST_LINE = 4_000_000
_Row = tuple[int, Record]


class JsonRecords:
    """Reads JSON; options `list` (the path to the list) and `join` (other lists: `customers.customer_id`, or none)."""

    name: ClassVar[str] = "json"
    label: ClassVar[str] = "JSON"

    def recognises(self, sample: bytes, file_name: str) -> Recognised:
        """An object or a list at the beginning; what is inside, `looks` says."""
        text = _plain(sample).lstrip()
        if text[:1] not in {b"{", b"["} or b"\0" in text:
            return Recognised(confidence=0, why="no object or list at the beginning")
        named = file_name.lower().endswith((".json", ".jsonl", ".ndjson"))
        if not named and b'"' not in text:
            return Recognised(confidence=0, why="no names in quotes")
        return Recognised(confidence=90 if named else 70, why="an object or a list at the beginning")

    def looks(self, file: Path, options: Mapping[str, str]) -> Recognised:
        """The list that is taken, and its columns."""
        if _is_lines(file):
            columns = _columns(lambda: _rows_of_lines(file))
            return Recognised(confidence=90, why="one record a line", columns=columns)
        found = lists_of(_document(file))
        chosen, guess = _chosen(found, options)
        tables = _joins(chosen, found, options)
        joins = ",".join(f"{listing.path}.{key}" for listing, key in tables) or "none"
        names = _columns(lambda: _rows_of(chosen, tables))
        return Recognised(
            confidence=90,
            why=f"the list {chosen.path or 'at the top'} has {len(chosen.records)} records",
            options={"list": chosen.path, "join": joins} if chosen.path else {},
            columns=names,
            guesses=(guess,) if guess else (),
        )

    def read(self, file: Path, options: Mapping[str, str]) -> Iterator[Table]:
        """Every record of the list; the columns are all the names that any of them has."""
        if not _is_lines(file):
            found = lists_of(_document(file))
            chosen, _ = _chosen(found, options)
            tables = _joins(chosen, found, options)
            yield from _tables(lambda: _rows_of(chosen, tables))
        else:
            yield from _tables(lambda: _rows_of_lines(file))


def _tables(rows: Callable[[], Iterator[_Row]]) -> Iterator[Table]:
    columns = _columns(rows)
    schema = {"line": pl.Int64} | dict.fromkeys(columns, pl.String)
    block: list[list[int | str]] = []
    for line, record in rows():
        block.append([line, *(record.get(name, "") for name in columns)])
        if len(block) == _BLOCK:
            yield Table(columns=pl.DataFrame(block, schema=schema, orient="row"))
            block = []
    if block:
        yield Table(columns=pl.DataFrame(block, schema=schema, orient="row"))


def _columns(rows: Callable[[], Iterator[_Row]]) -> tuple[str, ...]:
    names: dict[str, None] = {}
    for _, record in rows():
        names.update(dict.fromkeys(record))
        if len(names) > _MOST_COLUMNS:
            raise BadInput(f"the records have more than {_MOST_COLUMNS} names; name the list with --option list=PATH")
    if not names:
        raise BadInput("there is no record in the list: nothing is read from it")
    return tuple(name for name in names if name != "line")


def _rows_of(chosen: Listing, tables: list[tuple[Listing, str]]) -> Iterator[_Row]:
    known = [(listing.path, key, table_of(listing, key)) for listing, key in tables]
    for place, raw in enumerate(chosen.records, 1):
        yield place, joined(flat(raw), known)


def _rows_of_lines(file: Path) -> Iterator[_Row]:
    with file.open("rb") as opened:
        for number, line in enumerate(iter(lambda: opened.readline(_LONGEST_LINE), b""), 1):
            text = line.removeprefix(codecs.BOM_UTF8).strip()
            try:
                record = flat(text) if text else {}
            except (msgspec.DecodeError, RecursionError) as torn:
                raise BadInput(f"line {number} is no whole JSON record: {str(torn)[:120]}") from torn
            if record:
                yield number, record


def _chosen(found: list[Listing], options: Mapping[str, str]) -> tuple[Listing, Guess | None]:
    if not found:
        raise BadInput("the file holds no list of records")
    wanted = options.get("list")
    if wanted is not None:
        named = next((listing for listing in found if listing.path == wanted), None)
        if named is None:
            paths = ", ".join(listing.path or "(the top)" for listing in found)
            raise BadInput(f"there is no list {wanted!r}; the file has {paths}")
        return named, None
    ranked = sorted(found, key=weight, reverse=True)
    days = [weight(listing)[0] for listing in ranked]
    sure = 100 if len(found) == 1 else 90 if days[0] > days[1] else 50
    why = f"{days[0]} columns of days, and amounts"
    return ranked[0], Guess(name="list", value=ranked[0].path, confidence=sure, code="days-and-amounts", why=why)


def _joins(chosen: Listing, found: list[Listing], options: Mapping[str, str]) -> list[tuple[Listing, str]]:
    wanted = options.get("join")
    if wanted is None:
        return join_of(chosen, found)
    joins = []
    for text in filter(None, (part.strip() for part in wanted.split(","))):
        if text == "none":
            continue
        path, _, key = text.rpartition(".")
        other = next((listing for listing in found if listing.path == path), None)
        if other is None:
            raise BadInput(f"join {text!r}: write LIST.KEY, like customers.customer_id")
        joins.append((other, key))
    return joins


def _is_lines(file: Path) -> bool:
    """One record a line: the first line is a whole object, and another one follows or nothing."""
    with file.open("rb") as opened:
        first, second = opened.readline(_LONGEST_LINE), opened.readline(64)
    first = first.removeprefix(codecs.BOM_UTF8).strip()
    if not first.startswith(b"{") or (second.strip() and not second.lstrip().startswith(b"{")):
        return False
    try:
        record = msgspec.json.decode(first, type=dict[str, msgspec.Raw])
    except (msgspec.DecodeError, RecursionError):
        return False
    return bool(second.strip()) or not any(bytes(memoryview(inside)[:2]) == b"[{" for inside in record.values())


def _document(file: Path) -> bytes:
    if file.stat().st_size > LARGEST_DOCUMENT:
        raise BadInput(f"a JSON document of more than {LARGEST_DOCUMENT:,} bytes: write one record a line instead")
    text = _plain(file.read_bytes()).strip()
    if not text:
        raise BadInput("the file is empty")
    return text


def _plain(text: bytes) -> bytes:
    """UTF-8 without its mark, also from UTF-16."""
    if text.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return text.decode("utf-16", errors="replace").encode()
    return text.removeprefix(codecs.BOM_UTF8)

"""Delimited text: CSV, semicolons, tabs, pipes. Every ERP can write it, and no two write the same."""

import codecs
import csv
import io
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import IO, ClassVar

import msgspec
import polars as pl

from relance.plugins import BadInput, Importer, Recognised, Table, hookimpl
from relance.plugins.importers.blocks import Layout, blocks_of, fast_table, quoting_of, slow_tables

api = 1
MOST_COLUMNS = 300
DELIMITERS = (",", ";", "\t", "|")
_NAMED = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}


class DelimitedText:
    """Reads delimited text; options `encoding`, `delimiter`, `quote`, `header-line`."""

    name: ClassVar[str] = "csv"
    label: ClassVar[str] = "Delimited text"

    def recognises(self, sample: bytes, file_name: str) -> Recognised:
        """Text whose first line splits into at least two cells."""
        encoding = _encoding_of(sample)
        text = sample.decode(encoding, errors="replace")
        header = text.splitlines()[0] if text.strip() else ""
        delimiter = _sniffed(header)
        columns = _cells(header, Layout(encoding=encoding, delimiter=delimiter))
        if b"\0" in sample or len(columns) < 2:
            return Recognised(confidence=0, why="no delimiter in the first line")
        return Recognised(
            confidence=60 if file_name.lower().endswith((".csv", ".txt", ".tsv")) else 40,
            why=f"{len(columns)} cells in the first line",
            options={"encoding": encoding, "delimiter": delimiter, "header-line": "1"},
            columns=tuple(columns),
        )

    def read(self, file: Path, options: Mapping[str, str]) -> Iterator[Table]:
        """Read in blocks of lines; a block that polars cannot be trusted with goes through the csv module."""
        layout = _layout(file, options)
        with file.open("rb") as opened:
            text = io.TextIOWrapper(opened, encoding=layout.encoding, errors="strict", newline=None)
            try:
                yield from _tables(text, layout)
            except UnicodeDecodeError as bad:
                name, byte = layout.encoding.removesuffix("-sig"), bad.object[bad.start]
                raise BadInput(
                    f"the file is not {name}: byte 0x{byte:02x} cannot be read; "
                    "name the encoding with --option encoding=cp1252 (or another)"
                ) from bad


@hookimpl
def provide_importers() -> list[Importer]:
    """The one importer of this module."""
    return [DelimitedText()]


def _tables(text: IO[str], layout: Layout) -> Iterator[Table]:
    layout = _with_header(text, layout)
    line, rows = layout.header_line + 1, 0
    blocks = blocks_of(text)
    for block in blocks:
        table = fast_table(block, layout, line)
        if table is None:
            for slow in slow_tables(chain([block], blocks), layout, line):
                rows += _length(slow) + len(slow.rejected)
                yield slow
            break
        line, rows = line + _length(table), rows + _length(table)
        yield table
    if not rows:
        raise BadInput("the file has a header and no rows: nothing is read from it")


def _with_header(text: IO[str], layout: Layout) -> Layout:
    for _ in range(layout.header_line - 1):
        text.readline()
    header = text.readline()
    if not header.strip():
        raise BadInput(f"the file is empty: there is no header in line {layout.header_line}")
    if "\0" in header:
        raise BadInput("the file holds NUL bytes: it is no text; export it again as delimited text")
    if not header.endswith("\n"):
        raise BadInput("the file has a header and no rows: nothing is read from it")
    if not layout.delimiter:
        layout = msgspec.structs.replace(layout, delimiter=_sniffed(header))
    columns = [cell.strip() for cell in _cells(header.rstrip("\n"), layout)]
    if len(columns) > MOST_COLUMNS:
        raise BadInput(f"the header has {len(columns)} columns; at most {MOST_COLUMNS} are read")
    return msgspec.structs.replace(layout, columns=_unique(columns))


def _unique(columns: list[str]) -> tuple[str, ...]:
    """Names that differ: the second `Amount` becomes `Amount (2)`, a nameless third column `column 3`."""
    names: list[str] = []
    for place, name in enumerate(columns, 1):
        own, again = name or f"column {place}", 2
        while own in names or own == "line":
            own, again = f"{name or 'column'} ({again})", again + 1
        names.append(own)
    return tuple(names)


def _layout(file: Path, options: Mapping[str, str]) -> Layout:
    with file.open("rb") as opened:
        sample = opened.read(65_536)
    if not sample.strip():
        raise BadInput("the file is empty")
    encoding = options.get("encoding") or _encoding_of(sample)
    try:
        codec = codecs.lookup("utf-8-sig" if codecs.lookup(encoding).name == "utf-8" else encoding)
    except LookupError as unknown:
        raise BadInput(f"encoding={encoding!r} is unknown; use utf-8, cp1252, latin-1, cp850 ...") from unknown
    delimiter = options.get("delimiter", "")
    delimiter = _NAMED.get(delimiter, delimiter)
    quote = options.get("quote", '"')
    if len(delimiter) > 1 or len(quote) > 1:
        raise BadInput("delimiter and quote are one character each (tab may be written tab)")
    header_line = options.get("header-line", "1")
    if not header_line.isdecimal() or int(header_line) < 1:
        raise BadInput(f"header-line={header_line!r} is no line number; lines count from 1")
    return Layout(encoding=codec.name, delimiter=delimiter, quote=quote, header_line=int(header_line))


def _encoding_of(sample: bytes) -> str:
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return "utf-8"


def _sniffed(header: str) -> str:
    """The delimiter that occurs most in the header line."""
    return max(DELIMITERS, key=header.count)


def _cells(line: str, layout: Layout) -> list[str]:
    return next(
        csv.reader([line], delimiter=layout.delimiter, quotechar=layout.quote or None, quoting=quoting_of(layout)), []
    )


def _length(table: Table) -> int:
    columns: pl.DataFrame = table.columns
    return columns.height

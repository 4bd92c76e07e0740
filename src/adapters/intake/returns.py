"""Rejected rows as a file of the same kind: a person corrects them and imports that file."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl

from relance.core.intake.returned import returned_lines
from relance.core.intake.typed import is_typed, untyped
from relance.ports.export import Cell, Column, Sheet
from relance.ports.importers import Table

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_BYTES = "latin-1"
"""Every byte is one character, and back: what is not looked at stays as it was."""
_NOT_BY_BYTES = ("utf-16", "utf-32", "cp037", "cp273", "cp297", "cp500", "cp1047", "cp1140", "cp1141", "cp1147")
"""Encodings in which the bytes of line ends and quotes mean something else."""


class FileReturns:
    """Cuts rejected rows out of the file that came in."""

    def as_text(self, file: Path, encoding: str, header_line: int, rejected: frozenset[int], quote: str) -> bytes:
        """The lines up to the header and the rejected ones."""
        wide = encoding.lower().replace("_", "-").startswith(_NOT_BY_BYTES)
        code = encoding if wide else _BYTES
        with file.open(encoding=code, newline="") as opened:
            kept = "".join(returned_lines(opened, header_line, rejected, quote))
        return kept.encode(code)

    def as_sheet(self, tables: Iterator[Table], rejected: frozenset[int], name: str) -> Sheet:
        """The file's columns with the rejected rows."""
        columns: tuple[str, ...] = ()
        rows: list[tuple[Cell, ...]] = []
        for table in tables:
            frame = table.columns if isinstance(table.columns, pl.DataFrame) else pl.DataFrame(table.columns)
            columns = columns or tuple(column for column in frame.columns if column != "line")
            kept = frame.filter(pl.col("line").is_in(sorted(rejected))).select(columns)
            rows += (tuple(map(_cell, row)) for row in kept.rows())
        return Sheet(name=name, columns=tuple(Column(column) for column in columns), rows=rows)


def _cell(text: str | None) -> Cell:
    """What was a number or a day comes back as one."""
    if text is None or not is_typed(text):
        return text
    plain = untyped(text)
    if not _DAY.match(plain):
        return Decimal(plain)
    try:
        return date.fromisoformat(plain[:10])
    except ValueError:
        return plain

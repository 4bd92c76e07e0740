"""An importer whose attributes are its columns: what an ERP's fixed export needs, and nothing more."""

import codecs
import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar, TextIO

from relance.core.kernel.errors import BadInput
from relance.ports.importers import Recognised, Rejected, Table

_BATCH = 20_000
_BLANKS = str.maketrans("", "", " \u00a0\u202f")


class Column:
    """One column of the file: its header, and the value of an empty or missing cell.

    The attribute's name is the field that it fills; `field` says another, such as `custom.region`. A column with a
    default may be missing from the file.
    """

    def __init__(self, header: str, *, default: str | None = None, field: str | None = None) -> None:
        self.header, self.default, self.field = header, default, field or ""

    def __set_name__(self, _owner: type, name: str) -> None:
        self.field = self.field or name

    def text_of(self, cell: str) -> str:
        """The cell as an import expects it: what cannot be understood stays as it is, to be rejected by its words."""
        return cell.strip() or (self.default or "")


class Text(Column):
    """Text, without the blanks around it."""


class Day(Column):
    """A date in a `strptime` pattern, handed on as ISO 8601."""

    def __init__(self, header: str, pattern: str, *, default: str | None = None, field: str | None = None) -> None:
        super().__init__(header, default=default, field=field)
        self.pattern = pattern

    def text_of(self, cell: str) -> str:
        """The date as YYYY-MM-DD, or the cell itself where it is none."""
        cell = super().text_of(cell)
        try:
            return datetime.strptime(cell, self.pattern).date().isoformat()  # noqa: DTZ007 - a calendar day has no zone
        except ValueError:
            return cell


class Amount(Column):
    """An amount with its decimal mark, handed on with a decimal point and without thousands separators."""

    def __init__(
        self, header: str, *, decimal: str = ".", default: str | None = None, field: str | None = None
    ) -> None:
        super().__init__(header, default=default, field=field)
        self.decimal, self._thousands = decimal, "," if decimal == "." else "."

    def text_of(self, cell: str) -> str:
        """The amount as plain decimal text."""
        plain = super().text_of(cell).translate(_BLANKS).replace(self._thousands, "")
        return plain.replace(self.decimal, ".")


class TabularImporter:
    """Reads one fixed layout of delimited text. Subclass it, name the columns, and provide an instance."""

    name: ClassVar[str]
    label: ClassVar[str]
    encoding: ClassVar[str] = "utf-8-sig"
    delimiter: ClassVar[str] = ";"
    quote: ClassVar[str] = '"'
    header_line: ClassVar[int] = 1
    columns: ClassVar[tuple[Column, ...]] = ()

    def __init_subclass__(cls) -> None:
        own = tuple(value for value in vars(cls).values() if isinstance(value, Column))
        cls.columns = (*cls.columns, *own)

    def recognises(self, sample: bytes, file_name: str) -> Recognised:
        """Sure of a file that has every mandatory header, and of no other."""
        try:
            text = codecs.getincrementaldecoder(self.encoding)().decode(sample)
            header = next(self._cells(text.splitlines(keepends=True)[self.header_line - 1 :]), [])
        except (UnicodeDecodeError, csv.Error):
            return Recognised(confidence=0, why=f"not {self.encoding} text")
        missing = self._missing(header)
        if missing:
            return Recognised(confidence=0, why=f"no column {missing[0]!r}")
        return Recognised(
            confidence=95,
            why=f"has the columns of {self.label}",
            options={"encoding": self.encoding, "delimiter": self.delimiter, "decimal": ".", "date": "iso"},
            header_line=self.header_line,
            columns=tuple(column.field for column in self.columns),
        )

    def read(self, file: Path, options: Mapping[str, str]) -> Iterator[Table]:
        """The rows in batches, each column named by the field that it fills."""
        try:
            with file.open(encoding=options.get("encoding", self.encoding), newline="") as opened:
                yield from self._batches(opened)
        except UnicodeDecodeError as bad:
            raise BadInput(f"{file.name}: not {self.encoding} text at byte {bad.start}") from bad
        except csv.Error as bad:
            raise BadInput(f"{file.name}: cut off or no table: {bad}") from bad

    def _batches(self, opened: TextIO) -> Iterator[Table]:
        reader, header = self._opened(opened)
        rows, rejected, width = [], [], len(header)
        line = reader.line_num + self.header_line
        for cells in reader:
            width = len(cells)
            if width == len(header):
                rows.append(self._row(line, dict(zip(header, cells, strict=True))))
            elif cells:
                rejected.append(_wrong_width(line, cells, len(header)))
            line = reader.line_num + self.header_line
            if len(rows) >= _BATCH:
                yield self._table(rows, rejected)
                rows, rejected = [], []
        if line == self.header_line + 1:
            raise BadInput("the file has a header and no rows: nothing is read from it")
        if 0 < width < len(header):
            raise BadInput(f"the file is cut off: its last line has {width} cells, the header has {len(header)}")
        yield self._table(rows, rejected)

    def _opened(self, opened: TextIO) -> tuple[Any, list[str]]:
        for _ in range(self.header_line - 1):
            opened.readline()
        reader = csv.reader(opened, delimiter=self.delimiter, quotechar=self.quote, strict=True)
        header = [cell.strip() for cell in next(reader, [])]
        missing = self._missing(header)
        if missing:
            raise BadInput(f"no column {missing[0]!r}: this is no file of {self.label}")
        return reader, header

    def _row(self, line: int, cells: Mapping[str, str]) -> tuple[int | str, ...]:
        return (line, *(column.text_of(cells.get(column.header, "")) for column in self.columns))

    def _table(self, rows: list[tuple[int | str, ...]], rejected: list[Rejected]) -> Table:
        import polars

        schema = {"line": polars.Int64()} | {column.field: polars.String() for column in self.columns}
        return Table(columns=polars.DataFrame(rows, schema=schema, orient="row"), rejected=tuple(rejected))

    def _cells(self, lines: Iterable[str]) -> Iterator[list[str]]:
        return csv.reader(lines, delimiter=self.delimiter, quotechar=self.quote)

    def _missing(self, header: list[str]) -> list[str]:
        there = {cell.strip() for cell in header}
        return [column.header for column in self.columns if column.default is None and column.header not in there]


def _wrong_width(line: int, cells: list[str], wanted: int) -> Rejected:
    return Rejected(
        line=line,
        column="",
        value=cells[0][:100],
        code="wrong-cell-count",
        message=f"{len(cells)} cells where the header has {wanted}",
    )

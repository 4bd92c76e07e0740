"""The frame of a DATEV file: a first line about the whole, a line of column names, and rows."""

import codecs
import csv
import io
from pathlib import Path
from typing import Literal

import msgspec

from relance.plugins import BadInput, Rejected

LARGEST = 200 << 20
_MARKS = ("EXTF", "DTVF")
_LEAST_CELLS = {"bookings": 10, "masters": 2, "other": 1}
_CUSTOMERS = "123456"

Sort = Literal["bookings", "masters", "other"]


class Head(msgspec.Struct, frozen=True):
    """What the first line says."""

    delimiter: str
    cells: tuple[str, ...]

    def cell(self, place: int) -> str:
        """One cell; empty beyond the last."""
        return self.cells[place].strip() if place < len(self.cells) else ""

    @property
    def name(self) -> str:
        """What the file holds, in DATEV's words."""
        return self.cell(3) or "something"

    @property
    def sort(self) -> Sort:
        """What the file holds, in ours."""
        if self.cell(2) == "21" or "buchungsstapel" in self.name.lower():
            return "bookings"
        return "masters" if self.cell(2) == "16" or "debitoren" in self.name.lower() else "other"

    @property
    def digits(self) -> int:
        """The length of general accounts; personal accounts have one digit more."""
        return int(self.cell(13)) if self.cell(13) in {"4", "5", "6", "7", "8"} else 4

    @property
    def customers(self) -> tuple[int, int]:
        """The first and the last account that a customer may have."""
        return 10**self.digits, 7 * 10**self.digits - 1

    def is_customer(self, account: str) -> bool:
        """Whether this is the account of a customer (Debitor)."""
        plain = account.strip().lstrip("0")
        return plain.isdecimal() and len(plain) == self.digits + 1 and plain[0] in _CUSTOMERS


class Row(msgspec.Struct, frozen=True):
    """One row with its line in the file."""

    line: int
    cells: tuple[str, ...]

    def cell(self, place: int) -> str:
        """One cell without blanks around it; empty beyond the last or before the first."""
        return self.cells[place].strip() if 0 <= place < len(self.cells) else ""


class Batch(msgspec.Struct, frozen=True):
    """A whole file."""

    head: Head
    encoding: str
    names: tuple[str, ...]
    rows: tuple[Row, ...]
    rejected: tuple[Rejected, ...]

    def place_of(self, *names: str) -> int:
        """The column that begins with one of these names, in whatever case; -1 for none."""
        wanted = tuple(name.lower() for name in names)
        return next((place for place, name in enumerate(self.names) if name.strip().lower().startswith(wanted)), -1)


def head_of(sample: bytes) -> Head | None:
    """The first line of a DATEV file; None for any other."""
    line = sample.removeprefix(codecs.BOM_UTF8).split(b"\n", 1)[0].decode("cp1252", errors="replace").rstrip("\r")
    start = line.removeprefix('"')
    if start[:4] not in _MARKS:
        return None
    delimiter = start[4:].removeprefix('"')[:1]
    if delimiter not in {";", ",", "\t"}:
        return None
    try:
        return Head(delimiter, tuple(next(csv.reader([line], delimiter=delimiter), [])))
    except csv.Error:
        return None


def batch_of(file: Path, encoding: str) -> Batch:
    """Read a file; raises BadInput for one that is torn, damaged or in another encoding than was said."""
    if file.stat().st_size > LARGEST:
        raise BadInput(f"the file is larger than {LARGEST >> 20} MB; DATEV's own batches never are")
    content = file.read_bytes()
    head = head_of(content[:65_536])
    if head is None:
        raise BadInput("the first line is none of DATEV (EXTF;700;21;...)" if content.strip() else "the file is empty")
    text, used = _decoded(content, encoding)
    lines = _lines(text, head)
    if len(lines) < 2:
        raise BadInput("the file has no rows below its two header lines: nothing is read from it")
    names, rows = lines[1].cells, lines[2:]
    good = tuple(row for row in rows if len(row.cells) >= _LEAST_CELLS[head.sort])
    short = [row for row in rows if len(row.cells) < _LEAST_CELLS[head.sort] and any(map(str.strip, row.cells))]
    if short and short[-1] is rows[-1] and not text.endswith("\n"):
        raise BadInput(f"line {short[-1].line}: the file is cut off in its last row")
    return Batch(head, used, names, good, tuple(map(_short, short)))


def _decoded(content: bytes, encoding: str) -> tuple[str, str]:
    """UTF-8 where every byte agrees, else Windows text, which DATEV writes by default."""
    for name in (encoding,) if encoding else ("utf-8-sig", "cp1252", "latin-1"):
        try:
            return content.decode(name), name
        except LookupError as unknown:
            raise BadInput(f"encoding={encoding!r} is unknown; use utf-8 or cp1252") from unknown
        except UnicodeDecodeError as wrong:
            if encoding:
                raise BadInput(f"the file is not {encoding}: byte {wrong.start} cannot be read") from wrong
    raise AssertionError("latin-1 reads every byte")


def _lines(text: str, head: Head) -> list[Row]:
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=head.delimiter, strict=True)
    rows: list[Row] = []
    line = 1
    try:
        for cells in reader:
            rows.append(Row(line, tuple(cells)))
            line = reader.line_num + 1
    except csv.Error as broken:
        raise BadInput(
            f"line {line}: a quote is left open or misplaced ({broken}); the file is cut off or damaged, "
            "nothing is read from it"
        ) from broken
    return rows


def _short(row: Row) -> Rejected:
    value = ";".join(row.cells)[:200]
    message = f"the row has only {len(row.cells)} cells; correct it in the file"
    return Rejected(line=row.line, column="", value=value, code="wrong-number-of-cells", message=message)

"""Files that are small to send and large to read, read one after another in a process that tells its memory.

Run as a program with a folder to write to: one JSON line for each bomb, with what became of it and the most memory
that the process held so far, in megabytes.
"""

import json
import sys
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

from relance.plugins import BadInput
from relance.plugins.importers.csv import DelimitedText
from relance.plugins.importers.excel import Workbooks

HEAD = b"code;name\n"
MIB = 1 << 20


def _again(piece: bytes, times: int, *, head: bytes = HEAD, end: bytes = b"") -> Callable[[], Iterable[bytes]]:
    def pieces() -> Iterable[bytes]:
        yield head
        many = max(1, MIB // len(piece))
        for start in range(0, times, many):
            yield piece * min(many, times - start)
        yield end

    return pieces


BOMBS: dict[str, Callable[[], Iterable[bytes]]] = {
    "a line without an end": _again(b"x" * MIB, 64, head=HEAD + b"C1;A\nC2;"),
    "a cell of 200,000 characters": _again(b"x", 200_000, head=HEAD + b"C1;A\nC2;", end=b"\n"),
    "a quoted cell of 200,000 characters": _again(b"x", 200_000, head=HEAD + b'C1;A\nC2;"', end=b'"\n'),
    "ten million cells in a row": _again(b"1;", 10_000_000, head=HEAD + b"C1;A\n", end=b"\n"),
    "ten million columns": _again(b"a;", 10_000_000, head=b"", end=b"\n1;2\n"),
    "delimiters only": _again(b";", 40_000_000, head=b""),
    "blank lines only": _again(b"\n", 25_000_000, head=HEAD + b"C1;A\n"),
    "quotes only": _again(b'"', 30_000_000),
    "a quote opened in each row": _again(b'C1;"x\n', 300_000),
    "a quote closed too early in each row": _again(b'C1;"x"y;z\n', 300_000),
    "a quote opened once": _again(b"abc;def\n", 500_000, head=HEAD + b'C1;"'),
    "line breaks in every row": _again(b'C1;"a\nb"\n', 300_000),
    "each row too long": _again(b"C1;A;B\n", 200_000),
    "five million rows and one": _again(b"1;2\n", 5_000_001),
    "NUL bytes at the end": _again(b"C1;A\n", 2_000_000, end=b"C9;\0\n"),
}


def main(folder: Path) -> None:
    """Read every bomb."""
    for name, pieces in BOMBS.items():
        file = folder / "bomb.csv"
        with file.open("wb") as opened:
            opened.writelines(pieces())
        _tell(name, _text(file))
    packed = folder / "bomb.xlsx"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(300):
                sheet.write(bytes(MIB))
    _tell("a workbook that unpacks to 300 MB", _workbook(packed))


def _text(file: Path) -> str:
    with file.open("rb") as opened:
        sample = opened.read(65_536)
    reader, rows, rejected = DelimitedText(), 0, 0
    try:
        for table in reader.read(file, reader.recognises(sample, file.name).options):
            rows, rejected = rows + table.columns.height, rejected + len(table.rejected)
    except BadInput as refusal:
        return refusal.detail
    return f"{rows} rows, {rejected} rejected"


def _workbook(file: Path) -> str:
    try:
        return f"{sum(table.columns.height for table in Workbooks().read(file, {}))} rows"
    except BadInput as refusal:
        return refusal.detail


def _tell(name: str, became: str) -> None:
    print(json.dumps({"name": name, "became": became, "memory": _peak()}))


def _peak() -> int:
    """High-water mark of this process alone: what `getrusage` tells begins with the parent's."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) // 1024


if __name__ == "__main__":
    main(Path(sys.argv[1]))

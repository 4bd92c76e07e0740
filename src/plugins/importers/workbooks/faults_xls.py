"""Cells in error of an .xls, found in its records; other cells the reader tells truly."""

import struct
from collections.abc import Iterator
from pathlib import Path

_WORDS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_BOOL_OR_ERROR, _FORMULA, _SHEET, _BEGIN, _END = 0x0205, 0x0006, 0x0085, 0x0809, 0x000A
_IN_HEADER = 109
_LAST = 0xFFFFFFFA
"""From here on, numbers of sectors are marks: end of a chain, free, and so on."""


def errors_of(file: Path, sheet: str) -> dict[tuple[int, int], str]:
    """Words by (row, column), both from 0; empty for a file whose frame cannot be followed, as the reader says why."""
    try:
        stream = _workbook(file.read_bytes())
        return dict(_errors(stream, _offset_of(stream, sheet)))
    except (struct.error, IndexError, ValueError):
        return {}


def _errors(stream: bytes, offset: int) -> Iterator[tuple[tuple[int, int], str]]:
    depth = 0
    for kind, data in _records(stream, offset):
        depth += (kind == _BEGIN) - (kind == _END)
        if depth <= 0:
            return
        if kind == _BOOL_OR_ERROR and data[7]:
            yield struct.unpack_from("<HH", data), _WORDS.get(data[6], "#VALUE!")
        elif kind == _FORMULA and data[12:14] == b"\xff\xff" and data[6] == 2:
            yield struct.unpack_from("<HH", data), _WORDS.get(data[8], "#VALUE!")


def _records(stream: bytes, offset: int) -> Iterator[tuple[int, bytes]]:
    while offset + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, offset)
        yield kind, stream[offset + 4 : offset + 4 + size]
        offset += 4 + size


def _offset_of(stream: bytes, sheet: str) -> int:
    for kind, data in _records(stream, 0):
        if kind == _SHEET:
            wide = data[7] & 1
            name = data[8 : 8 + data[6] * (1 + wide)].decode("utf-16-le" if wide else "latin-1")
            if name == sheet:
                return int(struct.unpack_from("<I", data)[0])
        elif kind == _END:
            break
    raise ValueError(sheet)


def _workbook(content: bytes) -> bytes:
    """The stream of the workbook out of its compound file; small streams in the mini sectors are not followed."""
    size = 1 << int(struct.unpack_from("<H", content, 30)[0])
    table = _allocation(content, size)
    (first,) = struct.unpack_from("<I", content, 48)
    entries = _chain(content, table, first, size)
    for at in range(0, len(entries), 128):
        length = int(struct.unpack_from("<H", entries, at + 64)[0])
        name = entries[at : at + max(0, length - 2)].decode("utf-16-le", errors="replace")
        if name in ("Workbook", "Book"):
            start, long = struct.unpack_from("<II", entries, at + 116)
            if long < struct.unpack_from("<I", content, 56)[0]:
                raise ValueError(name)
            return _chain(content, table, start, size)[:long]
    raise ValueError("Workbook")


def _allocation(content: bytes, size: int) -> list[int]:
    """Which sector follows which."""
    sectors = list(struct.unpack_from(f"<{_IN_HEADER}I", content, 76))
    more, count = struct.unpack_from("<II", content, 68)
    for _ in range(min(count, len(content) // size)):
        if more >= _LAST:
            break
        block = struct.unpack_from(f"<{size // 4}I", content, size * (more + 1))
        sectors += block[:-1]
        more = block[-1]
    table: list[int] = []
    for sector in sectors:
        if sector < _LAST:
            table += struct.unpack_from(f"<{size // 4}I", content, size * (sector + 1))
    return table


def _chain(content: bytes, table: list[int], sector: int, size: int) -> bytes:
    parts: list[bytes] = []
    while sector < _LAST and len(parts) <= len(table):
        parts.append(content[size * (sector + 1) : size * (sector + 2)])
        sector = table[sector]
    return b"".join(parts)

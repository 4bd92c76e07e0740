"""What stands below the rows and is none of them: totals, balances, the foot of a page, remarks."""

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Literal, NamedTuple

from relance.plugins import Note
from relance.plugins.importers.decoding import decoded
from relance.plugins.importers.layouts import Layout
from relance.plugins.importers.records import record_at
from relance.plugins.importers.totals import is_total, plain, usual_cells

_MOST = 60
_USUAL = 200
_SHOWN = 6
_REMARK = re.compile(
    r"\W{2,}|[(*#=_-].*|.*\b(page|seite|pagina|strona|stranka|sayfa|printed|imprime|edite|edition|exported|generated|"
    r"gedruckt|erstellt|stampato|impreso|impresso|wydruk|rows? affected|rows? selected|records?|end of|fin de|ende)\b.*"
)
_Part = Literal["blank", "total-row", "footer", "thin", "row"]


class Skipped(NamedTuple):
    """A line that is no row."""

    line: int
    code: str
    text: str


class _Row(NamedTuple):
    place: int
    cells: Sequence[str]
    closed: bool


class Ending(NamedTuple):
    """The rows without what stands below them, and what that was."""

    data: bytes
    skipped: tuple[Skipped, ...]


def without_ending(data: bytes, layout: Layout, first_line: int) -> Ending:
    """The last block of a file without the footer and the totals at its end."""
    above, lines, torn = _last_lines(data, first_line)
    rows = _rows(lines, layout)
    usual = usual_cells([row.cells for row in rows])
    rows = rows[-_MOST:]
    parts: list[_Part] = [part_of(row.cells, usual) if row.closed else "row" for row in rows]
    if parts and torn and parts[-1] == "thin":
        parts[-1] = "row"  # the file may be cut off within its last row
    keep = _rows_among(parts)
    if keep == len(rows):
        return Ending(data, ())
    first = first_line + above.count(b"\n")
    skipped = tuple(
        Skipped(first + row.place, _code(part), lines[row.place])
        for row, part in zip(rows[keep:], parts[keep:], strict=True)
        if part != "blank"
    )
    kept = lines[: rows[keep].place]
    return Ending(above + "".join(f"{line}\n" for line in kept).encode(), skipped)


def _last_lines(data: bytes, first_line: int) -> tuple[bytes, list[str], bool]:
    """What stands above the last lines, those, and whether the very last has no end."""
    at = len(data)
    for _ in range(_MOST + _USUAL):
        at = data.rfind(b"\n", 0, max(0, at - 1)) + 1
        if not at:
            break
    lines = decoded(data[at:], first_line, above=data[:at]).split("\n")
    torn = bool(lines[-1])
    return data[:at], lines if torn else lines[:-1], torn


def notes_of(skipped: Sequence[Skipped]) -> tuple[Note, ...]:
    """What was left out, as a person is told."""
    found = []
    for code, alike in groupby(sorted(skipped, key=lambda one: one.code), key=lambda one: one.code):
        lines = list(alike)
        found.append(Note(code, len(lines), tuple(f"line {one.line}: {one.text[:120]}" for one in lines[:_SHOWN])))
    return tuple(found)


def part_of(cells: Sequence[str], usual: float) -> _Part:
    """What a line is by its own looks; a thin one is a footer only where a blank line or a total parts it from rows."""
    filled = [cell for cell in cells if cell.strip()]
    if not filled:
        return "blank"
    if is_total(cells, usual):
        return "total-row"
    if len(cells) == 1 and _REMARK.fullmatch(plain(filled[0].strip())):
        return "footer"
    return "thin" if len(cells) == 1 or len(filled) * 2 <= usual else "row"


def _rows(lines: list[str], layout: Layout) -> list[_Row]:
    """The rows of the lines; where a quote is left open, the line as it is."""
    rows, place = [], 0
    while place < len(lines):
        record = record_at(lines, place, layout)
        rows.append(_Row(place, record.cells or (lines[place],), closed=record.cells is not None))
        place += record.lines
    return rows


def _rows_among(parts: list[_Part]) -> int:
    """How many of the parts are kept as rows: up to the last that is not below them."""
    keep = len(parts)
    for place in range(len(parts) - 1, -1, -1):
        if parts[place] == "row":
            break
        if parts[place] != "thin":
            keep = place
    return keep


def _code(part: _Part) -> str:
    return "totals-skipped" if part == "total-row" else "footer-skipped"

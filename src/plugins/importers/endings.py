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


class Ending(NamedTuple):
    """The rows without what stands below them, and what that was."""

    data: bytes
    skipped: tuple[Skipped, ...]


def without_ending(data: bytes, layout: Layout, first_line: int) -> Ending:
    """The last block of a file without the footer and the totals at its end."""
    above, lines, torn = _last_lines(data, first_line)
    start = max(0, len(lines) - _MOST)
    usual = usual_cells([_cells(lines, place, layout) for place in range(len(lines))])
    parts: list[_Part] = [part_of(_cells(lines, place, layout), usual) for place in range(start, len(lines))]
    if parts and torn and parts[-1] == "thin":
        parts[-1] = "row"  # the file may be cut off within its last row
    keep = start + _rows_among(parts)
    if keep == len(lines):
        return Ending(data, ())
    first = first_line + above.count(b"\n")
    skipped = tuple(
        Skipped(first + place, _code(parts[place - start]), lines[place])
        for place in range(keep, len(lines))
        if parts[place - start] != "blank"
    )
    return Ending(above + "".join(f"{line}\n" for line in lines[:keep]).encode(), skipped)


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


def _cells(lines: list[str], place: int, layout: Layout) -> Sequence[str]:
    return record_at(lines, place, layout).cells or (lines[place],)


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

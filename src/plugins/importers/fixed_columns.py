"""Columns of fixed width, as mainframes and printers write them: parted by blanks alone, ruled off or not."""

import re
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from relance.plugins.importers.header_rows import header_rows
from relance.plugins.importers.paper import GAP, Paper, cuts_of, header_below
from relance.plugins.importers.sums import day_places, is_day
from relance.plugins.importers.totals import is_rule

_LOOKED_AT = 600
_COLUMNS, _FEWEST_ROWS = 4, 2
_RULE = re.compile(r"[-=_]+")
_AROUND = 4


def fixed_in(text: str) -> Paper | None:
    """The table of this text; None where the lines below no line of names have days, each at its place."""
    lines = text.split("\n", _LOOKED_AT)[:_LOOKED_AT]
    place = header_below(lines, -1)
    if place < 0:
        return None
    gutters = _gutters(lines, place)
    cuts = tuple(start for start, _ in gutters)
    found = Paper(delimiter="", header_line=place + 1, header=(), labels=(), days=(), cuts=cuts, gutters=gutters)
    first = max(0, place - _AROUND)
    above = [found.cells(line) if len(GAP.findall(line)) > 1 else [] for line in lines[first : place + 1]]
    rows = [cells for line in lines[place + 1 :] if any(map(is_day, cells := found.cells(line)))]
    if len(rows) < _FEWEST_ROWS or len(above[-1]) < _COLUMNS:
        return None
    header = header_rows([*above, *rows], len(above) - 1).header
    days = day_places(rows)
    return msgspec.structs.replace(found, header=header, days=days) if days else None


def _gutters(lines: Sequence[str], place: int) -> tuple[tuple[int, int], ...]:
    """What parts the columns: as the line below the header is ruled, else where rows are blank near its gaps."""
    rule = next((line for line in lines[place + 1 : place + 2] if is_rule((line,)) and line.strip()), "")
    strokes = [stroke.span() for stroke in _RULE.finditer(rule)]
    if len(strokes) < _COLUMNS:
        return tuple((cut, cut + 1) for cut in cuts_of(lines, place))
    return tuple((end, start) for (_, end), (start, _) in pairwise(strokes))

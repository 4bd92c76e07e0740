"""Headers of several lines: a name split over two rows, groups of columns above it, units and types below it."""

import re
from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from relance.plugins import TYPED, name_worth
from relance.plugins.importers.shapes import shape_of

Cells = Sequence[str | None]
_UNIT = re.compile(
    r"\([^()\d]{1,16}\)|\[[^\[\]\d]{1,16}\]|[A-Z]{3}|[\u20ac$\u00a3%]|[dDjJtTgG]{2}[./-][mM]{2}[./-][yYjJaA]{2,4}"
)
_MOST_ABOVE = 2
_VALUES = frozenset(("number", "day", "code"))
_FEWEST = 2
_MOSTLY = 0.7


class Names(NamedTuple):
    """What the columns are called, and the places of the first and the last row that say so."""

    header: tuple[str, ...]
    first: int
    last: int


def header_rows(rows: Sequence[Cells], place: int) -> Names:
    """The whole header around the row that looks most like one; `rows` are adjacent, and blank ones stand among them.

    Rows beside it count only where some column is told better by them: titles and units tell none.
    """
    own = tuple(_texts(rows[place]))
    last = place + 1 if _names_values(rows, place + 1) else place
    best = Names(own, place, last)
    for first in range(place, max(-1, place - _MOST_ABOVE - 1), -1):
        if first < place and not _may_group(rows[first]):
            break
        below = rows[place + 1 : last + 1] if last > place and not _are_units(rows[last]) else ()
        for lower in (below, ()) if below else ((),):
            parts = [_texts(row) for row in (*rows[first : place + 1], *lower)]
            if len(parts) > 1 and _told(joined := _joined(parts)) > _told(best.header):
                best = Names(joined, first, last)
    return best


def _texts(row: Cells) -> list[str]:
    return [" ".join((cell or "").removeprefix(TYPED).split()) for cell in row]


def _told(names: Sequence[str]) -> int:
    """How well names tell their columns; of two equal ones only one tells anything."""
    return sum(name_worth(name) for name in set(names) if name)


def _joined(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """For each column the cells that tell it best, all of them where that is no worse."""
    width = max(map(len, rows))
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    spread = [*(_spread(row, padded[-1]) for row in padded[:-1]), padded[-1]]
    owns = [list(filter(None, stack)) for stack in zip(*padded, strict=True)]
    stacks = [list(dict.fromkeys(filter(None, stack))) for stack in zip(*spread, strict=True)]
    names = [_best(stack, own) for stack, own in zip(stacks, owns, strict=True)]
    return tuple(name if names.count(name) == 1 else _glued(stack) for name, stack in zip(names, stacks, strict=True))


def _spread(row: Sequence[str], names: Sequence[str]) -> list[str]:
    """A name above several columns stands over the first of them, as merged cells have it."""
    found: list[str] = []
    for cell, name in zip(row, names, strict=True):
        found.append(cell or (found[-1] if found and name else ""))
    return found


def _best(stack: Sequence[str], own: Sequence[str]) -> str:
    """Of the names of a column and its groups; that of a group alone names none of several columns."""
    parts = [part for size in range(len(stack), 0, -1) for part in combinations(stack, size)]
    named = [part for part in parts if any(name in own for name in part)]
    return max(map(_glued, named), key=name_worth, default="")


def _glued(parts: Sequence[str]) -> str:
    """`Rechnungs-` and `nummer` are one word."""
    return re.sub(r"(?<=\w)- (?=[^\W\d_])", "", " ".join(parts))


def _names_values(rows: Sequence[Cells], place: int) -> bool:
    """Whether a row names columns that hold values in the rows below it."""
    if place >= len(rows):
        return False
    cells = _texts(rows[place])
    filled = [at for at, cell in enumerate(cells) if cell]
    if len(filled) >= _FEWEST and _are_units(cells):
        return True
    if (
        not any(char.isalnum() for cell in cells for char in cell)
        or any(shape_of(cells[at]) in _VALUES for at in filled)
        or (len(filled) < _FEWEST and not filled[0])
    ):
        return False
    below = [_texts(row) for row in rows[place + 1 :]]
    return len([at for at in filled if _are_values(below, at)]) >= min(_FEWEST, len(filled))


def _are_values(rows: Sequence[Sequence[str]], at: int) -> bool:
    """Whether a column is hardly ever empty where rows hold several cells, and holds numbers or days."""
    cells = [row[at] if at < len(row) else "" for row in rows if sum(map(bool, row)) > _FEWEST]
    return bool(cells) and sum(shape_of(cell) in _VALUES for cell in cells) > _MOSTLY * len(cells)


def _may_group(row: Cells) -> bool:
    """Whether a row may name groups of the columns below it: words alone, and more than a title at its beginning."""
    cells = _texts(row)
    return any(cells[1:]) and all(shape_of(cell) in ("label", "period", "empty") for cell in cells)


def _are_units(row: Cells) -> bool:
    """Whether a row only says in which units the columns are: `(EUR)`, `[dd.mm.yyyy]`."""
    return all(_UNIT.fullmatch(cell) for cell in _texts(row) if cell)

"""Where the table stands in a sheet: title rows above it, header, data, and what follows it."""

import re
from collections.abc import Callable, Sequence
from statistics import median

import msgspec

from relance.plugins.importers.header_rows import header_rows
from relance.plugins.importers.headings import groups_place, named_groups
from relance.plugins.importers.totals import begins_as_total

Row = Sequence[str | None]
_LOOKED_AT = 80
_BELOW = 30
_NUMBER = re.compile(r"\(?[-+]?[\s€$£¥]*\d[\d\s.,'\u00a0\u202f]*(?:%|\s?[A-Z]{3}|[€$£¥])?[-+]?\)?")
_DAY = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[ T]\d.*)?|\d{1,2}[-/. ](?:\d{1,2}|[^\W\d]{3,9})[-/. ]\d{2,4}")


class Shape(msgspec.Struct, frozen=True, kw_only=True):
    """A table in a sheet: its header's line (from 1), the header, and how much it looks like items (more is better).

    A header of several lines ends in `last_line`.
    """

    header_line: int
    last_line: int
    header: tuple[str, ...]
    confidence: int
    score: float


def shape_of(rows: Sequence[Row]) -> Shape | None:
    """The likeliest table of these first rows of a sheet; None where nothing looks like one."""
    rows = rows[:_LOOKED_AT]
    best: Shape | None = None
    for place, row in enumerate(rows):
        below = [other for other in rows[place + 1 : place + 1 + _BELOW] if filled(other)]
        shape = _shape(place + 1, row, below)
        if shape and (best is None or shape.confidence > best.confidence):
            best = shape
    if best is None:
        return None
    return _named(rows, best)


def shape_at(rows: Sequence[Row], line: int) -> Shape | None:
    """The table whose header stands in this line, as a person said; None where the line is empty or not there."""
    if line > len(rows) or not filled(rows[line - 1]):
        return None
    below = [other for other in rows[line : line + _BELOW] if filled(other)]
    header = tuple((cell or "").strip() for cell in rows[line - 1])
    shape = Shape(header_line=line, last_line=line, header=header, confidence=100, score=_score(below))
    return _named(rows, shape)


def _named(rows: Sequence[Row], shape: Shape) -> Shape:
    """The table with all that its columns are called, whichever rows around its header say it."""
    found = header_rows(rows, shape.header_line - 1)
    groups = groups_place([row for row in rows[found.last + 1 :] if filled(row)])
    return msgspec.structs.replace(shape, header=named_groups(found.header, groups), last_line=found.last + 1)


def filled(row: Row) -> int:
    """How many cells of a row hold something."""
    return sum(1 for cell in row if cell and cell.strip())


def is_number(cell: str | None) -> bool:
    """Whether a cell is written like a number, with or without marks and a currency."""
    return bool(cell and _NUMBER.fullmatch(cell.strip()))


def is_day(cell: str | None) -> bool:
    """Whether a cell is written like a date."""
    return bool(cell and _DAY.fullmatch(cell.strip()))


def _shape(line: int, row: Row, below: Sequence[Row]) -> Shape | None:
    cells = [(cell or "").strip() for cell in row]
    names = [cell for cell in cells if cell]
    if (
        len(names) < 2
        or not below
        or begins_as_total(names[0])
        or any(is_day(cell) or is_number(cell) for cell in names if not _bucket(cell))
    ):
        return None
    usual = median(filled(other) for other in below)
    used = {place for other in below for place, cell in enumerate(other) if cell and cell.strip()}
    named = {place for place, cell in enumerate(cells) if cell}
    covered = len(used & named) / len(used)
    if usual < 2 or covered < 0.6:
        return None
    twice = len(names) - len(set(names))
    confidence = round(60 + 40 * covered) - 5 * min(twice, 4) - (10 if _only_words(below) else 0)
    return Shape(
        header_line=line, last_line=line, header=tuple(cells), confidence=max(1, confidence), score=_score(below)
    )


def _bucket(cell: str) -> bool:
    """`1-30`, `90+`, `2026`: numbers that name columns."""
    return bool(re.fullmatch(r"[<>]?\s*\d{1,4}\s*(?:[-\u2013]\s*\d{1,4}|\+)?", cell))


def _only_words(below: Sequence[Row]) -> bool:
    """Whether nothing but words follows: then a row of words may be data as well as a header."""
    return not any(is_number(cell) or is_day(cell) for other in below for cell in other)


def _score(below: Sequence[Row]) -> float:
    """Items have days, amounts and words; a pivot has no days, a note has nothing of it."""
    if not below:
        return 0.0
    columns = list(zip(*below, strict=False))
    days = sum(1 for column in columns if _mostly(column, is_day))
    numbers = sum(1 for column in columns if _mostly(column, is_number))
    words = sum(1 for column in columns if _mostly(column, lambda cell: not is_number(cell) and not is_day(cell)))
    return 3 * min(days, 2) + 2 * min(numbers, 1) + min(words, 2) + min(len(below), _BELOW) / _BELOW


def _mostly(column: Row, asked: Callable[[str], bool]) -> bool:
    cells = [cell for cell in column if cell and cell.strip()]
    return bool(cells) and sum(1 for cell in cells if asked(cell)) > 0.7 * len(cells)

"""Odd lines into cells: stray quotes, quoted line breaks, quotes that are never closed."""

import csv
from typing import NamedTuple

from relance.plugins.importers.layouts import Layout

MOST_JOINED = 200
"""So many lines a quoted cell may span; a quote that is open for longer is a stray one."""
_MOST_TRIED = 20
LONGEST = 100_000
"""So many characters a cell may have."""


class Record(NamedTuple):
    """The cells of one row and the lines that it takes; `cells` is None where a quote is left open."""

    cells: list[str] | None
    lines: int


def record_at(lines: list[str], place: int, layout: Layout) -> Record:
    """The row that begins at this line; a quoted cell may go on in the next ones."""
    line, delimiter, quote = lines[place], layout.delimiter, layout.quote
    if not quote or quote not in line:
        return Record(line.split(delimiter), 1)
    cells = _cells(line, delimiter, quote)
    if cells is not None and not fits(cells, layout):
        lenient = _leniently(line, delimiter, quote)
        cells = lenient if lenient is not None and fits(lenient, layout) else cells
    if cells is not None:
        return Record(cells, 1)
    return _joined(lines, place, layout)


def fits(cells: list[str], layout: Layout) -> bool:
    """Whether a row has the header's cells, or one delimiter more at its end where the file's rows do."""
    more = len(cells) - len(layout.columns)
    return more == 0 or (more == 1 and layout.trailing and not cells[-1].strip())


def _cells(line: str, delimiter: str, quote: str) -> list[str] | None:
    try:
        return next(csv.reader((line,), delimiter=delimiter, quotechar=quote, strict=True))
    except csv.Error:
        return _leniently(line, delimiter, quote)


def _joined(lines: list[str], place: int, layout: Layout) -> Record:
    """Lines taken together until the quote closes; a row that then does not fit was no quoted line break."""
    text, tried = lines[place], 0
    for count, line in enumerate(lines[place + 1 : place + MOST_JOINED], 2):
        text += "\n" + line
        if _closing(line, 0, layout.delimiter, layout.quote) < 0:
            continue
        tried += 1
        if tried > _MOST_TRIED or len(text) > LONGEST:
            break
        cells = _cells(text, layout.delimiter, layout.quote)
        if cells is not None:
            alone = _cells(line, layout.delimiter, layout.quote)
            stray = not fits(cells, layout) and alone is not None and fits(alone, layout)
            return Record(None, 1) if stray else Record(cells, count)
    return Record(None, 1)


def _leniently(line: str, delimiter: str, quote: str) -> list[str] | None:
    """Only a quote before a delimiter or the line's end closes a cell; any other belongs to its text."""
    cells, at = [], 0
    while True:
        begin = at
        while line[begin : begin + 1] == " ":
            begin += 1
        if line[begin : begin + 1] == quote:
            end = _closing(line, begin + 1, delimiter, quote)
            if end < 0:
                return None
            cells.append(line[begin + 1 : end].replace(quote + quote, quote))
            at = _next_delimiter(line, end + 1, delimiter)
        else:
            end = _next_delimiter(line, at, delimiter)
            cells.append(line[at:end])
            at = end
        if at >= len(line):
            return cells
        at += 1


def _closing(line: str, at: int, delimiter: str, quote: str) -> int:
    """Where the quoted cell closes, or -1."""
    while (at := line.find(quote, at)) >= 0:
        rest = line[at + 1 :].lstrip(" ")[:1]
        if rest in ("", delimiter, "\n"):
            return at
        at += 2 if line[at + 1 : at + 2] == quote else 1
    return -1


def _next_delimiter(line: str, at: int, delimiter: str) -> int:
    found = line.find(delimiter, at)
    return len(line) if found < 0 else found

"""How delimited text is laid out: its delimiter, its quotes, and the line on which its header stands."""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Literal, NamedTuple

from relance.plugins import Guess
from relance.plugins.importers.header_rows import Names, header_rows
from relance.plugins.importers.headings import groups_place, has_headings, lacks_customers, named_groups
from relance.plugins.importers.shapes import Shape, shape_of
from relance.plugins.importers.sums import day_places, parts_of
from relance.plugins.importers.totals import is_rule, is_total, usual_cells

DELIMITERS = {";": 1.0, "\t": 1.0, "|": 1.0, ",": 0.97, "^": 0.9, "~": 0.9, "\x1f": 0.9, ":": 0.7}
"""How much each is trusted: a comma also stands in amounts, a colon in times."""
NAMES = {";": "semicolon", ",": "comma", "\t": "tab", "|": "pipe", "^": "caret", "~": "tilde", ":": "colon"}
_SEP = re.compile(r"\ufeff?\"?sep=(.)\"?\s*\n", re.IGNORECASE)
_PAGE = re.compile(
    r"\b(?:page|seite|p[a\u00e1]gina|strona|str|stranica|sayfa|sida|side|sivu|blad|pag|time|printed|run)\b"
    r"|\u9875|\u30da\u30fc\u30b8|\d:\d\d",
    re.I,
)
_DAY_AND_PAGE = re.compile(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}[^\d]+\d{1,4}")
_SOME = re.compile(r"[^\W\d_]{3}")
_MOST_ROWS = 400
_TITLES = 40
_BELOW = 50


class Row(NamedTuple):
    """One row of the sample with the line on which it begins."""

    line: int
    cells: list[str]
    next_line: int


class Structure(NamedTuple):
    """How the text is laid out. Without a header `header_line` is 0; `width` counts the cells of a usual row."""

    delimiter: str
    quote: str
    header_line: int
    first_line: int
    columns: tuple[str, ...]
    trailing: bool
    interrupted: bool
    usual: float
    share: float
    guesses: tuple[Guess, ...]
    groups: int = -1
    """The column that holds the names of groups of rows, and nothing else."""
    customerless: bool = False
    """Whether only the names above the rows tell whose they are."""
    titles: frozenset[str] = frozenset()
    """What stands above the header, as `title_of` writes it: lists for paper say it again on each page."""
    days: tuple[int, ...] = ()
    """The columns of days, where rows without one turned out to be sums."""


class _Split(NamedTuple):
    delimiter: str
    quote: str
    rows: list[Row]
    width: int
    share: float


def structure_of(text: str, delimiter: str = "", quote: str | None = None, header: int | None = None) -> Structure:
    """The layout of a sample; what is given is not guessed. A share of 0 means that nothing splits it."""
    named = _SEP.match(text)
    first = 2 if named else 1
    delimiter = delimiter or (named[1] if named else "")
    split = _best(text, delimiter, quote)
    rows = [row for row in split.rows if row.line >= first]
    found = _header(rows, split.width, header)
    head = _names(rows, found.line)
    below = [row for row in rows if row.line > head.last]
    usual = usual_cells([row.cells for row in below])
    columns, trailing = _columns(head.header, below, split.width)
    share = _share(below, len(columns) + trailing) if below else split.share
    groups = groups_place([row.cells for row in below]) if found.line else -1
    titles = frozenset(title for row in rows if _is_title(row, head) and _SOME.search(title := title_of(row.cells)))
    days = _days([row.cells for row in below])
    guesses = (
        _delimiter_guess(split, share, bool(named)),
        Guess(name="quote", value=split.quote, confidence=95, code="quotes", why=_quote_words(split)),
        found.guess,
    )
    return Structure(
        delimiter=split.delimiter,
        quote=split.quote,
        header_line=found.line,
        first_line=next((row.next_line for row in rows if row.line == head.last), max(first, found.line + 1)),
        columns=named_groups(columns, groups),
        trailing=trailing,
        interrupted=_interrupted(below, columns, usual, titles),
        usual=usual,
        share=split.share,
        guesses=guesses,
        groups=groups,
        customerless=groups < 0 and lacks_customers(columns, [row.cells for row in below]),
        titles=titles,
        days=days,
    )


def rows_of(text: str, delimiter: str, quote: str) -> Iterator[Row]:
    """The rows of a text that is not blank, each with its first line."""
    lines = iter(text.splitlines(keepends=True))
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE
    reader = csv.reader(lines, delimiter=delimiter, quotechar=quote or None, quoting=quoting)
    line = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error:
            return
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield Row(line, cells, reader.line_num + 1)
        line = reader.line_num + 1


def _best(text: str, delimiter: str, quote: str | None) -> _Split:
    delimiters = [delimiter] if delimiter else [one for one in DELIMITERS if one in text]
    quotes = [quote] if quote is not None else [one for one in ('"', "'") if one in text] or ['"']
    if quote is None and '"' not in quotes:
        quotes.insert(0, '"')
    splits = [_split(text, one, mark) for one in delimiters for mark in quotes]
    return max(splits, key=_merit, default=_Split("", '"', [], 1, 0.0))


def _merit(split: _Split) -> float:
    wide = 1 - 1 / (split.width + 1)
    plain = 0.0 if split.quote == '"' else 0.05
    return split.share * DELIMITERS.get(split.delimiter, 1.0) * wide - plain


def _split(text: str, delimiter: str, quote: str) -> _Split:
    rows = list(islice(rows_of(text, delimiter, quote), _MOST_ROWS))
    widths = Counter(len(row.cells) for row in rows if len(row.cells) > 1)
    if not widths:
        return _Split(delimiter, quote, rows, 1, 0.0)
    width = max(widths, key=lambda one: (widths[one], one))
    return _Split(delimiter, quote, rows, width, _share(rows, width))


def _share(rows: list[Row], width: int) -> float:
    """How many rows have so many cells; one more or less counts half: some lines end with a delimiter."""
    widths = Counter(len(row.cells) for row in rows)
    near = sum(widths[one] for one in (width - 1, width + 1) if one > 1)
    return (widths[width] + near / 2) / len(rows)


def _delimiter_guess(split: _Split, share: float, named: bool) -> Guess:
    name = NAMES.get(split.delimiter, repr(split.delimiter))
    if named:
        return Guess(name="delimiter", value=split.delimiter, confidence=100, code="sep-line", why="sep= names it")
    percent = round(100 * share)
    why = f"{name}: {percent} % of the lines have {split.width} cells"
    return Guess(name="delimiter", value=split.delimiter, confidence=percent, code="even-cells", why=why)


def _quote_words(split: _Split) -> str:
    return f"cells that hold the delimiter stand in {split.quote}" if split.quote else "quotes mean nothing"


class _Header(NamedTuple):
    line: int
    guess: Guess


def _header(rows: list[Row], width: int, given: int | None) -> _Header:
    if given is not None:
        return _found(given, 100, "given", "as given")
    if not rows:
        return _found(1, 0, "no-rows", "there is no row")
    shapes = [[shape_of(cell) for cell in row.cells] for row in rows[: _TITLES + _BELOW]]
    merits = [_like_header(shapes, place, width) for place in range(min(len(rows), _TITLES))]
    best = max(merits)
    place = next(place for place, merit in enumerate(merits) if merit > best - 0.25)
    line = rows[place].line
    if merits[place] < 0.3:
        return _found(0, 70, "no-header", "the first rows are data: no row names the columns")
    confidence = min(100, round(100 * merits[place]))
    if place:
        return _found(line, confidence, "below-titles", f"the {place} rows above have no names for the columns")
    return _found(line, confidence, "first-row", "its cells are names and those below are values")


def _found(line: int, confidence: int, code: str, why: str) -> _Header:
    guess = Guess(name="header-line", value=str(line), confidence=confidence, code=code, why=why)
    return _Header(line, guess)


def _like_header(shapes: list[list[Shape]], place: int, width: int) -> float:
    """About 1 for a row of names above values, below 0 for a row of values."""
    row = shapes[place]
    labels, values = row.count("label"), row.count("number") + row.count("day") + row.count("code")
    if labels:
        labels += row.count("period")
    filled = max(1, len(row) - row.count("empty"))
    full = min(1.0, labels / max(1, width - 1))
    below = shapes[place + 1 : place + 1 + _BELOW]
    return full - 2 * values / filled * (1 if _valued(below) else 0.3) + (0.2 if _valued(below) else 0.0)


def _valued(below: list[list[Shape]]) -> bool:
    """Whether some column below holds values in most rows."""
    counts: Counter[int] = Counter()
    for row in below:
        counts.update(place for place, shape in enumerate(row) if shape in ("number", "day", "code"))
    return bool(counts) and counts.most_common(1)[0][1] * 2 > len(below)


def _names(rows: Sequence[Row], header_line: int) -> Names:
    """The whole header, by lines."""
    line = next((row.line for row in rows if row.line == header_line), 0)
    if not line:
        return Names((), header_line, header_line)
    around = {row.line: row.cells for row in rows if abs(row.line - line) <= _BELOW}
    first = min(around)
    found = header_rows([around.get(at, ()) for at in range(first, max(around) + 1)], line - first)
    return Names(found.header, found.first + first, found.last + first)


def _is_title(row: Row, head: Names) -> bool:
    """Whether a row stands above the rows and may come again on the next page: a title, or one of several headers."""
    return row.line < head.first or (head.first < head.last and row.line <= head.last)


def _columns(names: tuple[str, ...], below: list[Row], width: int) -> tuple[tuple[str, ...], bool]:
    """The names in the header, and whether rows may end with one delimiter more than there are columns."""
    if not names:
        return ("",) * width, False
    count = len(names)
    if count > 2 and not names[-1] and not any(len(row.cells) >= count and row.cells[-1].strip() for row in below):
        return names[:-1], True
    longer = sum(len(row.cells) == count + 1 and not row.cells[-1].strip() for row in below)
    return names, longer * 2 > len(below) > 0


def _interrupted(below: list[Row], columns: tuple[str, ...], usual: float, titles: frozenset[str]) -> bool:
    """Whether totals, titles or the header itself stand amid the rows."""
    between = any(
        is_total(row.cells, usual)
        or same_names(row.cells, columns)
        or is_rule(row.cells)
        or title_of(row.cells) in titles
        for row in below[:-1]
    )
    return between or has_headings([row.cells for row in below])


def _days(below: list[list[str]]) -> tuple[int, ...]:
    """The columns of days where that tells sums from rows."""
    days = day_places(below)
    return days if days and any(part != "row" for part in parts_of(below, days)) else ()


def title_of(cells: Sequence[str]) -> str:
    """A line above the header; where it tells the page or the time, without what changes from page to page.

    So does a line that begins with a day and ends with a number: `23.11.2026    List    2`.
    """
    text = " ".join(" ".join(cells).split())
    return re.sub(r"\d+", "#", text) if _PAGE.search(text) or _DAY_AND_PAGE.fullmatch(text) else text


def same_names(cells: Sequence[str], columns: Sequence[str]) -> bool:
    """Whether a row says the header again."""
    return [cell.strip() for cell in cells[: len(columns)]] == list(columns)

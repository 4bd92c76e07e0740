"""Groups of a list that was made for paper: a line with nothing but a name, above the rows that belong to it."""

import re
from collections.abc import Sequence
from itertools import pairwise

import polars as pl

from relance.plugins import Note
from relance.plugins.importers.nesting import Told, name_in_total, paths_of
from relance.plugins.importers.shapes import shape_of
from relance.plugins.importers.totals import begins_as_total

CUSTOMER = "Customer"
"""What lists of open items are grouped by; how a column of such names is called where it has no name."""
_SHOWN = 6
_LEAST = 3
_CUSTOMERS = re.compile(
    r"customer|client|debtor|debit(?:or|eur)|kund|klant|kontrahent|contact|name|account|tiers|m[u\u00fc]steri|cari|"
    r"partner|company|nom\b|firma|\u5ba2\u6237|\u5f97\u610f\u5148",
    re.I,
)


def groups_place(rows: Sequence[Sequence[str | None]]) -> int:
    """The column that holds names of groups and nothing else, -1 for none: the first row below the header is one."""
    rows = [row for row in rows if _filled(row)]
    place = _name_alone(rows[0]) if rows else -1
    if place < 0 or max(map(_filled, rows)) < _LEAST:
        return -1
    others = [row for row in rows if _filled(row) > 1 and len(row) > place and (row[place] or "").strip()]
    return -1 if any(not begins_as_total(row[place] or "") for row in others) else place


def named_groups(header: Sequence[str], place: int) -> tuple[str, ...]:
    """The header with a name for the column of groups."""
    named = place < 0 or place >= len(header) or header[place].strip() or CUSTOMER in header
    return tuple(header) if named else (*header[:place], CUSTOMER, *header[place + 1 :])


def has_headings(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a row is nothing but a name that stands in the next row too."""
    return any(
        (place := _name_alone(row)) >= 0 and row[place].strip() in map(str.strip, below)
        for row, below in pairwise(rows)
    )


def with_groups(
    frame: pl.DataFrame, place: int, totals: Sequence[Told], above: str
) -> tuple[pl.DataFrame, list[Note], str]:
    """Rows that bear the name of their group, without the headings; `above` is the group of the rows before these."""
    names = [column for column in frame.columns if column != "line"]
    name, own = names[place], pl.col(names[place]).str.strip_chars()
    only = pl.coalesce(
        pl.when(pl.col(one).str.strip_chars() != "").then(pl.col(one).str.strip_chars()) for one in names
    )
    within = only.is_in([whose for _, text in totals if (whose := name_in_total(text))])
    heading = frame.select((pl.lit(_alone(frame)) & ((own.fill_null("") != "") | within)).alias("h")).to_series()
    told = frame.filter(heading).select("line", only).rows()
    own_names = (
        frame.select(pl.when(own != "").then(own)).to_series().scatter(heading.arg_true(), paths_of(told, totals))
    )
    filled = frame.with_columns(own_names.forward_fill().fill_null(above).alias(name))
    last = str(filled[name][-1]) if filled.height else above
    return filled.filter(~heading), _note(frame.filter(heading)), last


def without_headings(frame: pl.DataFrame, told: Sequence[Told] = ()) -> tuple[pl.DataFrame, list[Note]]:
    """The rows without names alone that the next row, or a total, says again; `told` are totals found elsewhere."""
    names = _names(frame, told)
    heading = pl.repeat(False, frame.height, eager=True).scatter(list(names), True)
    return frame.filter(~heading & ~_sums(frame, names)), _note(frame.filter(heading))


def with_customers(frame: pl.DataFrame, told: Sequence[Told], above: str) -> tuple[pl.DataFrame, list[Note], str]:
    """The same, and a column more: the name above each row. For lists in which no column tells whose a row is."""
    names = _names(frame, told) or _above_totals(frame, told)
    empty = pl.Series(CUSTOMER, [None] * frame.height, dtype=pl.String)
    first, lines = frame.drop("line").to_series(0).to_list(), frame["line"].to_list()
    totals = [*told, *((lines[at], word) for at, word in enumerate(first) if word and begins_as_total(word))]
    paths = paths_of([(lines[at], name) for at, name in names.items()], totals)
    own = empty.scatter(list(names), paths) if names else empty
    filled = frame.with_columns(own.forward_fill().fill_null(above))
    heading = pl.repeat(False, frame.height, eager=True).scatter(list(names), True)
    last = str(filled[CUSTOMER][-1]) if filled.height else above
    return filled.filter(~heading & ~_sums(frame, names)), _note(frame.filter(heading)), last


def lacks_customers(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether names that totals say again stand above rows, and no column is named like one of customers."""
    if any(_CUSTOMERS.search(name) for name in header):
        return False
    words = [next((cell for cell in row if cell.strip()), "") for row in rows]
    totals = {name_in_total(word) for word in words if begins_as_total(word)}
    named = any((place := _name_alone(row)) >= 0 and row[place].strip() in totals for row in rows)
    return named or _are_ended(rows)


def _are_ended(rows: Sequence[Sequence[str]]) -> bool:
    """Whether names stand above rows that end with a total each, though it does not say whose it is."""
    names, ended = 0, True
    for row in rows:
        if begins_as_total(next((cell for cell in row if cell.strip()), "")):
            ended = True
        elif _name_alone(row) >= 0:
            if not ended:
                return False
            names, ended = names + 1, False
    return names > 1


def _names(frame: pl.DataFrame, told: Sequence[Told]) -> dict[int, str]:
    """Where headings stand, and what they say."""
    cells = frame.drop("line")
    words = (*cells.to_series(0).drop_nulls().to_list(), *(text for _, text in told))
    totals = {name_in_total(word) for word in words if begins_as_total(word)}
    found: dict[int, str] = {}
    for place in _alone(frame).arg_true().to_list():
        row = cells.row(place)
        at = _name_alone(row)
        below = cells.row(place + 1) if place + 1 < cells.height else ()
        name = str(row[at]).strip() if at >= 0 else ""
        if name and (name in totals or name in [str(cell or "").strip() for cell in below]):
            found[place] = name
    return found


def _above_totals(frame: pl.DataFrame, told: Sequence[Told]) -> dict[int, str]:
    """Where names stand alone in a list whose totals name nobody."""
    cells = frame.drop("line")
    words = (*cells.to_series(0).drop_nulls().to_list(), *(text for _, text in told))
    if not any(begins_as_total(word) for word in words):
        return {}
    rows = {place: [cell or "" for cell in cells.row(place)] for place in _alone(frame).arg_true().to_list()}
    return {place: row[at].strip() for place, row in rows.items() if (at := _name_alone(row)) >= 0}


def _sums(frame: pl.DataFrame, names: dict[int, str]) -> pl.Series:
    """Rows that begin with a total of one of these names, however many cells they fill."""
    first = frame.drop("line").to_series(0)
    known = {word for word in first.drop_nulls().unique().to_list() if begins_as_total(word)}
    sums = [word for word in known if name_in_total(word) in names.values()]
    return first.is_in(sums).fill_null(False)


def _alone(frame: pl.DataFrame) -> pl.Series:
    """Rows in which one cell is filled."""
    cells = (pl.col(name).fill_null("").str.strip_chars() != "" for name in frame.columns if name != "line")
    return frame.select(pl.sum_horizontal(cells) == 1).to_series()


def _filled(row: Sequence[str | None]) -> int:
    return sum(1 for cell in row if cell and cell.strip())


def _name_alone(row: Sequence[str | None]) -> int:
    """Where the only cell of a row stands, if it may be a name; else -1."""
    places = [place for place, cell in enumerate(row) if cell and cell.strip()]
    if len(places) != 1:
        return -1
    text = str(row[places[0]])
    return -1 if begins_as_total(text) or shape_of(text) in ("number", "day", "period", "empty") else places[0]


def _note(rows: pl.DataFrame) -> list[Note]:
    if rows.is_empty():
        return []
    first = rows.head(_SHOWN).select("line", pl.exclude("line")).rows()
    shown = (f"line {line}: {next(cell.strip() for cell in cells if cell and cell.strip())}" for line, *cells in first)
    return [Note("group-headings", rows.height, tuple(text[:120] for text in shown))]

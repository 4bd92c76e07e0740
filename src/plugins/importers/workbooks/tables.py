"""From a grid to the rows of its table: blanks, totals and footers are left out, and told."""

from statistics import median

import polars as pl

from relance.plugins import TYPED, Note
from relance.plugins.importers.headings import (
    groups_place,
    has_headings,
    lacks_customers,
    with_customers,
    with_groups,
    without_headings,
)
from relance.plugins.importers.summed import without_sums
from relance.plugins.importers.sums import day_places
from relance.plugins.importers.totals import begins_as_total, is_total, usual_cells
from relance.plugins.importers.workbooks.layout import Shape
from relance.plugins.importers.workbooks.paper_sheets import paper_table

_TOTALS = (
    r"(?is)^(?:"
    r"(?:(?:grand|sub|report|overall|general|общий)[\s-]*)?"
    r"(?:totals?|totaux|total\s+g[ée]n[ée]ral|sous[\s-]*total|somme|summen?|gesamt\w*|zwischensumme|endsumme|suma|"
    r"soma|subtotal|total\s+geral|totale|sub[\s-]*totale|totaal|subtotaal|razem|ogółem|totalt|toplam|ukupno|"
    r"итого|всего|合計|小計|总计|合计|小计)\b.*)$"
)
_SHOWN = 5
_LOOKED_AT = 400


def unique_names(header: tuple[str, ...]) -> tuple[str, ...]:
    """Names that differ: the second `Amount` becomes `Amount (2)`, a nameless third column `column 3`."""
    names: list[str] = []
    for place, cell in enumerate(header, 1):
        name = " ".join(cell.split())
        own, again = name or f"column {place}", 2
        while own in names or own == "line":
            own, again = f"{name or 'column'} ({again})", again + 1
        names.append(own)
    return tuple(names)


def table_of(cells: pl.DataFrame, shape: Shape, header: tuple[str, ...]) -> tuple[pl.DataFrame, list[Note]]:
    """The rows below the header with their line in the sheet, and notes on the rows that were left out."""
    paper, first = paper_table(cells, shape.header_line), shape.last_line
    if paper is not None:
        return paper
    frame = cells.slice(first).rename(dict(zip(cells.columns, unique_names(header), strict=True)))
    lines = pl.int_range(first + 1, first + 1 + frame.height, dtype=pl.Int64, eager=True).alias("line")
    frame = _without_empty_columns(frame, header).insert_column(0, lines)
    filled = _filled(frame)
    frame, filled = frame.filter(filled > 0), filled.filter(filled > 0)
    if frame.is_empty():
        return frame, []
    usual, full = median(filled.to_list()), _full(frame, filled)
    totals = _totals(frame, filled, full)
    footer = _footer(filled, totals, usual)
    kept, headings = _ungrouped(frame.filter(~footer | totals), frame.filter(~(totals | footer)))
    kept, sums = _unsummed(kept)
    left_out = frame.filter(totals | pl.col("line").is_in(sums))
    notes = [*_note("totals-skipped", left_out), *_note("footer-skipped", frame.filter(footer & ~totals))]
    return kept, [*notes, *headings]


def _unsummed(frame: pl.DataFrame) -> tuple[pl.DataFrame, list[int]]:
    """The rows without sums that no word tells, and the lines of these."""
    first = [[cell or "" for cell in row] for row in frame.drop("line").head(_LOOKED_AT).iter_rows()]
    kept, totals, names = without_sums(frame, day_places(first), widen=True)
    return kept, [line for line, _ in (*totals, *names)]


def _ungrouped(frame: pl.DataFrame, rows: pl.DataFrame) -> tuple[pl.DataFrame, list[Note]]:
    """The rows without the names of groups among them; `frame` has the totals too, which say those names again."""
    first = [[cell or "" for cell in row] for row in rows.drop("line").head(_LOOKED_AT).iter_rows()]
    groups = groups_place(first)
    if groups >= 0:
        sums = frame.filter(~pl.col("line").is_in(rows["line"].to_list())).rows()
        told = [(line, word) for line, *cells in sums if (word := next(filter(None, cells), ""))]
        kept, headings, _ = with_groups(rows, groups, told, "")
        return kept, headings
    names = [name for name in frame.columns if name != "line"]
    if lacks_customers(names, [[cell or "" for cell in row] for row in frame.select(names).head(_LOOKED_AT).rows()]):
        shown, headings, _ = with_customers(frame, (), "")
        return shown.filter(pl.col("line").is_in(rows["line"].to_list())), headings
    if not has_headings(first):
        return rows, []
    shown, headings = without_headings(frame)
    return rows.filter(pl.col("line").is_in(shown["line"].to_list())), headings


def _full(frame: pl.DataFrame, filled: pl.Series) -> float:
    """How many cells a row fills; of rows with days where there are any, for the others may all be headings."""
    first = [[cell or "" for cell in row] for row in frame.drop("line").head(_LOOKED_AT).iter_rows()]
    dated = usual_cells([[cell.removeprefix(TYPED) for cell in row] for row in first])
    return max(dated, float(filled.sort()[filled.len() * 3 // 4]))


def _without_empty_columns(frame: pl.DataFrame, header: tuple[str, ...]) -> pl.DataFrame:
    """Columns with neither a name nor a cell are air beside the table."""
    air = [
        name
        for name, cell in zip(frame.columns, header, strict=True)
        if not cell and not (frame[name].fill_null("").str.strip_chars() != "").any()
    ]
    return frame.drop(air)


def _filled(frame: pl.DataFrame) -> pl.Series:
    cells = (pl.col(name).fill_null("").str.strip_chars() != "" for name in frame.columns if name != "line")
    return frame.select(pl.sum_horizontal(cells)).to_series()


def _totals(frame: pl.DataFrame, filled: pl.Series, usual: float) -> pl.Series:
    """Rows whose first word is a total and which lack most of what makes an item; a customer may be named Total."""
    first = frame.select(pl.coalesce(pl.when(pl.col(n).str.strip_chars() != "").then(n) for n in frame.columns[1:]))
    thin = filled <= max(1.0, 0.7 * usual)
    candidates = first.to_series().fill_null("").str.strip_chars()
    words = [word for word in candidates.filter(filled < usual).unique().to_list() if begins_as_total(word)]
    told = candidates.str.contains(_TOTALS) | candidates.is_in(words)
    wide = (told & ~thin).arg_true().to_list()
    sums = [place for place in wide if is_total([cell or "" for cell in frame.drop("line").row(place)], usual)]
    return (told & thin) | pl.repeat(False, frame.height, eager=True).scatter(sums, True)


def _footer(filled: pl.Series, totals: pl.Series, usual: float) -> pl.Series:
    """The thin rows behind the last full one."""
    full = (filled > max(1.0, usual / 2)) & ~totals
    last = full.arg_true()
    places = pl.int_range(0, len(filled), eager=True)
    return places > (int(str(last[-1])) if len(last) else len(filled))


def _note(code: str, rows: pl.DataFrame) -> list[Note]:
    if rows.is_empty():
        return []
    shown = tuple(
        f"line {row[0]}: {' '.join(cell.strip() for cell in row[1:] if cell)[:120]}" for row in rows.head(_SHOWN).rows()
    )
    return [Note(code, rows.height, shown)]

"""Totals and headers that stand amid the rows of a list that was made for paper."""

from collections.abc import Sequence

import polars as pl

from relance.plugins.importers.endings import Skipped
from relance.plugins.importers.layouts import Layout
from relance.plugins.importers.structure import same_names, title_of
from relance.plugins.importers.totals import begins_as_total, is_rule, is_star, is_total


def without_interruptions(frame: pl.DataFrame, layout: Layout) -> tuple[pl.DataFrame, list[Skipped]]:
    """The rows without them, and what they were."""
    cells = [name for name in frame.columns if name != "line"]
    first = frame.select(pl.coalesce(pl.when(pl.col(name).str.strip_chars() != "").then(name) for name in cells))
    values = first.to_series()
    known = [word for word in values.unique() if word is not None and _suspect(word, layout)]
    skipped = []
    for line, *row in frame.filter(values.is_in(known)).select("line", *cells).iter_rows():
        texts = [cell or "" for cell in row]
        code = _code(texts, layout)
        if code:
            skipped.append(Skipped(line, code, joined(texts, layout)))
    lines = [one.line for one in skipped]
    return frame.filter(~pl.col("line").is_in(lines)) if lines else frame, skipped


def joined(cells: Sequence[str], layout: Layout) -> str:
    """The line of these cells, as it stood in the file."""
    mark = layout.quote
    return layout.delimiter.join(f"{mark}{cell}{mark}" if mark and layout.delimiter in cell else cell for cell in cells)


def _suspect(word: str, layout: Layout) -> bool:
    if any(title.startswith(title_of((word,))) for title in layout.titles):
        return True
    return word.strip() in layout.header or begins_as_total(word) or is_star(word) or is_rule((word,))


def _code(cells: list[str], layout: Layout) -> str:
    if same_names(cells, layout.header):
        return "headers-skipped"
    if is_rule(cells):
        return "rules-skipped"
    if title_of(cells) in layout.titles:
        return "headers-skipped"
    return "totals-skipped" if is_total(cells, layout.usual) else ""

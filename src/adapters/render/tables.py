"""Items as tables: one a currency with its total, credits as lines, what is also due apart."""

from collections.abc import Mapping
from typing import Any

from relance.adapters.render.formats import date_text, figure_text, money_text
from relance.adapters.render.words import words_of
from relance.core.collection.composing import Line


def tables_of(lines: tuple[Line, ...], amounts: Mapping[str, int], language: str) -> list[dict[str, Any]]:
    """A table for each currency that is asked for, the one with its leader first."""
    order = list(dict.fromkeys(line.currency for line in lines))
    return [_table([line for line in lines if line.currency == c], c, language, amounts.get(c)) for c in order]


def also_due_of(lines: tuple[Line, ...], language: str) -> list[dict[str, Any]]:
    """The same without totals, under a heading of their own."""
    order = list(dict.fromkeys(line.currency for line in lines))
    tables = [_table([line for line in lines if line.currency == c], c, language, None) for c in order]
    if tables:
        tables[0]["heading"] = words_of(language)["also_due"]
    return tables


def _table(lines: list[Line], currency: str, language: str, total: int | None) -> dict[str, Any]:
    words = words_of(language)
    return {
        "heading": "",
        "amount_heading": f"{words['open']} ({currency})",
        "late": any(line.days_late for line in lines),
        "lines": [_row(line, language, words) for line in lines],
        "total": "" if total is None else money_text(total, currency, language),
    }


def _row(line: Line, language: str, words: Mapping[str, str]) -> dict[str, str]:
    return {
        "number": line.number,
        "label": words.get(line.type, "") if line.open_amount < 0 else "",
        "issued": date_text(line.issued_on, language),
        "due": date_text(line.due_on, language),
        "late": str(line.days_late) if line.days_late else "",
        "amount": figure_text(line.open_amount, line.currency, language),
    }

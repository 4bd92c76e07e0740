"""Items as tables: one a currency with its total, credits as lines, late interest beside them where it is asked for."""

from collections.abc import Mapping, Sequence
from typing import Any

from relance.adapters.render.formats import date_text, figure_text, money_text
from relance.adapters.render.words import words_of
from relance.core.collection.composing import Content, Line
from relance.core.collection.interest import late_interest


def tables_for(block: str, content: Content, language: str) -> list[dict[str, Any]]:
    """The tables of a block; none where it has nothing to show."""
    name = block.removesuffix("-interest")
    lines = {"overdue": content.overdue, "not-due": content.not_due, "also-due": content.also_due}.get(
        name, content.lines
    )
    rate = content.company.penalty_rate
    if name == "interest":
        return _interest_alone(lines, language, rate) if rate else []
    totals = {"items": content.amounts, "also-due": None}.get(name, _sums(lines))
    beside = rate if block != name else ""
    tables = [_table(theirs, language, totals, beside) for theirs in _by_currency(lines)]
    heading = {"also-due": "also_due", "not-due": "not_due"}.get(name)
    if heading and tables:
        tables[0]["heading"] = words_of(language)[heading]
    return tables


def _interest_alone(lines: Sequence[Line], language: str, rate: str) -> list[dict[str, Any]]:
    """Only the interest: the invoices that bear some, and its sum."""
    tables = []
    for theirs in _by_currency([line for line in lines if late_interest(line, rate)]):
        table = _table(theirs, language, {theirs[0].currency: _interest(theirs, rate)}, "")
        table["amount_heading"] = f"{words_of(language)['interest']} ({theirs[0].currency})"
        for row, line in zip(table["lines"], theirs, strict=True):
            row["amount"] = figure_text(late_interest(line, rate) or 0, line.currency, language)
        tables.append(table)
    return tables


def _by_currency(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines of each currency, the one with the leader first (D12)."""
    return [[line for line in lines if line.currency == c] for c in dict.fromkeys(line.currency for line in lines)]


def _table(lines: list[Line], language: str, totals: Mapping[str, int] | None, rate: str) -> dict[str, Any]:
    words, currency = words_of(language), lines[0].currency
    total = totals.get(currency) if totals is not None else None
    return {
        "heading": "",
        "amount_heading": f"{words['open']} ({currency})",
        "late": any(line.days_late for line in lines),
        "interest": words["interest"] if rate else "",
        "lines": _headed([_row(line, language, words, rate) for line in lines]),
        "total": "" if total is None else money_text(total, currency, language),
        "interest_total": figure_text(_interest(lines, rate), currency, language) if rate else "",
    }


def _row(line: Line, language: str, words: Mapping[str, str], rate: str) -> dict[str, str]:
    interest = late_interest(line, rate) if rate else None
    return {
        "account": line.account,
        "number": line.number,
        "label": words.get(line.type, "") if line.open_amount < 0 else "",
        "issued": date_text(line.issued_on, language),
        "due": date_text(line.due_on, language),
        "late": str(line.days_late) if line.days_late else "",
        "interest": "" if interest is None else figure_text(interest, line.currency, language),
        "amount": figure_text(line.open_amount, line.currency, language),
    }


def _headed(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The account's name stands above its first row only."""
    last = ""
    for row in rows:
        last, row["account"] = row["account"], "" if row["account"] == last else row["account"]
    return rows


def _sums(lines: Sequence[Line]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for line in lines:
        sums[line.currency] = sums.get(line.currency, 0) + line.open_amount
    return sums


def _interest(lines: Sequence[Line], rate: str) -> int:
    return sum(late_interest(line, rate) or 0 for line in lines)

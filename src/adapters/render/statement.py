"""Statements of account as PDF (typst) and as a workbook, in the customer's language.

Typst sees one JSON document of finished text: what a customer is called can be no markup and no code.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import typst

from relance.adapters.export.workbook import as_workbook
from relance.adapters.render.fonts import families, known_fonts
from relance.adapters.render.formats import date_text, figure_text, locale_of, money_text
from relance.adapters.render.words import words_of
from relance.core.insight.statements import Statement, StatementLine, StatementPart
from relance.ports.export import Amount, Cell, Column, Sheet

_FOLDER = Path(__file__).parent / "templates" / "statement"
_BUCKETS = ("not_due", "days_1_30", "days_31_60", "days_61_90", "over_90", "credits")


class TypstStatements:
    """Statements as a person reads them, and as a sheet to calculate with."""

    def pdf(self, statement: Statement, language: str) -> bytes:
        """The statement on A4 pages; the same bytes for the same statement on the same machine."""
        data = msgspec.json.encode(_document(statement, language)).decode()
        source = (_FOLDER / "statement.typ").read_bytes()
        made = typst.compile(source, format="pdf", font_paths=known_fonts(), sys_inputs={"data": data})
        if not isinstance(made, bytes):
            raise TypeError("one document was asked for")
        return made

    def workbook(self, statement: Statement, language: str) -> bytes:
        """The open items as a sheet, and on a second one who owes whom."""
        words = _words(language)
        names = [words[key] for key in ("number", "type", "issued", "due", "days_late", "currency", "original", "open")]
        kinds = ("text", "text", "day", "day", "number", "text", "amount", "amount")
        columns = [Column(name, kind) for name, kind in zip(names, kinds, strict=True)]  # type: ignore[arg-type]  # ours
        if statement.rate:
            columns.append(Column(words["interest"], "amount"))
        title = words["as_of"].format(day=date_text(statement.as_of, language, "long"))
        sheet = Sheet(
            name=words["title"],
            columns=tuple(columns),
            rows=[_row(line, part, words, statement) for part in statement.parts for line in part.lines],
            totals=[_total(part, words, statement) for part in statement.parts],
            notes=(statement.company.name, f"{words['title']}, {title}", f"{statement.code} {statement.name}"),
        )
        return as_workbook(sheet)


@cache
def _words(language: str) -> dict[str, str]:
    """The words of a statement over those of a message's tables; English where a language has none."""
    for tag in (language, language.partition("-")[0], "en"):
        file = _FOLDER / f"{tag}.toml"
        if file.is_file():
            return {"currency": "", **words_of(tag), **tomllib.loads(file.read_text("utf-8"))}
    raise FileNotFoundError(_FOLDER)


def _document(statement: Statement, language: str) -> dict[str, Any]:
    words, company = _words(language), statement.company
    day = date_text(statement.as_of, language, "long")
    place = " ".join(filter(None, (company.zip, company.city)))
    lines = [line for line in (company.street, place, company.phone) if line]
    rate = statement.rate.replace(".", locale_of(language).number_symbols["latn"]["decimal"])
    shown = any(part.interest for part in statement.parts)
    return {
        "lang": language.partition("-")[0],
        "fonts": families(language),
        "title": f"{words['title']} {statement.code}",
        "words": words,
        "as_of": words["as_of"].format(day=day),
        "code": statement.code,
        "address": [line for line in (statement.name, *statement.address) if line],
        "company": {"name": company.name, "lines": lines, "line": ", ".join([company.name, *lines])},
        "parts": [_part(part, words, language) for part in statement.parts],
        "interest_note": words["interest_note"].format(rate=rate) if shown else "",
        "bank": _bank(statement, words),
    }


def _bank(statement: Statement, words: dict[str, str]) -> list[dict[str, str]]:
    company = statement.company
    if not company.iban:
        return []
    pairs = ((words["iban"], company.iban), (words["bic"], company.bic), (words["reference"], statement.code))
    return [{"key": key, "value": value} for key, value in pairs if value]


def _part(part: StatementPart, words: dict[str, str], language: str) -> dict[str, Any]:
    ages = [(words[name], getattr(part.aged, name)) for name in _BUCKETS] + [(words["balance"], part.aged.total)]
    return {
        "ages": [{"label": label, "amount": money_text(amount, part.currency, language)} for label, amount in ages],
        "original": f"{words['original']} ({part.currency})",
        "open": f"{words['open']} ({part.currency})",
        "lines": [_line(line, part.currency, words, language) for line in part.lines],
        "total": money_text(part.aged.total, part.currency, language),
        "interest": money_text(part.interest, part.currency, language) if part.interest else "",
    }


def _line(line: StatementLine, currency: str, words: dict[str, str], language: str) -> dict[str, str]:
    return {
        "number": line.number,
        "said": words.get(line.hold, ""),
        "type": words.get(line.type, line.type),
        "issued": date_text(line.issued_on, language),
        "due": date_text(line.due_on, language),
        "late": str(line.days_late) if line.days_late else "",
        "amount": figure_text(line.amount, currency, language),
        "open": figure_text(line.open_amount, currency, language),
        "interest": figure_text(line.interest, currency, language) if line.interest else "",
    }


def _row(line: StatementLine, part: StatementPart, words: dict[str, str], statement: Statement) -> tuple[Cell, ...]:
    currency = part.currency
    cells: tuple[Cell, ...] = (
        line.number,
        words.get(line.type, line.type),
        line.issued_on,
        line.due_on,
        line.days_late or None,
        currency,
        Amount(line.amount, currency),
        Amount(line.open_amount, currency),
    )
    if not statement.rate:
        return cells
    return (*cells, Amount(line.interest, currency) if line.interest else None)


def _total(part: StatementPart, words: dict[str, str], statement: Statement) -> tuple[Cell, ...]:
    currency = part.currency
    total = Amount(part.aged.total, currency)
    cells: tuple[Cell, ...] = (words["balance"], None, None, None, None, currency, None, total)
    if not statement.rate:
        return cells
    return (*cells, Amount(part.interest, currency) if part.interest else None)

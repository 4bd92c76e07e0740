"""One batch of text, field by field into typed columns; each row keeps its first problem."""

from typing import Any

import polars as pl

from relance.adapters.intake.options import Options
from relance.adapters.intake.vectors import Distinct, clean, read_amounts, stripped
from relance.adapters.intake.words import words_for
from relance.core.intake import cells
from relance.core.intake.fields import WARNED, Field
from relance.core.intake.mapping import CONSTANT
from relance.core.intake.reports import Note
from relance.core.intake.terms import parse_terms
from relance.core.intake.typed import untyped
from relance.ports.importers import Rejected

_LONGEST = 2_000
_SHOWN = 6
_IDENTIFYING = ("customer_code", "number", "code", "unique_key")
_SHORTENED = r"^[0-9](?:[.,][0-9]+)?E\+[0-9]{2,3}$"
"""`1,8E+09`: what a spreadsheet leaves of a long number."""
_CELL_ERRORS = pl.Series(
    ("#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#UNSAVED!")
)
"""What a workbook shows where a formula has failed, or was never calculated: no name, no code and no amount."""


class Batch:
    """Typed columns of one table of text, and what is wrong in it."""

    def __init__(self, table: pl.DataFrame, mapping: dict[str, str], options: Options) -> None:
        self._table, self._mapping, self._options = table, mapping, options
        self.columns: dict[str, pl.Series] = {"line": table["line"]}
        self.rounded = pl.repeat(False, table.height, eager=True)
        self._problem = pl.repeat(None, table.height, dtype=pl.Int32, eager=True)
        self._problems: list[tuple[str, str]] = []
        self.notes: list[Note] = []

    def has(self, field: str) -> bool:
        """Whether a column of the file fills the field."""
        return field in self._mapping

    def text(self, field: str, free: bool = True, typed: bool = False) -> pl.Series:
        """The cells of a field; empty where no column fills it. What may be kept as it is (`free`) is cleaned too.

        The marks of `typed` cells stay for amounts and days only.
        """
        if field not in self._mapping:
            return pl.repeat("", self._table.height, dtype=pl.String, eager=True)
        text = clean(self._cells(field)) if free else stripped(self._cells(field), typed=typed)
        if field in self._options.splits:
            text = text.str.extract(self._options.splits[field], 1).str.strip_chars().fill_null(text)
        if field in self._options.whole_numbers:
            text = text.str.replace(r"^([0-9]+)\.0*$", "$1")
        return text.zip_with(text != "", self.text("second_number", free)) if self._has_second(field) else text

    def _has_second(self, field: str) -> bool:
        """Whether another column says the number where its own is empty."""
        return field == "number" and "second_number" in self._mapping

    def own(self, field: str) -> pl.Series:
        """The cells of a field's own column."""
        return clean(self._cells(field))

    def _cells(self, field: str) -> pl.Series:
        """The column of a field, or the value that a person gave for all rows."""
        name = self._mapping[field]
        if name in self._table.columns or not name.startswith(CONSTANT):
            return self._table[name]
        return pl.repeat(name.removeprefix(CONSTANT), self._table.height, dtype=pl.String, eager=True)

    def read(self, field: Field) -> None:
        """Type one field's column; what cannot be understood, or is missing though mandatory, rejects its row."""
        text = self.text(field.name, free=not field.refusal, typed=field.sort in {"amount", "day"})
        empty = text == ""
        if field.mandatory:
            self.refuse(empty, field.name, "missing-value")
        in_error = text.str.starts_with("#")
        if in_error.any():
            self.refuse(in_error & text.is_in(_CELL_ERRORS), field.name, "cell-in-error")
        if field.name in _IDENTIFYING and text.str.contains("E+", literal=True).any():
            self.refuse(text.str.contains(_SHORTENED), field.name, "digits-lost")
        values = self._typed(field, text)
        if field.refusal:
            self._refuse_unread(field, text, values, empty)
        else:
            self.refuse(text.str.len_chars() > _LONGEST, field.name, "value-too-long")
        self.columns[field.name] = values

    def _refuse_unread(self, field: Field, text: pl.Series, values: pl.Series, empty: pl.Series) -> None:
        """Reject what could not be typed, unless the cell only says in some way that there is nothing."""
        unread = values.is_null() & ~empty
        if not unread.any():
            return
        blank = unread & _BLANK(text.set(~unread, ""))
        if field.mandatory:
            self.refuse(blank, field.name, "missing-value")
        unread &= ~blank
        if field.sort == "day" and unread.any():
            unread &= ~self._far(field, text.set(~unread, ""))
        if field.refusal in WARNED:
            self._warn(field, text, unread)
            return
        self.refuse(unread, field.name, field.refusal)

    def _warn(self, field: Field, text: pl.Series, unread: pl.Series) -> None:
        """A note instead of a rejected row."""
        if not unread.any():
            return
        shown = zip(self._table["line"].filter(unread).head(_SHOWN), text.filter(unread).head(_SHOWN), strict=True)
        examples = tuple(f"{line}: {word}" for line, word in shown)
        self.notes.append(Note(field.refusal, int(unread.sum()), examples))

    def _far(self, field: Field, text: pl.Series) -> pl.Series:
        """Days of another age are rejected with their own words; where a day may be missing, `never` is none."""
        days = self._options.days
        far = days.far(text)
        self.refuse(
            far if field.mandatory or field.name == "due_on" else far & ~days.never(text), field.name, "far-date"
        )
        return far

    def refuse(self, where: pl.Series, field: str, code: str) -> None:
        """Reject rows that have no earlier problem."""
        if not where.any():
            return
        number = pl.repeat(len(self._problems), len(where), dtype=pl.Int32, eager=True)
        self._problems.append((field, code))
        self._problem = number.zip_with(where.fill_null(False) & self._problem.is_null(), self._problem)

    def good(self) -> pl.Series:
        """Rows without a problem."""
        return self._problem.is_null()

    def rejected(self, at_most: int) -> list[Rejected]:
        """Rows with a problem, each with its first, in the order of the file."""
        bad = self._table.with_columns(self._problem.alias("\0problem")).filter(~self.good()).head(at_most)
        return [self._rejected(row) for row in bad.iter_rows(named=True)]

    def _rejected(self, row: dict[str, Any]) -> Rejected:
        field, code = self._problems[row["\0problem"]]
        column = self._mapping.get(field, "")
        value = untyped(str(row.get(column) or ""))[:200]
        words = words_for(code, field=field, value=value, decimal=self._options.decimal, date=self._options.date_words)
        return Rejected(line=row["line"], column=column or field, value=value, code=code, message=words)

    def _typed(self, field: Field, text: pl.Series) -> pl.Series:
        match field.sort:
            case "day":
                return self._options.days(text)
            case "amount":
                return self._amounts(field.name, self._without_dashes(field.name, text))
            case "currency":
                return _CURRENCY(text)
            case "country":
                return _COUNTRY(text)
            case "language":
                return _LANGUAGE(text)
            case "flag":
                flags = _FLAG(text)
                return flags.set(text == "", None) if field.told else flags
            case "terms":
                return self._terms(text)
            case "known":
                return self._options.known(field.name, text)
        return text

    def _without_dashes(self, name: str, text: pl.Series) -> pl.Series:
        """What is open may be a dash, as bookkeepers write zero."""
        if name != "open_amount" or not text.str.contains(r"^[-\u2013\u2014]+$").any():
            return text
        return text.set(_DASH(text), "0")

    def _terms(self, text: pl.Series) -> pl.Series:
        table = self._options.terms
        if table:
            text = Distinct(lambda word: table.get(word.lower(), word), pl.String)(text)
        return text.set(_TERMS(text).not_(), None)

    def _amounts(self, name: str, text: pl.Series) -> pl.Series:
        currency = self.columns.get("currency")
        of_row = self._options.currency if currency is None else currency.fill_null(self._options.currency)
        minor, rounded = read_amounts(text.set(text == "", None), of_row, self._options.decimal, self._options.stated)
        self.rounded = self.rounded | rounded
        return minor


_BLANK = Distinct(cells.is_blank, pl.Boolean)
_DASH = Distinct(cells.is_dash, pl.Boolean)
_CURRENCY = Distinct(cells.parse_currency, pl.String)
_COUNTRY = Distinct(cells.parse_country, pl.String)
_LANGUAGE = Distinct(cells.parse_language, pl.String)
_FLAG = Distinct(cells.parse_flag, pl.Boolean)
_TERMS = Distinct(lambda text: text == "" or parse_terms(text) is not None, pl.Boolean)

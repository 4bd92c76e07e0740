"""The options of an import, checked once; an option that means nothing is refused."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from relance.adapters.intake.vectors import Distinct
from relance.core.customers.contact_roles import ROLE_OF_WORD
from relance.core.intake.cells import ISO, is_far_day, is_never, parse_day
from relance.core.intake.controls import CONTROLS
from relance.core.intake.day_patterns import day_patterns
from relance.core.intake.fields import field_of
from relance.core.intake.splits import NONE, split_pattern
from relance.core.intake.terms import parse_terms
from relance.core.intake.type_words import side_of, type_of
from relance.core.intake.unknown_customers import ANSWERS, leaves_out
from relance.core.intake.unknown_customers import OPTION as CREATE_CUSTOMERS
from relance.core.kernel.days import day_number
from relance.core.kernel.errors import BadInput
from relance.core.ledger.items import ITEM_TYPES, PAYMENT_METHODS
from relance.ports.intake import CUSTOMER_TERMS, CUSTOMERS, Plan

OF_TEXT = ("encoding", "delimiter", "quote", "header-line", "sheet")
OF_CELLS = ("decimal", "date", "whole-numbers", "signs", "paid", "due", "balance")
OF_LINKS = ("replace-groups", "replace-colleagues", "replace-users-association")
"""1: what earlier files linked and this one does not name ends; else a file only adds (S4.14)."""
SIGNS = ("negative", "file")
_TYPE, _TERMS, _SPLIT = "type.", "terms.", "split."
_EXACT = ("customer_code", "entity")
_NUMBERED = ("customer_code", "entity", "collector")


class Options:
    """How the cells of one file are understood."""

    def __init__(self, plan: Plan) -> None:
        given = plan.options
        _refuse_unknown(given)
        self.currency = plan.currency
        self.stated = "decimal" in given
        self.decimal = _one_of(given, "decimal", (".", ","))
        self.signs = _one_of(given, "signs", SIGNS) if "signs" in given else ""
        self._patterns = day_patterns(given.get("date", ISO))
        self.date_words = "YYYY-MM-DD" if self._patterns == (ISO,) else " or ".join(self._patterns)
        self.whole_numbers = tuple(filter(None, given.get("whole-numbers", "").split(",")))
        for name in OF_LINKS:
            _one_of(given, name, ("0", "1"))
        for name in self.whole_numbers:
            field_of(plan.kind, name)
        self.settles = _one_of(given, "paid", ("open", "settled")) == "settled"
        self.due = _one_of(given, "due", ("", "customer"))
        _one_of(given, "balance", ("running", "open"))
        _one_of(given, CREATE_CUSTOMERS, ANSWERS)
        if CREATE_CUSTOMERS in given and plan.kind != "items":
            raise BadInput(f"{CREATE_CUSTOMERS}: only items create customers, not {plan.kind}")
        self.customers = _customers(plan) if leaves_out(given) else None
        """The known ones, where rows of others stay out."""
        self.terms = _terms(given)
        self._customer_terms = plan.known.get(CUSTOMER_TERMS, {})
        self.splits = _splits(plan)
        self.days = _Days(self._patterns)
        self._known = {name: Distinct(_finder(name, words), _dtype(name)) for name, words in _words(plan).items()}
        self._known["sign"] = Distinct(side_of, pl.Int64)

    def terms_of(self, codes: pl.Series) -> pl.Series:
        """The terms that the tenant keeps for these customers; null for none."""
        return Distinct(self._customer_terms.get, pl.String)(codes)

    def known(self, field: str, text: pl.Series) -> pl.Series:
        """What the words of a column stand for; null for an unknown word."""
        return self._known[field](text)


def _refuse_unknown(given: Mapping[str, str]) -> None:
    known = (*OF_TEXT, *OF_CELLS, *OF_LINKS, CREATE_CUSTOMERS, *CONTROLS)
    for name in given:
        if name not in known and not name.startswith((_TYPE, _TERMS, _SPLIT)):
            words = "type.WORD=TYPE, terms.CODE=DAYS and split.FIELD=TEMPLATE"
            raise BadInput(f"{name!r} is no option; the options are {', '.join(known)}, {words}")


def _one_of(given: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    value = given.get(name, choices[0])
    if value not in choices:
        raise BadInput(f"{name}={value!r}: one of {' '.join(choices)}")
    return value


def _words(plan: Plan) -> dict[str, Mapping[str, Any]]:
    types: dict[str, Any] = {name: name for name in ITEM_TYPES}
    for option, value in plan.options.items():
        if option.startswith(_TYPE):
            if value not in ITEM_TYPES:
                raise BadInput(f"{option}={value!r}: one of {', '.join(ITEM_TYPES)}")
            types[option.removeprefix(_TYPE).lower()] = value
    methods: dict[str, Any] = {name: name for name in PAYMENT_METHODS}
    fixed: dict[str, Mapping[str, Any]] = {"type": types, "payment_method": methods, "contact_role": ROLE_OF_WORD}
    return fixed | {name: words for name, words in plan.known.items() if name not in {CUSTOMER_TERMS, CUSTOMERS}}


def _customers(plan: Plan) -> pl.DataFrame:
    known = plan.known.get(CUSTOMERS, {"entity_id": [], "code": []})
    return pl.DataFrame(known, schema={"entity_id": pl.Int64, "code": pl.String}).with_columns(found=True)


def _terms(given: Mapping[str, str]) -> dict[str, str]:
    """The file's codes of terms, in small letters, to terms as people write them."""
    table = {name.removeprefix(_TERMS).lower(): value for name, value in given.items() if name.startswith(_TERMS)}
    for code, value in table.items():
        if parse_terms(value) is None:
            raise BadInput(f"terms.{code}={value!r}: days, such as 30, or 30 eom for the end of the month")
    return table


def _splits(plan: Plan) -> dict[str, str]:
    """Field to the pattern whose group `code` or `name` is its part of the cell."""
    code, name = ("code", "name") if plan.kind == "customers" else ("customer_code", "customer_name")
    patterns: dict[str, str] = {}
    for option, template in plan.options.items():
        if not option.startswith(_SPLIT) or template == NONE:
            continue
        if option.removeprefix(_SPLIT) != code:
            raise BadInput(f"{option!r}: only split.{code} is understood")
        pattern = split_pattern(template)
        patterns[code] = pattern.replace("(?P<name>", "(?:").replace("(?P<code>", "(")
        if plan.mapping.get(name) == plan.mapping.get(code):
            patterns[name] = pattern.replace("(?P<code>", "(?:").replace("(?P<name>", "(")
    return patterns


def _finder(name: str, words: Mapping[str, Any]) -> Any:
    if name in _EXACT:
        return words.get
    lower = {word.lower(): value for word, value in words.items()}
    if name == "type":  # a word that is known in every language need not have stood in the first file of its source
        return lambda text: lower.get(text.lower()) or type_of(text)
    return lambda text: lower.get(text.lower())


def _dtype(name: str) -> Any:
    return pl.Int64 if name in _NUMBERED else pl.String


class _Days:
    """Days as numbers; a time part is cut off first where all patterns are ISO, so that few distinct texts remain."""

    def __init__(self, patterns: tuple[str, ...]) -> None:
        self._cut = patterns == (ISO,)
        self._numbers = Distinct(lambda text: _number(text, patterns), pl.Int32)
        self.far = Distinct(lambda text: is_far_day(text, patterns), pl.Boolean)
        """Which cells are days of another age."""
        self.never = Distinct(lambda text: is_never(text, patterns), pl.Boolean)
        """Which cells say that there is no day."""

    def __call__(self, text: pl.Series) -> pl.Series:
        return self._numbers(text.str.replace(r"[T ].*$", "") if self._cut else text)


def _number(text: str, patterns: tuple[str, ...]) -> int | None:
    day = parse_day(text, patterns)
    return None if day is None else day_number(day)

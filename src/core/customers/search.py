"""A search: a typed tree, the same for screens, saved searches, mass actions, rules, the API and `--search`."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Literal, get_args

import msgspec

from relance.core.customers.criteria import Criterion, criterion_of
from relance.core.kernel.errors import BadInput

Operator = Literal["=", "!=", "<", "<=", ">", ">=", "in", "not in", "contains", "is empty"]
OPERATORS: tuple[Operator, ...] = get_args(Operator)
_ORDERED = frozenset(("<", "<=", ">", ">="))
_ALLOWED: dict[str, frozenset[str]] = {
    "text": frozenset(OPERATORS) - _ORDERED,
    "code": frozenset(OPERATORS) - _ORDERED,
    "day": frozenset(OPERATORS) - {"contains"},
    "number": frozenset(OPERATORS) - {"contains"},
    "amount": frozenset(("=", "!=", *_ORDERED, "is empty")),
    "flag": frozenset(("=", "!=")),
}
MOST_VALUES, MOST_CLAUSES, DEEPEST = 5_000, 200, 20
TODAY = "today"


class Clause(msgspec.Struct, frozen=True, tag="clause"):
    """One criterion compared with its values, which are text in the form of the criterion's sort.

    A day is ISO 8601, or `today`, `today-15`, `today+3`: relative ones are read on the day of the search. An amount is
    decimal text, counted in any currency, or followed by the one that it is meant in.
    """

    criterion: str
    operator: Operator
    values: tuple[str, ...] = ()


class Every(msgspec.Struct, frozen=True, tag="and"):
    """All parts hold."""

    parts: tuple["Search", ...]


class AnyOf(msgspec.Struct, frozen=True, tag="or"):
    """At least one part holds."""

    parts: tuple["Search", ...]


class Not(msgspec.Struct, frozen=True, tag="not"):
    """The part does not hold."""

    part: "Search"


Search = Clause | Every | AnyOf | Not
EVERYTHING = Every(())
"""The search that leaves nothing out."""


def checked(search: Search) -> Search:
    """The same search; raises BadInput for what cannot be asked: names, operators, values, size."""
    clauses = list(clauses_of(search))
    if len(clauses) > MOST_CLAUSES:
        raise BadInput(f"search: at most {MOST_CLAUSES} clauses, not {len(clauses)}")
    for clause in clauses:
        _check(clause)
    return search


def clauses_of(search: Search, depth: int = 0) -> Iterator[Clause]:
    """All clauses from left to right; raises BadInput where the tree is too deep."""
    if depth > DEEPEST:
        raise BadInput(f"search: parentheses are nested more than {DEEPEST} deep")
    if isinstance(search, Clause):
        yield search
    elif isinstance(search, Not):
        yield from clauses_of(search.part, depth + 1)
    else:
        for part in search.parts:
            yield from clauses_of(part, depth + 1)


def asks_items(search: Search) -> bool:
    """Whether anything in it is asked of items."""
    return any(criterion_of(clause.criterion).about == "item" for clause in clauses_of(search))


def asks_customers(search: Search) -> bool:
    """Whether anything in it is asked of customers."""
    return any(criterion_of(clause.criterion).about == "customer" for clause in clauses_of(search))


def speaks_of_one_item(search: Search) -> bool:
    """Whether it says something of one item; such parts joined by `and` speak of one and the same.

    `not` before one of them says that the customer has no such item.
    """
    if isinstance(search, Clause):
        return criterion_of(search.criterion).about == "item"
    if isinstance(search, Not):
        return is_filled(search) and speaks_of_one_item(search.part)
    return isinstance(search, AnyOf) and all(map(speaks_of_one_item, search.parts))


def is_filled(search: Search) -> bool:
    """Whether it is `X is not empty`."""
    return isinstance(search, Not) and isinstance(search.part, Clause) and search.part.operator == "is empty"


def day_in(value: str, today: date) -> date:
    """The day that a value means on this day; raises BadInput."""
    text = value.strip().lower()
    try:
        if text.startswith(TODAY):
            return today + timedelta(days=int(text.removeprefix(TODAY) or "0"))
        return date.fromisoformat(text)
    except (ValueError, OverflowError) as bad:
        raise BadInput(f"search: {value!r} is no day: write 2026-11-21, today or today-15") from bad


def amount_in(value: str) -> tuple[Decimal, str]:
    """The amount and its currency, which is empty where any counts; raises BadInput."""
    number, _, currency = value.strip().partition(" ")
    try:
        amount = Decimal(number)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or abs(amount) > Decimal(10) ** 15 or (currency and not _is_currency(currency)):
        raise BadInput(f"search: {value!r} is no amount: write 1000, 1000.50 or 1000 EUR")
    return amount, currency


def number_in(value: str) -> int:
    """A whole number; raises BadInput."""
    text = value.strip()
    if not text.removeprefix("-").isdecimal() or len(text) > 15:
        raise BadInput(f"search: {value!r} is no whole number")
    return int(text)


def flag_in(value: str) -> bool:
    """`yes` or `no`; raises BadInput."""
    if value.lower() not in {"yes", "no"}:
        raise BadInput(f"search: {value!r} is neither yes nor no")
    return value.lower() == "yes"


def _check(clause: Clause) -> None:
    criterion = criterion_of(clause.criterion)
    if clause.operator not in _ALLOWED[criterion.sort]:
        allowed = ", ".join(operator for operator in OPERATORS if operator in _ALLOWED[criterion.sort])
        raise BadInput(f"search: {clause.criterion} cannot be asked with {clause.operator!r}; with {allowed}")
    wanted = _how_many(clause.operator)
    if wanted is not None and len(clause.values) != wanted:
        raise BadInput(f"search: {clause.criterion} {clause.operator} takes {wanted} value, not {len(clause.values)}")
    if not 0 < len(clause.values) + (wanted == 0) <= MOST_VALUES:
        raise BadInput(f"search: {clause.criterion} {clause.operator} takes 1 to {MOST_VALUES} values")
    for value in clause.values:
        _check_value(criterion, value)


def _how_many(operator: Operator) -> int | None:
    if operator == "is empty":
        return 0
    return None if operator in {"in", "not in"} else 1


def _check_value(criterion: Criterion, value: str) -> None:
    if "\0" in value:
        raise BadInput(f"search: {criterion.name}: a value holds a NUL character")
    if criterion.sort == "day":
        day_in(value, date(2000, 1, 1))
    elif criterion.sort == "amount":
        amount_in(value)
    elif criterion.sort == "number":
        number_in(value)
    elif criterion.sort == "flag":
        flag_in(value)


def _is_currency(text: str) -> bool:
    return len(text) == 3 and text.isascii() and text.isalpha() and text.isupper()

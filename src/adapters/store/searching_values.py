"""How one column, or one number made of many rows, is compared with the values of a clause."""

import operator
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, case, literal, or_

from relance.adapters.store.folded import lowered
from relance.adapters.store.search import contains
from relance.core.customers.search import Clause, Operator, amount_in, day_in, flag_in, number_in
from relance.core.kernel.money import currencies_with_digits, to_minor

_COMPARE: dict[str, Callable[[Any, Any], ColumnElement[bool]]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_MOST = ("EUR", "USD")
"""Two currencies of many amounts, with two digits: a row that has one is not looked for in the lists of the others."""
BEFORE = frozenset(("<", "<="))
"""What never happened was before every day, where a criterion means it so."""
_OPPOSITE: dict[Operator, Operator] = {"!=": "=", "not in": "in"}


def positive(clause: Clause) -> Clause | None:
    """The opposite of a clause that says `!=` or `not in`, None for any other."""
    turned = _OPPOSITE.get(clause.operator)
    return Clause(clause.criterion, turned, clause.values) if turned else None


def text_clause(column: ColumnElement[Any], clause: Clause, exact: bool = False) -> ColumnElement[bool]:
    """A text compared, without regard to case unless `exact`; the column is never NULL."""
    if clause.operator == "is empty":
        return column == ""
    if clause.operator == "contains":
        return contains(column, clause.values[0])
    if exact:
        return _among(column, clause.operator, clause.values)
    return _among(lowered(column, *clause.values), clause.operator, tuple(value.lower() for value in clause.values))


def day_clause(column: ColumnElement[Any], clause: Clause, today: date, never: bool = False) -> ColumnElement[bool]:
    """A day compared; a missing one is only empty, and before everything where it means never."""
    if clause.operator == "is empty":
        return column.is_(None)
    days = tuple(day_in(value, today) for value in clause.values)
    found = and_(column.is_not(None), _among(column, clause.operator, days))
    if clause.operator in {"!=", "not in"} or (never and clause.operator in BEFORE):
        return or_(column.is_(None), found)
    return found


def number_clause(column: ColumnElement[Any], clause: Clause) -> ColumnElement[bool]:
    """A number compared; a missing one is only empty."""
    if clause.operator == "is empty":
        return column.is_(None)
    return _among(column, clause.operator, tuple(number_in(value) for value in clause.values))


def flag_clause(column: ColumnElement[Any], clause: Clause) -> ColumnElement[bool]:
    """A flag that is set or not."""
    wanted = flag_in(clause.values[0]) == (clause.operator == "=")
    return column.is_(wanted)


def amount_clause(column: ColumnElement[Any], currency: ColumnElement[Any], clause: Clause) -> ColumnElement[bool]:
    """Minor units compared with decimal text: in the row's currency, or only where that is the one named."""
    if clause.operator == "is empty":
        return column.is_(None)
    amount, named = amount_in(clause.values[0])
    if named:
        return and_(currency == named, _COMPARE[clause.operator](column, to_minor(amount, named)[0]))
    return _in_any_currency(column, currency, clause.operator, amount)


def holds_for_zero(clause: Clause) -> bool:
    """Whether nothing at all, a zero, would fulfil a clause of a number or an amount."""
    if clause.operator in {"in", "not in"}:
        return (0 in map(number_in, clause.values)) == (clause.operator == "in")
    return bool(_COMPARE[clause.operator](Decimal(0), amount_in(clause.values[0])[0]))


def _in_any_currency(
    column: ColumnElement[Any], currency: ColumnElement[Any], operation: str, amount: Decimal
) -> ColumnElement[bool]:
    """Compared with the minor units of each row's own currency, which is looked at only where it may matter."""
    units = {digits: int(amount.scaleb(digits).to_integral_value()) for digits in (0, 2, 3)}
    compare, few, most = _COMPARE[operation], min(units.values()), max(units.values())
    odd = [(currency.in_(sorted(currencies_with_digits(digits))), literal(units[digits])) for digits in (0, 3)]
    exactly = compare(column, case((currency.in_(_MOST), literal(units[2])), *odd, else_=literal(units[2])))
    if operation == "=":
        return and_(column.in_(sorted(set(units.values()))), exactly)
    if operation == "!=":
        return or_(column.not_in(sorted(set(units.values()))), exactly)
    loose, strict = (most, few) if operation in BEFORE else (few, most)
    return and_(compare(column, loose), or_(compare(column, strict), exactly))


def _among(column: ColumnElement[Any], operation: str, values: tuple[Any, ...]) -> ColumnElement[bool]:
    if operation == "in":
        return column.in_(values)
    if operation == "not in":
        return column.not_in(values)
    return _COMPARE[operation](column, values[0])

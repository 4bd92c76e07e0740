"""Amounts in the company's own currency beside those in each document's: they are never mixed with its code."""

from collections.abc import Mapping, Sequence

import msgspec

from relance.core.intake.choosing import SURE, currency_in, is_in_local_currency
from relance.core.intake.mapping import CONSTANT
from relance.core.intake.seen import ColumnSeen
from relance.core.intake.understanding import ColumnGuess

_MOST = 80
Found = dict[str, ColumnGuess]


def keep_currencies_apart(columns: Sequence[ColumnSeen], fixed: Mapping[str, str], found: Found) -> None:
    """Where a column tells the documents' currencies, amounts of the company's own get theirs.

    An amount and an open amount of different currencies cannot stand together: then the open one is both.
    """
    coded = found.get("currency")
    if coded is None or coded.column.startswith(CONSTANT) or "currency" in fixed:
        return
    opened, amount = (fixed.get(name) or _sure(found, name) for name in ("open_amount", "amount"))
    if opened and amount and _own(opened) != _own(amount) and "amount" not in fixed and "open_amount" in found:
        found["amount"] = msgspec.structs.replace(found.pop("open_amount"), field="amount", code="only-amount")
        amount = opened
    if not _own(amount or opened):
        return
    code, column = currency_in(amount or opened), _own_column(columns)
    if is_in_local_currency(coded.column):
        return
    del found["currency"]
    if code or column:
        why = f"{amount or opened!r} is in the company's own currency"
        found["currency"] = ColumnGuess(
            field="currency",
            column=f"{CONSTANT}{code}" if code else column,
            confidence=85,
            code="currency-with-amount",
            why=why,
        )


def _sure(found: Found, field: str) -> str:
    return found[field].column if field in found and found[field].confidence >= SURE else ""


def _own(name: str) -> bool:
    return is_in_local_currency(name) or bool(currency_in(name))


def _own_column(columns: Sequence[ColumnSeen]) -> str:
    """The column that tells the company's own currency."""
    own = (one for one in columns if is_in_local_currency(one.name) and one.telling)
    return next((one.name for one in own if one.share_of_currencies >= _MOST), "")

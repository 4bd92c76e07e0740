"""Amounts in the company's own currency beside those in each document's: they are never mixed with its code."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from relance.core.intake.choosing import SURE, currency_in, is_in_local_currency
from relance.core.intake.header_words import words_of
from relance.core.intake.mapping import CONSTANT
from relance.core.intake.seen import ColumnSeen
from relance.core.intake.understanding import ColumnGuess

_MOST, _SURE = 80, 85
_FOREIGN_WORDS = (
    "currency curr cur foreign fc fcy fcur doc document txn transaction trx devise devises wahrung"
    " fremdwahrung fw belegwahrung dokumentwahrung divisa divisas moneda valuta vreemde waluta walucie"
    " moeda doviz"
)
_FOREIGN = frozenset(_FOREIGN_WORDS.split())
_LINKS = frozenset(("in", "en", "im", "amount", "amt", "betrag", "montant", "importe"))
"""Words of a name that say nothing of its currency."""
Found = dict[str, ColumnGuess]


def keep_currencies_apart(columns: Sequence[ColumnSeen], fixed: Mapping[str, str], found: Found) -> None:
    """Where a column tells the documents' currencies, amounts of the company's own get theirs.

    An amount and an open amount of different currencies cannot stand together: then the open one is both.
    """
    coded = found.get("currency")
    named = fixed.get("currency") or (coded.column if coded else CONSTANT)
    if not named.startswith(CONSTANT) and not is_in_local_currency(named):
        _of_documents(columns, fixed, found)
    if coded is None or coded.column.startswith(CONSTANT) or "currency" in fixed:
        return
    opened, amount = (fixed.get(name) or _sure(found, name) for name in ("open_amount", "amount"))
    partly = of_the_company(columns)
    own = {name: _own(name) or name in partly for name in (opened, amount) if name}
    if opened and amount and own[opened] != own[amount] and "amount" not in fixed and "open_amount" in found:
        found["amount"] = msgspec.structs.replace(found.pop("open_amount"), field="amount", code="only-amount")
        amount = opened
    if not own.get(amount or opened):
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


def _of_documents(columns: Sequence[ColumnSeen], fixed: Mapping[str, str], found: Found) -> None:
    """Of `Residual` and `Residual in currency` the second goes with the documents' currencies, where it is as full."""
    by_name = {column.name: column for column in columns}
    for field in {"open_amount", "amount"} & set(found):
        guess = found[field]
        pair = {guess.column, *guess.others}
        own = by_name[guess.others[0]] if len(pair) == 2 and guess.confidence < SURE else by_name[guess.column]
        other = foreign_twin(columns, own)
        if other is not None:
            sure = max(guess.confidence, _SURE if pair == {own.name, other.name} else 0)
            found[field] = ColumnGuess(
                field=field, column=other.name, confidence=sure, code="currency-with-amount", why=guess.why
            )
    opened, amount = found.get("open_amount"), found.get("amount")
    if opened is not None and amount is not None and opened.column == amount.column and "amount" not in fixed:
        found["amount"] = msgspec.structs.replace(found.pop("open_amount"), field="amount")


def foreign_twin(columns: Iterable[ColumnSeen], own: ColumnSeen) -> ColumnSeen | None:
    """The column of the same amounts in the documents' currencies, where there is one."""
    return next((one for one in columns if _is_foreign_twin(one, own)), None)


def of_the_company(columns: Sequence[ColumnSeen]) -> frozenset[str]:
    """Columns whose amounts stand in another one too, in the documents' currencies, but only of foreign documents."""
    pairs = ((own, one) for own in columns for one in columns if 0 < one.filled < own.filled)
    return frozenset(own.name for own, one in pairs if _names_foreign(one, own))


def _is_foreign_twin(column: ColumnSeen, own: ColumnSeen) -> bool:
    return column.filled >= own.filled and _names_foreign(column, own)


def _names_foreign(column: ColumnSeen, own: ColumnSeen) -> bool:
    words, told = set(words_of(own.name)), set(words_of(column.name))
    more = told - words
    named = words < told and bool(more & _FOREIGN) and more <= _FOREIGN | _LINKS and not words & _FOREIGN
    return named and column.share_of_amounts >= _MOST


def _sure(found: Found, field: str) -> str:
    return found[field].column if field in found and found[field].confidence >= SURE else ""


def _own(name: str) -> bool:
    return is_in_local_currency(name) or bool(currency_in(name))


def _own_column(columns: Sequence[ColumnSeen]) -> str:
    """The column that tells the company's own currency."""
    own = (one for one in columns if is_in_local_currency(one.name) and one.telling)
    return next((one.name for one in own if one.share_of_currencies >= _MOST), "")

"""What is still open, where no column says it plainly: amounts by age, what was paid, or a column of unknown name."""

import re
from collections.abc import Mapping, Sequence

from relance.core.intake.age_currencies import ages_apart
from relance.core.intake.balances import is_running, runs, side_by_side
from relance.core.intake.buckets import bucket_columns
from relance.core.intake.choosing import SURE, is_in_local_currency, same_values
from relance.core.intake.fields import BUCKETS, FIELDS
from relance.core.intake.header_words import is_derived, name_score, words_of
from relance.core.intake.mapping import Question
from relance.core.intake.seen import ColumnSeen
from relance.core.intake.understanding import ColumnGuess

_NET_WORDS = (
    "net netto neto ht hors excl excluding exkl exclusief untaxed before base imponibile subtotal bez sans zonder utan "
    "ohne sem sin tax vat tva ust mwst iva btw moms pdv kdv quantity qty rate kurs cours discount limit"
)
_NET = frozenset(_NET_WORDS.split())
"""Words of amounts that are no claim: without tax, the tax alone, limits."""
_NO_CENTS = re.compile(r"[.,]00?(?=\D*$)")
_ALIKE, _MOST = 3, 80
_SAYS_OPEN = frozenset(("open_amount", "debit", "credit", "paid_amount", *BUCKETS))


def amounts_by_age(columns: Sequence[ColumnSeen], mapping: Mapping[str, str]) -> dict[str, ColumnGuess]:
    """The columns of ages as what is open of each row, where a row is a document and no column says it in one sum.

    Beside an amount they are taken only where they hold other amounts: the part that is still open of some.
    """
    if _SAYS_OPEN & set(mapping) or "number" not in mapping or not {"issued_on", "due_on"} & set(mapping):
        return {}
    ages = [one for one in bucket_columns(columns) if one.name not in mapping.values()]
    amount = next((one for one in columns if one.name == mapping.get("amount")), None)
    if len(ages) < 2 or (amount is not None and _moved(ages) <= _moved([amount])):
        return {}
    if ages_apart(columns, ages, mapping) != "no":
        return {}
    why = "each row is one document, and no column says what is open of it: the amounts under its ages together do"
    return {
        field: ColumnGuess(field=field, column=age.name, confidence=85, code="amounts-by-age", why=why)
        for field, age in zip(BUCKETS, ages, strict=False)
    }


def open_amount_questions(columns: Sequence[ColumnSeen], sure: Mapping[str, str], balance: str = "") -> list[Question]:
    """Asked where a column of unknown name holds the amounts again, some of them other: it may say what is open."""
    taken = next((one for one in columns if one.name == sure.get("amount")), None)
    if taken is None or _SAYS_OPEN & set(sure):
        return []
    if name_score("items", "open_amount", taken.name) > name_score("items", "amount", taken.name):
        return []
    ages = bucket_columns(columns)
    if ages_apart(columns, ages, sure) == "perhaps":
        return [_ask_ages(ages[0].name, taken.name)]
    left_out = {one.name for one in ages}
    left_out |= {one.name for one in columns if runs(one, taken) or (balance and is_running(one.name))}
    if "currency" in sure and not is_in_local_currency(taken.name):
        left_out |= {one.name for one in columns if is_in_local_currency(one.name)}
    free = [one for one in columns if one.name not in sure.values() and one.name not in left_out]
    likely = [one.name for one in free if _is_called_open(one) or _may_be_open(one, taken)]
    paid = next((one.name for one in free if _is_paid(one)), "")
    if paid and not likely:
        return [_ask_paid(paid, taken.name)]
    if not likely or any(same_values(taken, one) for one in free if one.name in likely):
        return []
    message = (
        f"{likely[0]!r} holds other amounts than {taken.name!r}: which says what is still open?"
        " answer with --map open_amount=COLUMN"
    )
    return [Question(code="open-amount", column="open_amount", choices=(*likely, taken.name), message=message)]


def _ask_ages(age: str, total: str) -> Question:
    message = (
        f"the columns of ages such as {age!r} hold other amounts than {total!r} where the currency is a foreign one:"
        f" is {total!r} what is still open? answer with --map open_amount={total} or another column"
    )
    return Question(code="open-amount", column="open_amount", choices=(total,), message=message)


def _ask_paid(paid: str, total: str) -> Question:
    """The proposal comes first: what is open is the amount less what was paid of it."""
    message = (
        f"{paid!r} says what was paid of {total!r}, and no column what is still open: is it what is left? answer with"
        f" --map paid_amount={paid}, or take all of it with --map open_amount={total}"
    )
    return Question(code="open-amount", column="open_amount", choices=(f"paid_amount={paid}", total), message=message)


def _is_called_open(column: ColumnSeen) -> bool:
    """One of several columns of this name: none was taken, for nobody can say which of them it is."""
    named = name_score("items", "open_amount", column.name) >= SURE and not is_derived(column.name)
    return named and bool(column.telling) and column.share_of_amounts >= _MOST


def _is_paid(column: ColumnSeen) -> bool:
    """Whether something is paid of some rows."""
    named = name_score("items", "paid_amount", column.name) >= SURE
    return named and bool(_moved([column])) and column.share_of_amounts == 100


def _moved(columns: Sequence[ColumnSeen]) -> set[str]:
    """The figures of the amounts that are not nought, however they are written."""
    values = (_NO_CENTS.sub("", value) for column in columns for value in column.telling)
    return set(filter(None, ("".join(filter(str.isdigit, value)).lstrip("0") for value in values)))


def _may_be_open(column: ColumnSeen, amount: ColumnSeen) -> bool:
    named = any(name_score("items", field.name, column.name) for field in FIELDS["items"])
    if named or is_derived(column.name) or _NET & set(words_of(column.name)) or column.share_of_amounts < 100:
        return False
    if column.distinct == 1 < amount.distinct:
        return False
    own, other = set(column.telling), set(amount.telling)
    both = own & other
    if bool(own - other) and len(both) >= 2 and len(both) * _ALIKE >= len(other):
        return True
    return _never_more(column, amount)


def _never_more(column: ColumnSeen, amount: ColumnSeen) -> bool:
    """Whether the first rows say it: the same amount in one of them, less in another, more in none."""
    sizes = [(abs(mine), abs(whole)) for mine, whole in side_by_side(column, amount)]
    same = [mine for mine, whole in sizes if mine == whole]
    return any(same) and any(mine < whole for mine, whole in sizes) and all(mine <= whole for mine, whole in sizes)

"""What the columns of a table say beside each other: which rule each other out, and which have to be asked about."""

from collections.abc import Mapping, Sequence

import msgspec

from relance.core.intake.balances import OPEN, RUNNING, is_running, runs, runs_beside
from relance.core.intake.cells import parse_currency
from relance.core.intake.choosing import CURRENCIES, SURE, currency_in
from relance.core.intake.fields import FIELDS
from relance.core.intake.header_words import is_derived, name_score, words_of
from relance.core.intake.local_currency import keep_currencies_apart
from relance.core.intake.mapping import CONSTANT
from relance.core.intake.open_amounts import amounts_by_age
from relance.core.intake.seen import ColumnSeen
from relance.core.intake.status_words import status_column
from relance.core.intake.types_by_words import type_by_words
from relance.core.intake.understanding import ColumnGuess

_CODE_WORDS = (
    "code no nr id number key kod cod codigo codice nummer kode cislo sifra oznaka nro numero "
    "\u043a\u043e\u0434 \u7f16\u7801 \u7f16\u53f7 \u30b3\u30fc\u30c9"
)
_CODES = frozenset(_CODE_WORDS.split())
"""Names that tell a customer's code only where the customer's name stands beside them."""
_SHARED = 10
_HALF = 50
_NUMBERS = frozenset(("number", "second_number", "reference"))
Found = dict[str, ColumnGuess]


def settle_items(columns: Sequence[ColumnSeen], fixed: Mapping[str, str], found: Found, balance: str) -> None:
    """Take away what other columns of open items rule out, and add what they tell."""
    found.pop("paid_amount", None)
    _running_balance(columns, fixed, found, balance)
    one_amount(fixed, found, balance == OPEN)
    found.update(amounts_by_age(columns, {**{name: guess.column for name, guess in found.items()}, **fixed}))
    _second_number(columns, fixed, found)
    _sign_of_one_amount(fixed, found)
    _terms_only_without_due(columns, fixed, found)
    _code_of_many_names(columns, found)
    _code_beside_name(columns, fixed, found)
    type_by_words(columns, fixed, found)
    keep_currencies_apart(columns, fixed, found)
    _currency(columns, fixed, found)
    _status(columns, fixed, found)


def one_amount(fixed: Mapping[str, str], found: dict[str, ColumnGuess], open_balance: bool) -> None:
    """One column of amounts is the amount, called open or not; debit and credit stand instead of it, never beside.

    Beside them a column called balance is left out unless a person said that it is what is open.
    """
    sided = {"debit", "credit"} & (set(fixed) | {name for name in found if found[name].confidence >= SURE})
    opened = found.get("open_amount")
    if ("amount" in found and found["amount"].confidence >= SURE) or "amount" in fixed:
        for name in ("debit", "credit"):
            found.pop(name, None)
    elif sided and opened is not None and is_running(opened.column) and not open_balance:
        found.pop("open_amount")
    elif not sided and opened is None and "open_amount" in fixed and not _sure_of(found, "amount"):
        column = fixed["open_amount"]
        found["amount"] = ColumnGuess(field="amount", column=column, confidence=90, code="only-amount")
    elif not sided and opened is not None:
        found["amount"] = msgspec.structs.replace(found.pop("open_amount"), field="amount", code="only-amount")
    if sided and "amount" in found and found["amount"].confidence < SURE:
        found.pop("amount")


def _running_balance(columns: Sequence[ColumnSeen], fixed: Mapping[str, str], found: Found, balance: str) -> None:
    """What adds up from row to row, or is said to, is not what is open of each."""
    by_name = {one.name: one for one in columns}
    opened = by_name.get(found["open_amount"].column) if "open_amount" in found else None
    amount = by_name.get(fixed.get("amount") or _column(found, "amount"))
    debit, credit = (by_name.get(fixed.get(side) or _column(found, side)) for side in ("debit", "credit"))
    if opened is not None and balance != OPEN and runs_beside(opened, debit, credit):
        del found["open_amount"]
        return
    if opened is None or amount is None or balance == OPEN:
        return
    if runs(opened, amount) or (balance == RUNNING and is_running(opened.name)):
        del found["open_amount"]


def _column(found: Found, field: str) -> str:
    return found[field].column if field in found else ""


def _second_number(columns: Sequence[ColumnSeen], fixed: Mapping[str, str], found: Found) -> None:
    """Where some rows have no number: the column that has one in all of these, such as the voucher of a payment."""
    by_name = {one.name: one for one in columns}
    number = by_name.get(fixed.get("number") or (found["number"].column if _sure_of(found, "number") else ""))
    if number is None or number.filled == number.rows or "second_number" in fixed:
        return
    taken = {*fixed.values(), *(guess.column for guess in found.values())}
    free = [one for one in columns if one.name not in taken and _may_be_number(one, number)]
    best = max(free, key=lambda one: (name_score("items", "number", one.name), one.filled), default=None)
    if best is None or name_score("items", "number", best.name) < SURE:
        return
    why = f"{number.name!r} is empty in some rows, and {best.name!r} is a name for numbers of documents too"
    found["second_number"] = ColumnGuess(
        field="second_number", column=best.name, confidence=80, code="second-number", why=why
    )


def _may_be_number(column: ColumnSeen, number: ColumnSeen) -> bool:
    """Whether it is filled where the other is not, and is called a number rather than anything else."""
    if column.filled + number.filled < number.rows or column.share_of_days() >= _HALF or is_derived(column.name):
        return False
    others = (name_score("items", one.name, column.name) for one in FIELDS["items"] if one.name not in _NUMBERS)
    return name_score("items", "number", column.name) > max(others)


def _terms_only_without_due(
    columns: Sequence[ColumnSeen], fixed: Mapping[str, str], found: dict[str, ColumnGuess]
) -> None:
    due = fixed.get("due_on") or (found["due_on"].column if "due_on" in found else "")
    column = next((one for one in columns if one.name == due), None)
    if column is not None and column.filled == column.rows:
        found.pop("terms", None)
    elif column is None and "terms" not in found and "terms" not in fixed:
        likely = max(columns, key=lambda one: name_score("items", "terms", one.name), default=None)
        if likely is not None and name_score("items", "terms", likely.name) >= SURE and 0 < len(likely.telling) <= 12:
            found["terms"] = ColumnGuess(field="terms", column=likely.name, confidence=70, code="by-name")


def _status(columns: Sequence[ColumnSeen], fixed: Mapping[str, str], found: dict[str, ColumnGuess]) -> None:
    """The states of the documents, by which drafts and void ones are told."""
    if "status" in fixed:
        return
    taken = frozenset((*fixed.values(), *(guess.column for guess in found.values() if guess.confidence >= SURE)))
    column = status_column(columns, taken)
    if column:
        found["status"] = ColumnGuess(field="status", column=column, confidence=90, code="by-name")


def _currency(columns: Sequence[ColumnSeen], fixed: Mapping[str, str], found: dict[str, ColumnGuess]) -> None:
    """Where no column holds a currency: the one that the amount's name or all of its cells tell."""
    if "currency" in fixed or "currency" in found:
        return
    name = next(
        (
            where[field]
            for where in (fixed, {n: g.column for n, g in found.items()})
            for field in ("open_amount", "amount", "debit")
            if field in where
        ),
        "",
    )
    column = next((one for one in columns if one.name == name), None)
    if column is not None and len(told := {parse_currency(value) for value in column.telling}) > 1 and None not in told:
        why = f"the cells of {name!r} say it beside the amounts"
        found["currency"] = ColumnGuess(
            field="currency", column=name, confidence=85, code="currency-with-amount", why=why
        )
        return
    code = currency_in(name) or (_in_cells(column) if column is not None else "")
    if code:
        why = f"{name!r} or its cells say so"
        found["currency"] = ColumnGuess(
            field="currency", column=f"{CONSTANT}{code}", confidence=85, code="currency-with-amount", why=why
        )


def _in_cells(column: ColumnSeen) -> str:
    """The currency that stands beside every amount of the column."""
    found = {code for value in column.telling if (code := currency_in(_parted(value)))}
    all_have = all(currency_in(_parted(value)) for value in column.telling)
    return found.pop() if all_have and len(found) == 1 else ""


def _parted(value: str) -> str:
    letters = "".join(char if char.isalpha() else " " for char in value)
    return next((word for word in letters.split() if word in CURRENCIES), value)


def _sure_of(found: Found, field: str) -> bool:
    return field in found and found[field].confidence >= SURE


def _sign_of_one_amount(fixed: Mapping[str, str], found: Found) -> None:
    """Debit and credit in columns of their own have their sign: a column of signs then belongs to the balance."""
    sides = {name for name in ("debit", "credit") if name in fixed or name in found}
    if len(sides) == 2:
        found.pop("sign", None)


def _code_of_many_names(columns: Sequence[ColumnSeen], found: Found) -> None:
    """What many customers have in common, such as an account of the general ledger, is no customer's code."""
    by_name = {one.name: one for one in columns}
    code, name = found.get("customer_code"), found.get("customer_name")
    if code is None or name is None or code.column == name.column:
        return
    codes, names = by_name[code.column].distinct, by_name[name.column].distinct
    if names > codes == 1 or names >= _SHARED * codes:
        del found["customer_code"]


def _code_beside_name(columns: Sequence[ColumnSeen], fixed: Mapping[str, str], found: Found) -> None:
    """A column called only `Code` is the customer's where it stands beside the customer's name."""
    known = found.get("customer_code")
    if "customer_code" in fixed or (known is not None and known.confidence >= SURE):
        return
    names = [one.name for one in columns]
    name = fixed.get("customer_name") or (found["customer_name"].column if "customer_name" in found else "")
    if name not in names:
        return
    taken = {*fixed.values(), *(guess.column for guess in found.values() if guess.confidence >= SURE)}
    place = names.index(name)
    for column in columns[max(0, place - 1) : place + 2]:
        if column.name not in taken and _is_code(column) and _tells(column, columns[place]):
            why = f"{column.name!r} stands beside the name {name!r}"
            found["customer_code"] = ColumnGuess(
                field="customer_code", column=column.name, confidence=80, code="beside-name", why=why
            )
            return


def _is_code(column: ColumnSeen) -> bool:
    """Whether it is called a code, or like the customer and holds words without a blank."""
    if "".join(words_of(column.name)) in _CODES:
        return True
    bare = not any(" " in value for value in column.telling) and any(map(_has_digit, column.telling))
    return bare and name_score("items", "customer_code", column.name) >= SURE


def _has_digit(value: str) -> bool:
    return any(map(str.isdigit, value))


def _tells(code: ColumnSeen, name: ColumnSeen) -> bool:
    """Whether there are about as many codes as names, in every row."""
    return code.filled >= name.filled and name.distinct <= code.distinct <= 2 * name.distinct

"""What the columns of a table say beside each other: which rule each other out, and which have to be asked about."""

from collections.abc import Mapping, Sequence

import msgspec

from relance.core.intake.balances import is_running
from relance.core.intake.choosing import CURRENCIES, SURE, currency_in, same_values
from relance.core.intake.fields import FIELDS
from relance.core.intake.header_words import is_derived, name_score, words_of
from relance.core.intake.mapping import CONSTANT, Question
from relance.core.intake.seen import ColumnSeen
from relance.core.intake.status_words import status_column
from relance.core.intake.understanding import ColumnGuess

_CODE_WORDS = (
    "code no nr id number key kod cod codigo codice nummer kode cislo sifra oznaka nro numero "
    "\u043a\u043e\u0434 \u7f16\u7801 \u7f16\u53f7 \u30b3\u30fc\u30c9"
)
_CODES = frozenset(_CODE_WORDS.split())
"""Names that tell a customer's code only where the customer's name stands beside them."""
_NET_WORDS = (
    "net netto neto ht hors excl excluding exkl exclusief untaxed before base imponibile subtotal bez sans zonder utan "
    "ohne sem sin tax vat tva ust mwst iva btw moms pdv kdv quantity qty rate kurs cours discount limit"
)
_NET = frozenset(_NET_WORDS.split())
"""Words of amounts that are no claim: without tax, the tax alone, limits."""
_PAID_WORDS = (
    "paid amountpaid paidamount totalpaid payments paymentsapplied applied received amountreceived regle paye "
    "montantregle montantpaye dejaregle bezahlt gezahlt bezahltbetrag zahlbetrag pagado cobrado importecobrado "
    "importepagado pagato "
    "incassato importopagato pago valorpago recebido valorrecebido betaald betaaldbedrag zaplacono zaplata wplacono "
    "platit incasat achitat sumaachitata betalt inbetalt placeno uplaceno odenen odenentutar \u5df2\u4ed8\u91d1\u989d "
    "\u5df2\u6536\u91d1\u989d \u5165\u91d1\u984d \u6d88\u8fbc\u984d"
)
_PAID = frozenset(_PAID_WORDS.split())
"""Names of columns that say how much of an item is paid already."""
_ALIKE, _MOST, _SHARED = 3, 80, 10
Found = dict[str, ColumnGuess]


def settle_items(columns: Sequence[ColumnSeen], fixed: Mapping[str, str], found: Found, open_balance: bool) -> None:
    """Take away what other columns of open items rule out, and add what they tell."""
    one_amount(fixed, found, open_balance)
    _sign_of_one_amount(fixed, found)
    _terms_only_without_due(columns, fixed, found)
    _code_of_many_names(columns, found)
    _code_beside_name(columns, fixed, found)
    _currency(columns, fixed, found)
    _status(columns, fixed, found)


def open_amount_questions(columns: Sequence[ColumnSeen], sure: Mapping[str, str]) -> list[Question]:
    """Asked where a column of unknown name holds the amounts again, some of them other: it may say what is open."""
    taken = next((one for one in columns if one.name == sure.get("amount")), None)
    if taken is None or {"open_amount", "debit", "credit"} & set(sure):
        return []
    if name_score("items", "open_amount", taken.name) > name_score("items", "amount", taken.name):
        return []
    free = [one for one in columns if one.name not in sure.values()]
    likely = [one.name for one in free if _is_called_open(one) or _may_be_open(one, taken)]
    paid = next((one.name for one in free if _is_paid(one)), "")
    if paid and not likely:
        message = (
            f"{paid!r} says what was paid of {taken.name!r}, and no column what is still open: export it too, or take"
            f" all of it with --map open_amount={taken.name}"
        )
        return [Question(code="open-amount", column="open_amount", choices=(taken.name,), message=message)]
    if not likely or any(same_values(taken, one) for one in free if one.name in likely):
        return []
    message = (
        f"{likely[0]!r} holds other amounts than {taken.name!r}: which says what is still open?"
        " answer with --map open_amount=COLUMN"
    )
    return [Question(code="open-amount", column="open_amount", choices=(*likely, taken.name), message=message)]


def _is_called_open(column: ColumnSeen) -> bool:
    """One of several columns of this name: none was taken, for nobody can say which of them it is."""
    named = name_score("items", "open_amount", column.name) >= SURE and not is_derived(column.name)
    return named and bool(column.telling) and column.share_of_amounts >= _MOST


def _is_paid(column: ColumnSeen) -> bool:
    """Whether something is paid of some rows."""
    moved = any(digit in "123456789" for value in column.telling for digit in value)
    return "".join(words_of(column.name)) in _PAID and moved and column.share_of_amounts == 100


def _may_be_open(column: ColumnSeen, amount: ColumnSeen) -> bool:
    named = any(name_score("items", field.name, column.name) for field in FIELDS["items"])
    if named or is_derived(column.name) or _NET & set(words_of(column.name)) or column.share_of_amounts < 100:
        return False
    own, other = set(column.telling), set(amount.telling)
    both = own & other
    return bool(own - other) and len(both) >= 2 and len(both) * _ALIKE >= len(other)


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
        if column.name not in taken and "".join(words_of(column.name)) in _CODES and _tells(column, columns[place]):
            why = f"{column.name!r} stands beside the name {name!r}"
            found["customer_code"] = ColumnGuess(
                field="customer_code", column=column.name, confidence=80, code="beside-name", why=why
            )
            return


def _tells(code: ColumnSeen, name: ColumnSeen) -> bool:
    """Whether there are about as many codes as names, in every row."""
    return code.filled >= name.filled and name.distinct <= code.distinct <= 2 * name.distinct

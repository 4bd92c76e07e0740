"""A column called balance beside debit and credit: what is open of each row, or only their running sum."""

import re
from collections.abc import Iterable, Mapping

from relance.core.intake.amount_styles import is_amount
from relance.core.intake.amounts import bare_amount
from relance.core.intake.mapping import CONSTANT, Question
from relance.core.intake.seen import ColumnSeen
from relance.core.intake.understanding import Guess
from relance.core.kernel.money import minor_digits

_RUNNING = frozenset(("balance", "solde", "saldo", "sold", "bakiye", "kalan", "残高", "余额", "running balance"))
OPEN, RUNNING = "open", "running"
_CENTS = re.compile(r"[.,](\d{1,2})(?!\d)\D*$")


def is_running(column: str) -> bool:
    """Whether a column's name stands for a running sum as well as for what is open."""
    return column.strip().lower() in _RUNNING


def balance_questions(
    columns: Mapping[str, ColumnSeen],
    mapping: Mapping[str, str],
    given: Mapping[str, str],
    guessed: frozenset[str],
) -> list[Question]:
    """Asked only where the balances are other amounts than the debits and credits; else it does not matter."""
    sides = [columns[mapping[side]] for side in ("debit", "credit") if mapping.get(side) in columns]
    if "balance" in given or "open_amount" in mapping or not sides or not {"debit", "credit"} & guessed:
        return []
    moved = {_digits(value) for side in sides for value in side.telling}
    debit, credit = (columns.get(mapping.get(side, "")) for side in ("debit", "credit"))
    for name, column in columns.items():
        if runs_beside(column, debit, credit):
            continue
        known = frozenset(column.head) if nets(column, debit, credit) else frozenset[str]()
        other = next((value for value in column.telling if _digits(value) not in moved and value not in known), "")
        if is_running(name) and other and name not in mapping.values():
            return [_question(name, other)]
    return []


def runs(balance: ColumnSeen, amount: ColumnSeen) -> bool:
    """Whether a column adds up the amounts from row to row, beginning anew with some."""
    return _adds_up(side_by_side(balance, amount))


def runs_beside(balance: ColumnSeen, debit: ColumnSeen | None, credit: ColumnSeen | None) -> bool:
    """Whether a column adds up debits less credits from row to row."""
    return _adds_up(_beside_sides(balance, debit, credit))


def nets(balance: ColumnSeen, debit: ColumnSeen | None, credit: ColumnSeen | None) -> bool:
    """Whether a column is the debit less the credit of each row, with or without its sign."""
    pairs = _beside_sides(balance, debit, credit)
    return bool(pairs) and all(abs(total) == abs(moved) for total, moved in pairs)


def _beside_sides(balance: ColumnSeen, debit: ColumnSeen | None, credit: ColumnSeen | None) -> list[tuple[int, int]]:
    """The balances of the first rows, and what these move."""
    if debit is None or credit is None:
        return []
    rows = zip(balance.head, debit.head, credit.head, strict=False)
    moves = [(total, minor_of(paid) - minor_of(back)) for total, paid, back in rows if is_amount(total)]
    return [(minor_of(total), moved) for total, moved in moves if moved]


def _adds_up(pairs: Iterable[tuple[int, int]]) -> bool:
    above, added = 0, False
    for total, moved in pairs:
        if total not in (moved, above + moved):
            return False
        added = added or (total != moved and total == above + moved)
        above = total
    return added


def exceeds(balance: ColumnSeen, amount: ColumnSeen) -> bool:
    """Whether more would be open of some row than it ever came to."""
    return any(abs(total) > abs(moved) for total, moved in side_by_side(balance, amount))


def running_guesses(columns: Iterable[ColumnSeen], mapping: Mapping[str, str], given: Mapping[str, str]) -> list[Guess]:
    """That a column adds up, told where nobody said it."""
    columns = tuple(columns)
    amount = next((one for one in columns if one.name == mapping.get("amount")), None)
    if amount is None or "balance" in given:
        return []
    found = next((one for one in columns if one.name not in mapping.values() and runs(one, amount)), None)
    if found is None:
        return []
    why = f"{found.name!r} adds up {amount.name!r} from row to row: it is not what is open of each"
    return [Guess(name="balance", value="running", confidence=95, code="running-balance", why=why)]


def exceeding_questions(
    columns: Mapping[str, ColumnSeen], mapping: Mapping[str, str], given: Mapping[str, str], guessed: frozenset[str]
) -> list[Question]:
    """Asked where a balance beside an amount is larger than it in some row, and nothing proves that it adds up."""
    opened, amount = columns.get(mapping.get("open_amount", "")), columns.get(mapping.get("amount", ""))
    if opened is None or amount is None or "balance" in given or "open_amount" not in guessed:
        return []
    if not is_running(opened.name) or not exceeds(opened, amount):
        return []
    pairs = zip(opened.head, amount.head, strict=False)
    example = next(total for total, moved in pairs if abs(minor_of(total)) > abs(minor_of(moved)) and moved)
    return [_question(opened.name, example)]


def side_by_side(one: ColumnSeen, other: ColumnSeen) -> list[tuple[int, int]]:
    """The amounts of the first rows in which both columns have one, in hundredths."""
    pairs = zip(one.head, other.head, strict=False)
    return [(minor_of(mine), minor_of(theirs)) for mine, theirs in pairs if is_amount(mine) and is_amount(theirs)]


def minor_of(text: str) -> int:
    """An amount in hundredths, as far as that can be told without knowing how amounts are written."""
    bare = bare_amount(text)
    cents = _CENTS.search(bare)
    digits = "".join(filter(str.isdigit, bare[: cents.start()] if cents else bare))
    size = int(digits or 0) * 100 + (int(cents[1].ljust(2, "0")) if cents else 0)
    return -size if "-" in bare else size


def most_decimals(currency: str, columns: Mapping[str, ColumnSeen], tenants: str) -> int:
    """How many decimals the amounts of a file can have, by its currencies; `currency` is what is mapped to it."""
    if currency.startswith(CONSTANT):
        codes: Iterable[str] = (currency.removeprefix(CONSTANT),)
    elif currency in columns:
        codes = columns[currency].telling
    else:
        codes = (tenants,)
    return max((minor_digits(code.strip().upper()) for code in codes), default=2)


def _question(column: str, example: str) -> Question:
    choices = (f"balance={OPEN}", "balance=running")
    message = (
        f"is {example!r} in {column!r} what is still open of its row, or a running balance?"
        f" answer with --option {choices[0]} or {choices[1]}"
    )
    return Question(code="balance", column=column, choices=choices, message=message)


def _digits(value: str) -> str:
    return "".join(filter(str.isdigit, value)).lstrip("0")

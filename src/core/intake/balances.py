"""A column called balance beside debit and credit: what is open of each row, or only their running sum."""

from collections.abc import Iterable, Mapping

from relance.core.intake.mapping import CONSTANT, Question
from relance.core.intake.seen import ColumnSeen
from relance.core.kernel.money import minor_digits

_RUNNING = frozenset(("balance", "solde", "saldo", "sold", "bakiye", "kalan", "残高", "余额", "running balance"))
OPEN = "open"


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
    for name, column in columns.items():
        other = next((value for value in column.telling if _digits(value) not in moved), "")
        if is_running(name) and other and name not in mapping.values():
            return [_question(name, other)]
    return []


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

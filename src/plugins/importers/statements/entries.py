"""Bank statements as rows of payments: what came in, who paid, what they wrote; and whether the balances agree."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

import msgspec
import polars as pl

from relance.plugins import BadInput, Note, Recognised, Rejected, Table

COLUMNS = ("paid_on", "amount", "currency", "reference", "payer", "text")
"""Names of fields of payments; the customer is found by the numbers in the text, or by the payer's name."""
_BATCH = 20_000
_SHOWN = 5
_AMOUNT = re.compile(r"\d{1,15}(?:[.,]\d{0,5})?", re.ASCII)


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One movement of an account; `amount` is positive where money came in."""

    line: int
    paid_on: str
    amount: Decimal
    currency: str
    reference: str = ""
    payer: str = ""
    text: str = ""
    reversal: bool = False


class Account(msgspec.Struct, kw_only=True):
    """One statement of one account, and what moved on it."""

    name: str
    currency: str = ""
    opening: Decimal | None = None
    closing: Decimal | None = None
    moved: Decimal = Decimal(0)
    unread: bool = False

    def mismatch(self) -> str:
        """Where opening, movements and closing do not agree, by how much; empty where they do, or cannot be told."""
        if self.unread or self.opening is None or self.closing is None or self.opening + self.moved == self.closing:
            return ""
        reckoned = self.opening + self.moved
        words = f"{self.name}: {self.opening} and movements make {reckoned}, the statement says {self.closing}"
        return f"{words} {self.currency}".strip()


Told = Entry | Rejected | Account
"""What the reader of a statement tells, in the order of the file; an account when it is complete."""


def recognised(why: str) -> Recognised:
    """A bank statement, and how its columns are written."""
    return Recognised(
        confidence=95,
        why=why,
        options={"date": "iso", "decimal": "."},
        columns=COLUMNS,
        kinds=("payments",),
        fields=True,
    )


def tables_of(told: Iterable[Told]) -> Iterator[Table]:
    """Credits in batches; what is left out is told with the last one. Raises BadInput where there is no account."""
    rows: list[Entry] = []
    rejected: list[Rejected] = []
    left_out = _LeftOut()
    accounts = 0
    for one in told:
        if isinstance(one, Account):
            accounts += 1
            left_out.close(one)
        elif isinstance(one, Rejected):
            rejected.append(one)
        elif one.amount > 0 and not one.reversal:
            rows.append(one)
        else:
            left_out.add(one)
        if len(rows) + len(rejected) >= _BATCH:
            yield _table(rows, rejected, ())
            rows, rejected = [], []
    if not accounts:
        raise BadInput("the file holds no account with movements: no statement is in it")
    yield _table(rows, rejected, left_out.notes())


def amount_of(text: str) -> Decimal | None:
    """An amount without a sign, written with a point or a comma."""
    text = text.strip()
    return Decimal(text.replace(",", ".")) if _AMOUNT.fullmatch(text) else None


def day_of(text: str) -> str | None:
    """The day of an ISO date or moment, as ISO text; None where it is none."""
    try:
        return date.fromisoformat(text.strip()[:10]).isoformat()
    except ValueError:
        return None


def short_day(year: str, month: str, day: str) -> str | None:
    """A day of two digits each; years from 80 are of the last century."""
    try:
        return date(int(year) + (1900 if int(year) >= 80 else 2000), int(month), int(day)).isoformat()
    except ValueError:
        return None


class _LeftOut:
    """Movements that are no payments of customers."""

    def __init__(self) -> None:
        self._debits: list[Entry] = []
        self._reversals: list[Entry] = []
        self._counts = {"debits-left-out": 0, "reversals-left-out": 0}
        self._balances: list[str] = []

    def add(self, entry: Entry) -> None:
        """Count one."""
        code, kept = ("debits-left-out", self._debits)
        if entry.reversal:
            code, kept = ("reversals-left-out", self._reversals)
        self._counts[code] += 1
        if len(kept) < _SHOWN:
            kept.append(entry)

    def close(self, account: Account) -> None:
        """An account is complete."""
        if words := account.mismatch():
            self._balances.append(words)

    def notes(self) -> tuple[Note, ...]:
        """What a person should know."""
        named = (("debits-left-out", self._debits), ("reversals-left-out", self._reversals))
        notes = [Note(code, self._counts[code], tuple(map(_words, kept))) for code, kept in named if kept]
        if self._balances:
            notes.append(Note("balance-mismatch", len(self._balances), tuple(self._balances[:_SHOWN])))
        return tuple(notes)


def _words(entry: Entry) -> str:
    return f"line {entry.line}: {entry.amount} {entry.currency} {entry.payer or entry.text[:40]}".strip()


def _table(rows: list[Entry], rejected: list[Rejected], notes: tuple[Note, ...]) -> Table:
    frame = pl.DataFrame(
        [(row.line, row.paid_on, f"{row.amount:f}", row.currency, row.reference, row.payer, row.text) for row in rows],
        schema={"line": pl.Int64} | dict.fromkeys(COLUMNS, pl.String),
        orient="row",
    )
    return Table(columns=frame, rejected=tuple(rejected), notes=notes)

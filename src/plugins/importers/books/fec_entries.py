"""From lines of a FEC to items: what each journal is for, which letterings are whole, and what stays open."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Literal

import msgspec
import polars as pl

from relance.plugins import BadInput, Note, Rejected, Table
from relance.plugins.importers.books.fec_lines import CUSTOMERS, Line, Other

COLUMNS = (
    "customer_code",
    "customer_name",
    "number",
    "type",
    "issued_on",
    "currency",
    "amount",
    "open_amount",
    "paid_on",
    "unique_key",
    "reference",
)
_SALES, _TREASURY = ("70",), ("51", "53")
_OPENING = frozenset(("an", "ran", "ano", "anv", "anouv"))
_BATCH = 20_000
_HOME = "EUR"

Purpose = Literal["sales", "treasury", "opening", "other"]


class Survey(msgspec.Struct):
    """What only the whole file tells."""

    purposes: dict[str, Purpose]
    letterings: dict[tuple[str, str], Decimal]
    total: Decimal = Decimal(0)


def surveyed(lines: Iterable[Line | Other | Rejected]) -> Survey:
    """What the journals are for, by the accounts that they use; the sums of letterings; the sum of everything."""
    accounts: dict[str, set[str]] = defaultdict(set)
    names: dict[str, str] = {}
    letterings: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    total = Decimal(0)
    for line in lines:
        if isinstance(line, Rejected):
            continue
        accounts[line.journal].add(line.account[:2])
        names[line.journal] = line.journal_name
        total += line.amount
        if isinstance(line, Line) and line.lettered:
            letterings[_code(line), line.lettered] += line.amount
    purposes = {journal: _purpose(journal, names[journal], used) for journal, used in accounts.items()}
    return Survey(purposes=purposes, letterings=dict(letterings), total=total)


def tables_of(lines: Iterable[Line | Other | Rejected], survey: Survey) -> Iterator[Table]:
    """The lines of customers' accounts in batches; raises BadInput for a file without any."""
    rows: list[tuple[int | str, ...]] = []
    rejected: list[Rejected] = []
    found = others = 0
    places: dict[tuple[str, str, str], int] = defaultdict(int)
    for line in lines:
        if isinstance(line, Rejected):
            rejected.append(line)
            continue
        entry = line.journal, line.entry, line.day[:4]
        places[entry] += 1
        if isinstance(line, Other):
            others += 1
            continue
        found += 1
        rows.append(_row(line, places[entry], survey))
        if len(rows) == _BATCH:
            yield _table(rows, rejected)
            rows, rejected = [], []
    if not found:
        raise BadInput(f"no line is of a customer's account ({CUSTOMERS}...): this FEC holds no items")
    yield _table(rows, rejected, _notes(others, survey))


def _row(line: Line, place: int, survey: Survey) -> tuple[int | str, ...]:
    foreign = line.foreign is not None and line.foreign != 0 and line.currency not in ("", _HOME)
    amount = abs(line.foreign or Decimal(0)).copy_sign(line.amount) if foreign else line.amount
    settled = _settled(line, survey)
    return (
        line.line,
        _code(line),
        line.customer_name or line.account_name,
        line.piece or line.entry,
        _type(line, survey.purposes[line.journal]),
        line.piece_day or line.day,
        line.currency if foreign else _HOME,
        f"{amount:f}",
        "0" if settled else f"{amount:f}",
        line.lettered_on if settled else "",
        f"{line.journal}|{line.entry}|{line.day[:4]}|{place}",
        line.text,
    )


def _code(line: Line) -> str:
    return line.customer or line.account


def _settled(line: Line, survey: Survey) -> bool:
    """Lettered lines are; small letters stand for a part, unless the part has become the whole."""
    if not line.lettered:
        return False
    return not line.lettered.islower() or not survey.letterings[_code(line), line.lettered]


def _type(line: Line, purpose: Purpose) -> str:
    if purpose == "sales":
        return "credit-note" if line.amount < 0 else "invoice"
    if purpose == "opening":
        return "payment" if line.amount < 0 else "invoice"
    if purpose == "treasury" and line.amount < 0:
        return "payment"
    return "miscellaneous"


def _purpose(journal: str, name: str, accounts: set[str]) -> Purpose:
    code = "".join(letter for letter in journal.lower() if letter.isalpha())
    if code in _OPENING or "nouveau" in name.lower():
        return "opening"
    if accounts & set(_TREASURY):
        return "treasury"
    return "sales" if accounts & set(_SALES) else "other"


def _notes(others: int, survey: Survey) -> tuple[Note, ...]:
    notes = [Note("other-accounts-left-out", others)] if others else []
    if survey.total:
        notes.append(Note("debit-and-credit-differ", 1, (f"{survey.total:f} {_HOME}",)))
    return tuple(notes)


def _table(rows: list[tuple[int | str, ...]], rejected: list[Rejected], notes: tuple[Note, ...] = ()) -> Table:
    schema = {"line": pl.Int64()} | {name: pl.String() for name in COLUMNS}
    return Table(columns=pl.DataFrame(rows, schema=schema, orient="row"), rejected=tuple(rejected), notes=notes)

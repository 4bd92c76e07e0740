"""Bookings of DATEV as items: amount and side, the year from the header, due dates where a column holds them."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import polars as pl

from relance.plugins import Note, Rejected, Table
from relance.plugins.importers.books.datev_file import Batch, Row

COLUMNS = (
    "customer_code",
    "number",
    "type",
    "issued_on",
    "currency",
    "amount",
    "unique_key",
    "reference",
    "due_on",
)
_AMOUNT, _SIDE, _CURRENCY, _ACCOUNT, _COUNTER, _DAY, _NUMBER, _DUE, _TEXT = 0, 1, 2, 6, 7, 9, 10, 11, 13
_NUMERAL = re.compile(r"\d{1,13}(?:,\d{0,2})?|\d{1,13}\.\d{2}", re.ASCII)
_REVENUE = ("4", "8")
"""First digits of the accounts of revenue in the two usual charts (SKR 04, SKR 03)."""


class _Places(NamedTuple):
    """Columns that stand elsewhere in each version; -1 where they are not there."""

    reversal: int
    due: int
    own_number: int


def table_of(batch: Batch) -> Table:
    """The bookings on customers' accounts; due dates only where an invoice has one (credits are due at once)."""
    rows: list[tuple[int | str, ...]] = []
    rejected = list(batch.rejected)
    others = 0
    places = _Places(
        batch.place_of("generalumkehr"),
        batch.place_of("fälligkeit", "faelligkeit"),
        batch.place_of("buchungs guid", "buchungs-guid", "buchungsguid"),
    )
    for row in batch.rows:
        sides = [place for place in (_ACCOUNT, _COUNTER) if batch.head.is_customer(row.cell(place))]
        others += not sides
        for place in sides:
            found = _item(row, place, places, batch)
            if isinstance(found, Rejected):
                rejected.append(found)
                break
            rows.append(found)
    schema = {"line": pl.Int64()} | {name: pl.String() for name in COLUMNS}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    if not any(row[-1] for row in rows if row[3] == "invoice"):
        frame = frame.drop("due_on")
    return Table(columns=frame, rejected=tuple(rejected), notes=tuple(_notes(others, len(rows))))


def _item(row: Row, place: int, places: _Places, batch: Batch) -> tuple[int | str, ...] | Rejected:
    amount, day = _amount(row, places), _day(row.cell(_DAY), batch)
    if amount is None:
        value = f"{row.cell(_AMOUNT)} {row.cell(_SIDE)}"
        return _rejected(row, "amount", value, "bad-amount", "amount or side (S, H) cannot be read; correct the row")
    if day is None:
        return _rejected(row, "issued_on", row.cell(_DAY), "bad-date", "the day (TTMM) is none of the batch's period")
    signed = amount if place == _ACCOUNT else -amount
    counter = row.cell(_COUNTER if place == _ACCOUNT else _ACCOUNT).lstrip("0")
    return (
        row.line,
        row.cell(place),
        row.cell(_NUMBER) or row.cell(_TEXT)[:36] or f"{day} {row.line}",
        _type(signed, counter),
        day,
        row.cell(_CURRENCY) or batch.head.cell(21) or "EUR",
        f"{signed:f}",
        _key(row, place, places, batch),
        row.cell(_TEXT),
        _due(row, places) or (day if signed < 0 else ""),
    )


def _amount(row: Row, places: _Places) -> Decimal | None:
    """Debit is positive; a general reversal (Generalumkehr) turns the side."""
    text, side = row.cell(_AMOUNT), row.cell(_SIDE).upper()
    if not _NUMERAL.fullmatch(text) or side not in {"S", "H"}:
        return None
    reversed_ = row.cell(places.reversal).upper() in {"G", "1"}
    amount = Decimal(text.replace(",", "."))
    return amount if (side == "S") != reversed_ else -amount


def _type(signed: Decimal, counter: str) -> str:
    if signed >= 0:
        return "invoice"
    return "credit-note" if counter.startswith(_REVENUE) else "payment"


def _day(text: str, batch: Batch) -> str | None:
    """TTMM in the period of the batch, which may run over New Year; eight digits carry their own year."""
    if len(text) == 8 and text.isdecimal():
        return _iso(text[4:], text[2:4], text[:2])
    if not text.isdecimal() or len(text) not in {3, 4}:
        return None
    text = text.zfill(4)
    begin, end = batch.head.cell(14), batch.head.cell(15)
    years = dict.fromkeys(period[:4] for period in (begin, end, batch.head.cell(12)) if period[:4].isdecimal())
    days = [day for year in years if (day := _iso(year, text[2:], text[:2]))]
    within = [day for day in days if not end or begin <= day.replace("-", "") <= end]
    return next(iter((*within, *days)), None)


def _due(row: Row, places: _Places) -> str:
    """The column Fälligkeit, else the second document field where it is a day of six digits (TTMMJJ)."""
    text = row.cell(places.due) or row.cell(_DUE)
    if not text.isdecimal() or len(text) not in {6, 8}:
        return ""
    return _iso(text[4:] if len(text) == 8 else f"20{text[4:]}", text[2:4], text[:2]) or ""


def _iso(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _key(row: Row, place: int, places: _Places, batch: Batch) -> str:
    """DATEV's own number of the booking, else the batch and the line in it."""
    own = row.cell(places.own_number)
    head = batch.head
    booking = own or "|".join((head.cell(10), head.cell(11), head.cell(14), head.cell(16), str(row.line)))
    return f"{booking}|{row.cell(place)}"


def _notes(others: int, found: int) -> Iterator[Note]:
    if others:
        yield Note("other-accounts-left-out", others)
    yield Note("bookings-without-settlement", found)


def _rejected(row: Row, column: str, value: str, code: str, message: str) -> Rejected:
    return Rejected(line=row.line, column=column, value=value[:200], code=code, message=message)

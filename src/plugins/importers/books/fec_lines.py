"""The lines of a FEC: tabs or pipes, cells perhaps padded, eighteen columns by name."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import TextIO

import msgspec

from relance.plugins import BadInput, Rejected

CUSTOMERS = "411"
_MANDATORY = ("journalcode", "ecriturenum", "ecrituredate", "comptenum", "pieceref", "ecriturelib", "ecriturelet")
_AMOUNTS = (("debit", "credit"), ("montant", "sens"))
_NUMBER = re.compile(r"[-+]?\d{1,15}(?:[.,]\d{0,5})?", re.ASCII)
_BLANKS = str.maketrans("", "", " \u00a0\u202f")
_ZEROS = frozenset(("0", "0,00", "0.00", "0000000000,00"))
_NOTHING = Decimal("0.00")
_DEBITS = frozenset(("d", "+1", "1", "+"))
_CREDITS = frozenset(("c", "-1", "-"))


class Header(msgspec.Struct, frozen=True):
    """How the file is written."""

    delimiter: str
    places: dict[str, int]
    width: int


class Other(msgspec.Struct, frozen=True):
    """A line of another account than a customer's; `amount` is debit less credit."""

    journal: str
    journal_name: str
    entry: str
    day: str
    account: str
    amount: Decimal


class Line(msgspec.Struct, frozen=True):
    """A line of a customer's account; `amount` is debit less credit."""

    journal: str
    journal_name: str
    entry: str
    day: str
    account: str
    amount: Decimal
    line: int
    account_name: str
    customer: str
    customer_name: str
    piece: str
    piece_day: str
    text: str
    lettered: str
    lettered_on: str
    foreign: Decimal | None
    currency: str


def header_of(line: str) -> Header | None:
    """The columns of a FEC, in whatever order and case; None for any other header."""
    for delimiter in ("\t", "|", ";"):
        names = [
            cell.strip().strip('"').lower() for cell in line.rstrip("\r\n").removeprefix("\ufeff").split(delimiter)
        ]
        places = {name: place for place, name in reversed(list(enumerate(names))) if name}
        if all(name in places for name in _MANDATORY) and any(set(pair) <= places.keys() for pair in _AMOUNTS):
            return Header(delimiter, places, len(names))
    return None


def lines_of(opened: TextIO) -> Iterator[Line | Other | Rejected]:
    """Every line below the header; raises BadInput for a file that is no FEC, cut off, or not in its encoding."""
    try:
        header = header_of(opened.readline())
        if header is None:
            raise BadInput(
                "the first line does not name the columns of a FEC (JournalCode, EcritureNum, CompteNum ...)"
            )
        for number, text in enumerate(opened, 2):
            if text.strip():
                yield _line(number, text, header)
    except UnicodeDecodeError as bad:
        raise BadInput(
            f"the file is not {bad.encoding}: a byte cannot be read; name the encoding with --option encoding=cp1252"
        ) from bad


def _line(number: int, text: str, header: Header) -> Line | Other | Rejected:
    cells = text.rstrip("\n").split(header.delimiter)
    if len(cells) != header.width and not (len(cells) == header.width - 1 and cells and text.endswith("\n")):
        if not text.endswith("\n"):
            raise BadInput(f"line {number}: the file is cut off in its last line")
        message = f"the line has {len(cells)} cells and the header {header.width}; correct it in the file"
        return Rejected(line=number, column="", value=text[:200], code="wrong-number-of-cells", message=message)
    cells += [""] * (header.width - len(cells))

    def cell(name: str) -> str:
        place = header.places.get(name)
        if place is None:
            return ""
        text = cells[place].strip().strip('"')
        return " ".join(text.split()) if " " in text else text

    amount = _amount(cell)
    if amount is None:
        value = " ".join(cell(name) for pair in _AMOUNTS for name in pair).strip()
        message = "debit and credit are no amounts; correct them in the file"
        return Rejected(line=number, column="Debit", value=value, code="bad-amount", message=message)
    account = cell("comptenum")
    start = (cell("journalcode"), cell("journallib"), cell("ecriturenum"), _day(cell("ecrituredate")), account, amount)
    if not account.startswith(CUSTOMERS):
        return Other(*start)
    return Line(
        *start,
        number,
        cell("comptelib"),
        cell("compauxnum"),
        cell("compauxlib"),
        cell("pieceref"),
        _day(cell("piecedate")),
        cell("ecriturelib"),
        cell("ecriturelet"),
        _day(cell("datelet")),
        _plain(cell("montantdevise")),
        cell("idevise").upper(),
    )


def _amount(cell: Callable[[str], str]) -> Decimal | None:
    if cell("montant"):
        amount, side = _plain(cell("montant")), cell("sens").lower()
        if amount is None or side not in _DEBITS | _CREDITS:
            return None
        return amount if side in _DEBITS else -amount
    debit, credit = _plain(cell("debit") or "0"), _plain(cell("credit") or "0")
    return None if debit is None or credit is None else debit - credit


def _plain(text: str) -> Decimal | None:
    if text in _ZEROS:
        return _NOTHING
    text = text.translate(_BLANKS)
    return Decimal(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None


def _day(text: str) -> str:
    """YYYYMMDD as ISO; anything else as it is, to be rejected by its words."""
    return f"{text[:4]}-{text[4:6]}-{text[6:]}" if len(text) == 8 and text.isdecimal() else text

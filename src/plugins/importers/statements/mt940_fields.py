"""The tags of MT940: one statement after the other, each movement with the details that follow it."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

import msgspec

from relance.plugins import BadInput, Rejected
from relance.plugins.importers.statements.entries import Account, Entry, Told, amount_of, short_day
from relance.plugins.importers.statements.mt940_details import details_of

_TAG = re.compile(r"(?:\{\d:.*?)?:(\d{2}[A-Z]?):(.*)", re.S)
_END = re.compile(r"-\s*\}?.*|\{.*")
_BALANCE = re.compile(r"([CD])(\d{2})(\d{2})(\d{2})([A-Z]{3})(\d{1,15}(?:[.,]\d{0,5})?)\s*", re.ASCII)
_MOVEMENT = re.compile(
    r"(?P<year>\d{2})(?P<month>\d{2})(?P<day>\d{2})(?P<entry>\d{4}|\s{4})?(?P<mark>R?[CD])(?P<funds>[A-Z])?\s?"
    r"(?P<amount>\d{1,15}(?:[.,]\d{0,5})?)(?P<kind>[A-Z][A-Z0-9 ]{3})?(?P<own>.*?)(?://(?P<bank>.*))?",
    re.ASCII,
)
_NO_REFERENCE = frozenset(("", "N", "NONREF", "KREF+", "NOTPROVIDED"))


class Field(msgspec.Struct, frozen=True):
    """One tag with its lines."""

    line: int
    tag: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """The lines as one."""
        return "\n".join(self.lines)


def told_of(lines: Sequence[str]) -> Iterator[Told]:
    """Every movement, then its account; raises BadInput for a statement that is cut off."""
    account: Account | None = None
    place = 0
    fields = list(_fields(lines))
    for number, field in enumerate(fields):
        if field.tag in {"25", "25P"}:
            account, place = _next(account, field), 0
        elif account is None:
            continue
        elif field.tag in ("60F", "60M"):
            account.opening = _balance(field, account)
        elif field.tag == "61":
            place += 1
            details = fields[number + 1] if number + 1 < len(fields) and fields[number + 1].tag == "86" else None
            yield _movement(field, details, account, place)
        elif field.tag in ("62F", "62M"):
            account.closing = _balance(field, account)
            yield account
            account = None
    if account is not None:
        raise BadInput(f"the file is cut off: the statement of {account.name} has no closing balance (:62F:)")


def _fields(lines: Sequence[str]) -> Iterator[Field]:
    tag, begun, kept = "", 0, list[str]()
    for line, text in enumerate(lines, 1):
        found = _TAG.fullmatch(text)
        if found is None and not _END.fullmatch(text):
            kept.append(text)
            continue
        if tag:
            yield Field(begun, tag, tuple(kept))
        tag, begun, kept = (found[1], line, [found[2]]) if found else ("", 0, [])
    if tag:
        yield Field(begun, tag, tuple(kept))


def _next(account: Account | None, field: Field) -> Account:
    if account is not None and account.opening is not None:
        raise BadInput(f"line {field.line}: the statement of {account.name} before it has no closing balance (:62F:)")
    return Account(name=field.lines[0].strip())


def _balance(field: Field, account: Account) -> Decimal:
    found = _BALANCE.fullmatch(field.lines[0].strip())
    amount = amount_of(found[6]) if found else None
    if found is None or amount is None:
        raise BadInput(f"line {field.line}: {field.lines[0][:60]!r} is no balance (:{field.tag}:); the file is damaged")
    account.currency = found[5]
    return amount if found[1] == "C" else -amount


def _movement(field: Field, details: Field | None, account: Account, place: int) -> Entry | Rejected:
    found = _MOVEMENT.fullmatch(field.lines[0].strip())
    amount = amount_of(found["amount"]) if found else None
    if found is None or amount is None:
        account.unread = True
        return _rejected(field, "bad-movement", "the line :61: cannot be read; have the bank send the statement again")
    paid_on = _booked(found)
    if paid_on is None:
        account.unread = True
        return _rejected(field, "bad-date", "the movement's day is none of the calendar")
    signed = amount if found["mark"] in ("C", "RD") else -amount
    account.moved += signed
    said = details_of(details.lines if details else ())
    own = found["own"].strip()
    text = " ".join(part for part in (said.text, "" if own in _NO_REFERENCE else own, *field.lines[1:]) if part.strip())
    return Entry(
        line=field.line,
        paid_on=paid_on,
        amount=signed,
        currency=account.currency,
        reference=_reference(found["bank"], account, paid_on, place),
        payer=said.payer,
        text=" ".join(text.split())[:2000],
        reversal=found["mark"].startswith("R"),
    )


def _booked(found: re.Match[str]) -> str | None:
    """The day of the booking, else the value day; around New Year the booking's year is its own."""
    entry, year = (found["entry"] or "").strip(), int(found["year"])
    if not entry:
        return short_day(found["year"], found["month"], found["day"])
    apart = int(entry[:2]) - int(found["month"])
    year = year + 1 if apart < -6 else year - 1 if apart > 6 else year
    return short_day(f"{year % 100:02}", entry[:2], entry[2:])


def _reference(bank: str | None, account: Account, paid_on: str, place: int) -> str:
    """The bank's own, else the place in the account's day."""
    given = (bank or "").split("\n")[0].strip()
    return given or f"{account.name}/{paid_on}/{place}"


def _rejected(field: Field, code: str, message: str) -> Rejected:
    return Rejected(line=field.line, column="amount", value=field.lines[0][:200], code=code, message=message)

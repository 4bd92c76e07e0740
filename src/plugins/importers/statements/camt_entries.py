"""The movements of one camt statement."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from relance.plugins import BadInput, Rejected
from relance.plugins.importers.safe_xml import Element
from relance.plugins.importers.statements.entries import Account, Entry, Told, amount_of, day_of

INTERIM = "an interim report may change until the day is closed; import the statement (camt.053) instead"
_NO_REFERENCE = frozenset(("", "NOTPROVIDED", "NONREF", "NOTAVAILABLE"))
_OPENING = ("OPBD", "PRCD")
_CLOSING = ("CLBD",)


def told_of(pieces: Iterable[Element]) -> Iterator[Told]:
    """Every booked movement, then its account with the balances; a statement comes behind its movements."""
    account: Account | None = None
    place = 0
    for piece in pieces:
        statement = piece if piece.parent is None else piece.parent
        if statement.name == "Rpt":
            raise BadInput(INTERIM)
        account = account or _account(statement)
        if piece is statement:
            yield _with_balances(account, statement)
            account, place = None, 0
            continue
        place += 1
        yield from _told(piece, account, f"{statement.text_at('Id')}/{place}")


def _told(entry: Element, account: Account, otherwise: str) -> Iterator[Told]:
    if entry.text_at("Sts/Cd", "Sts") not in ("BOOK", ""):
        return
    found = _entry(entry, account, otherwise)
    if isinstance(found, Rejected):
        account.unread = True
        yield found
        return
    account.moved += found.amount
    yield from _split(entry, found)


def _account(statement: Element) -> Account:
    name = statement.text_at("Acct/Id/IBAN", "Acct/Id/Othr/Id", "Id")
    return Account(name=name, currency=statement.text_at("Acct/Ccy"))


def _with_balances(account: Account, statement: Element) -> Account:
    for balance in statement.all("Bal"):
        kind, amount = balance.text_at("Tp/CdOrPrtry/Cd"), _signed(balance)
        if kind in _OPENING and account.opening is None:
            account.opening = amount
        elif kind in _CLOSING:
            account.closing = amount
    return account


def _signed(element: Element) -> Decimal | None:
    amount = amount_of(element.text_at("Amt"))
    return -amount if amount is not None and element.text_at("CdtDbtInd") == "DBIT" else amount


def _entry(entry: Element, account: Account, otherwise: str) -> Entry | Rejected:
    money, amount = entry.first("Amt"), _signed(entry)
    booked = entry.text_at("BookgDt/Dt", "BookgDt/DtTm", "ValDt/Dt", "ValDt/DtTm")
    paid_on = day_of(booked)
    if amount is None or money is None or entry.text_at("CdtDbtInd") not in ("CRDT", "DBIT"):
        return _rejected(entry, "amount", money.text if money else "", "bad-amount")
    if paid_on is None:
        return _rejected(entry, "paid_on", booked, "bad-date")
    details = list(entry.all("NtryDtls/TxDtls"))
    return Entry(
        line=entry.line,
        paid_on=paid_on,
        amount=amount,
        currency=money.attributes.get("Ccy", "") or account.currency,
        reference=_reference(entry, details[0] if len(details) == 1 else entry) or otherwise,
        payer=_payer(details[0]) if len(details) == 1 else "",
        text=_text(details, entry),
        reversal=entry.text_at("RvslInd") in ("true", "1"),
    )


def _split(entry: Element, whole: Entry) -> Iterator[Entry]:
    """The single payments of a batch booking, where they add up to it; else the booking as one."""
    details = list(entry.all("NtryDtls/TxDtls"))
    parts = [_part(place, detail, whole) for place, detail in enumerate(details, 1)]
    if len(details) < 2 or sum(part.amount for part in parts) != whole.amount:
        yield whole
        return
    yield from parts


def _part(place: int, detail: Element, whole: Entry) -> Entry:
    amount = amount_of(detail.text_at("Amt", "AmtDtls/TxAmt/Amt")) or Decimal(0)
    debit = detail.text_at("CdtDbtInd") == "DBIT" if detail.first("CdtDbtInd") else whole.amount < 0
    return Entry(
        line=detail.line,
        paid_on=whole.paid_on,
        amount=-amount if debit else amount,
        currency=whole.currency,
        reference=_reference(detail) or f"{whole.reference}/{place}",
        payer=_payer(detail),
        text=_text((detail,)),
        reversal=whole.reversal,
    )


def _reference(*elements: Element) -> str:
    """The bank's own reference of the movement, else the payer's end-to-end reference."""
    for path in ("AcctSvcrRef", "Refs/AcctSvcrRef", "Refs/TxId", "Refs/Prtry/Ref", "NtryRef", "Refs/EndToEndId"):
        for element in elements:
            found = element.text_at(path)
            if found.upper() not in _NO_REFERENCE:
                return found
    return ""


def _payer(detail: Element) -> str:
    parties = ("UltmtDbtr", "Dbtr")
    paths = [f"RltdPties/{party}/{name}" for party in parties for name in ("Nm", "Pty/Nm")]
    return " ".join(detail.text_at(*paths).split())


def _text(details: Sequence[Element], entry: Element | None = None) -> str:
    """Everything that the payer wrote, structured or not, each thing once."""
    paths = (
        "RmtInf/Ustrd",
        "RmtInf/Strd/RfrdDocInf/Nb",
        "RmtInf/Strd/CdtrRefInf/Ref",
        "RmtInf/Strd/AddtlRmtInf",
        "Refs/EndToEndId",
        "AddtlTxInf",
    )
    found = [one.text for detail in details for path in paths for one in detail.all(path)]
    if entry is not None:
        found.append(entry.text_at("AddtlNtryInf"))
    return " ".join(dict.fromkeys(" ".join(text.split()) for text in found if text.upper() not in _NO_REFERENCE))[:2000]


def _rejected(entry: Element, column: str, value: str, code: str) -> Rejected:
    words = {
        "bad-amount": "the movement has no readable amount or sign",
        "bad-date": "the movement has no readable day",
    }
    return Rejected(line=entry.line, column=column, value=value[:200], code=code, message=words[code])

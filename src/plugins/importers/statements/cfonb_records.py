"""The records of CFONB 120, by their places."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

import msgspec

from relance.plugins import BadInput, Rejected
from relance.plugins.importers.statements.entries import Account, Entry, Told, short_day

WIDTH = 120
_SHORTEST = 104
_LAST = {sign: (digit, 1) for digit, sign in enumerate("{ABCDEFGHI")} | {"é": (0, 1)}
_LAST |= {sign: (digit, -1) for digit, sign in enumerate("}JKLMNOPQR")} | {"è": (0, -1)}
"""The last sign of an amount holds its last digit and which way the money went."""
_PAYER = "NPY"
_TEXTS = frozenset(("LIB", "LCC", "LC2", "LCS", "RCN", "REF", "RET"))

Record = tuple[int, str]


def records_of(lines: Sequence[str]) -> Iterator[Record]:
    """Records with their lines; a file without line ends is cut every 120 characters."""
    if len(lines[0]) >= 2 * WIDTH:
        text = "".join(lines)
        lines = [text[start : start + WIDTH] for start in range(0, len(text), WIDTH)]
    for line, text in enumerate(lines, 1):
        if text.strip(" \x1a"):
            yield line, text


def told_of(records: Iterable[Record]) -> Iterator[Told]:
    """Every movement with its details, then its account; raises BadInput for a file that is cut off or no CFONB."""
    account: Account | None = None
    movement: Entry | Rejected | None = None
    place = 0
    for line, text in records:
        if text[:2] == "05":
            movement = _with_details(movement, text)
            continue
        if movement is not None:
            yield movement
            movement = None
        if text[:2] == "01":
            account, place = _opened(account, line, text), 0
        elif account is None:
            raise BadInput(f"line {line}: the record {text[:2]!r} stands before any old balance (01)")
        elif text[:2] == "04":
            place += 1
            movement = _movement(line, text, account, place)
        elif text[:2] == "07":
            account.closing = _balance(line, text)
            yield account
            account = None
        else:
            raise BadInput(f"line {line}: {text[:2]!r} is no record of CFONB 120; the file is damaged")
    if movement is not None or account is not None:
        raise BadInput("the file is cut off: its last account has no new balance (07)")


def _opened(before: Account | None, line: int, text: str) -> Account:
    if before is not None:
        raise BadInput(f"line {line}: the account {before.name} before it has no new balance (07)")
    return Account(name=_account(text), currency=text[16:19], opening=_balance(line, text))


def _account(text: str) -> str:
    return f"{text[2:7]} {text[11:16]} {text[21:32]}".strip()


def _balance(line: int, text: str) -> Decimal:
    amount = _amount(text)
    if amount is None:
        raise BadInput(f"line {line}: {text[90:104]!r} is no amount of CFONB 120; the file is damaged")
    return amount


def _amount(text: str) -> Decimal | None:
    """Minor units whose last sign holds digit and direction; how many decimals, the record says."""
    field, decimals = text[90:104], text[19:20]
    if len(text) < _SHORTEST or not field[:13].isdecimal() or field[13] not in _LAST or not decimals.isdecimal():
        return None
    digit, sign = _LAST[field[13]]
    return Decimal(sign * int(field[:13] + str(digit))).scaleb(-int(decimals))


def _movement(line: int, text: str, account: Account, place: int) -> Entry | Rejected:
    amount, day = _amount(text), text[34:40]
    paid_on = short_day(day[4:], day[2:4], day[:2]) if day.isdecimal() else None
    if amount is None or paid_on is None:
        account.unread = True
        code, words = ("bad-date", "day") if amount is not None else ("bad-amount", "amount")
        message = f"the movement's {words} cannot be read; have the bank send the statement again"
        return Rejected(line=line, column="paid_on", value=text[:WIDTH], code=code, message=message)
    account.moved += amount
    entry, given = text[81:88].strip().strip("0"), text[104:120].strip()
    return Entry(
        line=line,
        paid_on=paid_on,
        amount=amount,
        currency=text[16:19],
        reference=f"{_account(text)}/{paid_on}/{given or entry or place}",
        text=" ".join(text[48:79].split()),
    )


def _with_details(movement: Entry | Rejected | None, text: str) -> Entry | Rejected | None:
    if not isinstance(movement, Entry):
        return movement
    sort, words = text[45:48], " ".join(text[48:118].split())
    payer = words if sort == _PAYER else movement.payer
    known = words in movement.text
    told = f"{movement.text} {words}" if sort in _TEXTS and not known else movement.text
    return msgspec.structs.replace(movement, payer=payer, text=told[:2000])

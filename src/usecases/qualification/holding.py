"""What holding items does within a verb's transaction, whoever says so: a form, a call, a program."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import msgspec

from relance.core.collection.rules import rules_of
from relance.core.kernel.errors import BadInput
from relance.core.kernel.money import decimal_text
from relance.core.ledger.items import HoldKind, Item
from relance.core.qualification.promises import PromiseInThePast
from relance.ports.store.qualification import NewHold, Note
from relance.ports.work import Unit
from relance.usecases.qualification.choosing import qualified


class Said(msgspec.Struct, frozen=True):
    """What the customer said of items; `amount` is what was promised of them, without it all that is open."""

    kind: HoldKind
    until: date | None
    comment: str
    amount: int | None = None


def until_of(unit: Unit, kind: HoldKind, until: date | None, today: date) -> date | None:
    """The last day of the hold: required for promises, the tenant's days for pauses, open for disputes."""
    if until is not None and until < today:
        raise PromiseInThePast(f"{until.isoformat()} is over: name {today.isoformat()} or later")
    if kind == "promise" and until is None:
        raise BadInput("a promise needs its day: say until when")
    if kind == "pause" and until is None:
        return today + timedelta(days=rules_of(unit.tenancy.settings()).pause_days)
    return until


def hold(unit: Unit, author: str, now: datetime, items: Sequence[Item], said: Said) -> None:
    """Hold the items, tell it on the timeline and in the audit; raises BadInput where more is promised than is open."""
    _check_amount(items, said)
    unit.qualification.hold(_holds(items, said), author, now)
    detail = {"comment": said.comment} | ({"until": said.until.isoformat()} if said.until else {})
    notes = [Note(customer=who, kind=said.kind, detail=what | detail) for who, what in qualified(items)]
    unit.qualification.note(notes, author, now)
    rows = [(f"item:{item.item}", {"kind": said.kind} | detail) for item in items]
    unit.audit.record_many(author, "item-held", rows)


def _check_amount(items: Sequence[Item], said: Said) -> None:
    """A slip of the keys would hold everything for a sum that nobody owes, and report it as cash to come."""
    if said.amount is None:
        return
    opened = sum(item.open_amount for item in items if item.open_amount > 0)
    if said.amount > opened:
        most = decimal_text(opened, items[0].currency)
        raise BadInput(f"{most} {items[0].currency} is open of these items: a promise cannot be of more")


def _holds(items: Sequence[Item], said: Said) -> list[NewHold]:
    """One hold an item; a promised amount is laid on the oldest items first."""
    left = said.amount
    holds = []
    for item in items:
        amount = item.open_amount if left is None else min(left, item.open_amount)
        left = None if left is None else left - amount
        holds.append(
            NewHold(
                item=item.item,
                customer=item.customer,
                kind=said.kind,
                until=said.until,
                amount=amount,
                comment=said.comment,
            )
        )
    return holds

"""What an item's state is called on screen, and in which tone."""

from datetime import date

import msgspec

from relance.core.ledger.items import CREDIT_TYPES, MEMO_TYPES, Item
from relance.http.i18n.formats import day
from relance.http.i18n.speech import gettext, marked

TYPES = {
    "invoice": marked("Invoice"),
    "credit-note": marked("Credit note"),
    "payment": marked("Payment"),
    "miscellaneous": marked("Miscellaneous"),
    "draft": marked("Draft"),
    "down-payment-request": marked("Down-payment request"),
}
CHANGES = {
    "settled": marked("Settled"),
    "changed": marked("Changed in the file"),
    "reopened": marked("Open again"),
    "paid": marked("Paid"),
    "undone": marked("Import undone"),
}
HOLDS = {
    "promise": marked("Promise to pay"),
    "dispute": marked("Dispute"),
    "pause": marked("Pause"),
    "specific": marked("Specific action"),
}


class Status(msgspec.Struct, frozen=True):
    """Words and tone; without a tone they are only a remark."""

    text: str
    tone: str = ""


def type_words(kind: str) -> str:
    """The type's name."""
    return gettext(TYPES[kind]) if kind in TYPES else kind


def late_words(item: Item, today: date) -> str:
    """Days late, or until it is due; nothing for credits and settled items."""
    if item.open_amount <= 0:
        return ""
    late = (today - item.due_on).days
    if late > 0:
        return gettext("%(days)s d") % {"days": late}
    return gettext("in %(days)s d") % {"days": -late} if late < 0 else gettext("today")


def status_of(item: Item, today: date, said: str = "") -> Status:
    """The first of these that is true; `said` is the comment of a live hold."""
    if item.open_amount == 0:
        on = item.settled_on or item.paid_on
        return Status(gettext("Settled on %(day)s") % {"day": day(on, "medium")} if on else gettext("Settled"))
    if item.hold:
        return _held(item, today, said)
    if item.type in MEMO_TYPES:
        return Status(gettext("Not counted"))
    if item.type in CREDIT_TYPES or item.open_amount < 0:
        return Status(gettext("To allocate"))
    if item.step_done > 0 and item.step_on:
        return Status(gettext("Step %(number)s on %(day)s") % {"number": item.step_done, "day": day(item.step_on)})
    if item.open_amount != item.amount:
        return Status(gettext("Part paid"))
    return Status(gettext("Not due") if item.due_on >= today else gettext("Not reminded yet"))


def _held(item: Item, today: date, said: str) -> Status:
    until = day(item.hold_until) if item.hold_until else ""
    if item.hold == "specific":
        return Status(gettext("Specific action"), "teal")
    if item.hold == "dispute":
        reason = said.partition("\n")[0][:40]
        return Status(gettext("Disputed, %(reason)s") % {"reason": reason} if reason else gettext("Disputed"), "plum")
    if item.hold == "pause":
        return Status(gettext("Paused until %(day)s") % {"day": until} if until else gettext("Paused"), "amber")
    if item.hold_until and item.hold_until < today:
        return Status(gettext("Promised for %(day)s, not in yet") % {"day": until}, "red")
    return Status(gettext("Promised for %(day)s") % {"day": until} if until else gettext("Promised"), "teal")

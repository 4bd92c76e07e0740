"""Fifteen months of invoices, credit notes and payments, and what of them is open on any day."""

import random
from datetime import date, timedelta

import msgspec

from relance.main.demo.companies import Company, Habit

MONTHS = 15
_BEFORE = timedelta(days=120)
"""Invoices issued before the first file, so that the ledger is whole when it is first read."""
_DELAYS: dict[Habit, tuple[int, int]] = {
    "early": (-12, -1),
    "punctual": (-9, 3),
    "slow": (6, 28),
    "very-slow": (35, 95),
    "erratic": (-5, 75),
    "stopped": (2, 20),
    "direct-debit": (0, 1),
}
"""Habit to days between the due date and the payment."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the ledger; amounts in minor units, credits negative. `paid` are days and parts, oldest first."""

    customer: str
    number: str
    type: str
    issued_on: date
    due_on: date
    currency: str
    amount: int
    reference: str = ""
    order_number: str = ""
    payment_method: str = "transfer"
    paid: tuple[tuple[date, int], ...] = ()

    def open_on(self, day: date) -> int:
        """What is still open in the evening of a day; nothing before the issue."""
        if self.issued_on > day:
            return 0
        return self.amount - sum(part for paid_on, part in self.paid if paid_on <= day)


def first_day(today: date) -> date:
    """The day of the first file."""
    return today - timedelta(days=MONTHS * 365 // 12)


def ledger(customers: list[Company], today: date, chance: random.Random) -> list[Entry]:
    """Everything that was ever issued, in the order of its day."""
    start = first_day(today) - _BEFORE
    drafts = [draft for customer in customers for draft in _of_customer(customer, start, today, chance)]
    drafts.sort(key=lambda draft: (draft.issued_on, draft.customer, draft.amount))
    return [_numbered(draft, count) for count, draft in enumerate(drafts, 1)]


def open_items(entries: list[Entry], day: date) -> list[tuple[Entry, int]]:
    """What an ERP lists in the evening of a day: each open entry with its open amount."""
    return [(entry, rest) for entry in entries if (rest := entry.open_on(day))]


def _of_customer(customer: Company, start: date, today: date, chance: random.Random) -> list[Entry]:
    """Invoices at the customer's own rhythm, with the odd credit note and unallocated payment."""
    rhythm = chance.choice((10, 14, 21, 30))
    day, made = start + timedelta(days=chance.randint(0, rhythm)), []
    while day < today:
        issued = day - timedelta(days=max(0, day.weekday() - 4))
        invoice = _invoice(customer, issued, today, chance)
        made.append(invoice)
        if chance.random() < 0.035:
            made.append(_credit_note(invoice, today, chance))
        day += timedelta(days=max(3, rhythm + chance.randint(-4, 4)))
    if chance.random() < 0.05:
        made.append(_unallocated(customer, today, chance))
    return made


def _invoice(customer: Company, issued: date, today: date, chance: random.Random) -> Entry:
    amount = int(customer.trade_size * chance.lognormvariate(10.3, 0.7)) // 5 * 5 + 1000
    due = issued + timedelta(days=customer.terms)
    return Entry(
        customer=customer.code,
        number="",
        type="invoice",
        issued_on=issued,
        due_on=due,
        currency=customer.currency,
        amount=amount,
        order_number=f"PO-{chance.randint(10000, 99999)}",
        payment_method="direct-debit" if customer.habit == "direct-debit" else "transfer",
        paid=_payments(customer.habit, due, amount, today, chance),
    )


def _payments(habit: Habit, due: date, amount: int, today: date, chance: random.Random) -> tuple[tuple[date, int], ...]:
    """When the customer pays: once, in two parts, or (stopped three months ago, in dispute) not at all."""
    if habit == "stopped" and due > today - timedelta(days=95):
        return ()
    forgotten = chance.random()
    if forgotten < 0.001:
        return ()
    low, high = (60, 170) if forgotten < 0.015 else _DELAYS[habit]
    paid_on = _working_day(due + timedelta(days=chance.randint(low, high)))
    if habit != "direct-debit" and chance.random() < 0.06:
        part = amount * chance.randint(3, 7) // 10
        return ((paid_on, part), (_working_day(paid_on + timedelta(days=chance.randint(15, 70))), amount - part))
    return ((paid_on, amount),)


def _credit_note(invoice: Entry, today: date, chance: random.Random) -> Entry:
    """Some weeks after the invoice; taken off with its payment, or left open."""
    issued = min(today, invoice.issued_on + timedelta(days=chance.randint(5, 30)))
    amount = -(invoice.amount * chance.randint(5, 30) // 100)
    settled = invoice.paid[-1][0] if invoice.paid and chance.random() < 0.7 else None
    taken = ((max(settled, issued), amount),) if settled else ()
    return msgspec.structs.replace(
        invoice, type="credit-note", issued_on=issued, due_on=issued, amount=amount, paid=taken
    )


def _unallocated(customer: Company, today: date, chance: random.Random) -> Entry:
    """Money that came in and that nobody has matched yet."""
    paid_on = today - timedelta(days=chance.randint(3, 40))
    return Entry(
        customer=customer.code,
        number="",
        type="payment",
        issued_on=paid_on,
        due_on=paid_on,
        currency=customer.currency,
        amount=-int(customer.trade_size * chance.lognormvariate(9.6, 0.5)) // 5 * 5,
        reference=f"TRF {chance.randint(100000, 999999)}",
    )


def _numbered(entry: Entry, count: int) -> Entry:
    letters = {"invoice": "INV", "credit-note": "CN", "payment": "PAY"}[entry.type]
    return msgspec.structs.replace(entry, number=f"{letters}-{entry.issued_on:%y}{count:06d}")


def _working_day(day: date) -> date:
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)

"""One account reduced to what the day's decision needs (D2 to D6).

The store reduces a ledger to `CurrencyRow`s in SQL; `rows_of` reduces items to the same rows and is the reference.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from operator import attrgetter

import msgspec

from relance.core.collection.cycles import Leader, NextStep, ended_from, next_step
from relance.core.collection.holding import free_credits, is_askable, is_held, is_overdue
from relance.core.collection.rules import DayRules
from relance.core.collection.scenarios import Scenario
from relance.core.kernel.days import day_number, day_of
from relance.core.kernel.identifiers import CustomerId, ItemId
from relance.core.ledger.items import MEMO_TYPES, Item

_DUE = attrgetter("due")


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """What the customer file says about collecting. `scenario` is the account's own, else the tenant's default."""

    customer: CustomerId
    code: str
    name: str = ""
    scenario: str = ""
    collection_stop: bool = False
    grouped: bool = False
    """Its items are collected on another account (B5)."""
    paused_until: date | None = None
    last_contact_on: date | None = None
    has_collection_contact: bool = True
    has_collector: bool = True
    first_day: bool = False
    """No earlier day has seen one of the sources of its open items (D8)."""


class Line(msgspec.Struct, frozen=True, order=True, array_like=True, gc=False):
    """An item that may be asked for, or a credit, as far as the decision looks at it; sorts the oldest first.

    Days are numbers (`day_number`): there may be a million of these, and they are only compared.
    """

    due: int
    issued: int
    number: str
    item: ItemId
    amount: int
    """Open amount in minor units; credits are negative."""
    is_invoice: bool
    step_done: int
    step_on: int | None


class CurrencyRow(msgspec.Struct, frozen=True, kw_only=True):
    """One currency of an account as the store sums it."""

    currency: str
    open_items: int
    balance: int
    """Everything open, due or not, memo items left out (D2)."""
    only_memo: bool
    overdue: int
    overdue_held: int
    lines: tuple[Line, ...]
    """Askable debits due up to `horizon`, and free credits, the oldest first."""
    credit: int
    """What the credits among the lines come to, as a positive amount."""
    later: Line | None = None
    """The earliest askable invoice due after the horizon that is not among the lines, the smallest of its day."""
    tangled: bool = False
    """A credit may refer to a held item: only the items themselves can tell."""

    def asked(self, before: int) -> tuple[Line, ...]:
        """The debits among the lines that are due before this day."""
        due = self.lines[: bisect_left(self.lines, before, key=_DUE)]
        return tuple([line for line in due if line.amount > 0]) if self.credit else due


class CurrencyFacts(msgspec.Struct, frozen=True, kw_only=True):
    """One currency of an account, judged. Amounts are minor units."""

    currency: str
    balance: int
    collectables: int = 0
    net: int = 0
    """Collectable amounts less the credits that are not held (D4)."""
    leader: Leader | None = None
    """The oldest collectable invoice not wholly covered by credits and not at the end of its cycle (D6)."""
    ended: bool = False
    """A collectable invoice that credits do not cover is at the end of its cycle (D7)."""
    unmatched: bool = False
    """One of those invoices would go on, were it not for steps that the account does not match today."""
    coming: Leader | None = None
    """Where nothing leads: the earliest askable invoice not yet due, if the scenario has a step before the due date."""
    note_net: int | None = None
    """What the note before the due date of `coming` would ask for, less the credits, where that note comes next."""


class AccountFacts(msgspec.Struct, frozen=True, kw_only=True):
    """One account on one day under one scenario."""

    open_items: int = 0
    overdue: int = 0
    overdue_held: int = 0
    currencies: tuple[CurrencyFacts, ...] = ()


def horizon(scenario: Scenario, today: date) -> date:
    """The last due date that a note of this scenario sent today may list."""
    ahead = [max(step.days_ahead, -step.day) for step in scenario.steps if step.day < 0]
    return today + timedelta(days=max(ahead, default=-1))


def rows_of(items: Iterable[Item], on: DayRules, until: date = date.max) -> list[CurrencyRow]:
    """The rows of one account's open items, by currency; `until` is the horizon of the lines."""
    opened = [item for item in items if item.open_amount]
    credit = free_credits(opened, on)
    asked = [item for item in opened if is_askable(item, on)]
    rows = []
    for currency in sorted({item.currency for item in opened}):
        own = [item for item in opened if item.currency == currency]
        near = [item for item in asked if item.currency == currency and item.due_on <= until]
        late = [item for item in own if is_overdue(item, on)]
        owed = [c for c in credit if c.currency == currency]
        far = (line_of(i) for i in asked if i.currency == currency and i.due_on > until and i.type == "invoice")
        rows.append(
            CurrencyRow(
                currency=currency,
                open_items=len(own),
                balance=sum(item.open_amount for item in own if item.type not in MEMO_TYPES),
                only_memo=all(item.type in MEMO_TYPES for item in own),
                overdue=len(late),
                overdue_held=sum(is_held(item, on) for item in late),
                lines=tuple(sorted(map(line_of, (*near, *owed)))),
                credit=-sum(item.open_amount for item in owed),
                later=min(far, default=None),
            )
        )
    return rows


def reduce_account(items: Iterable[Item], scenario: Scenario, on: DayRules) -> AccountFacts:
    """The facts of one account's open items."""
    return facts_of(rows_of(items, on), scenario, on)


def facts_of(rows: Sequence[CurrencyRow], scenario: Scenario, on: DayRules) -> AccountFacts:
    """The facts of one account's rows."""
    return AccountFacts(
        open_items=sum([row.open_items for row in rows]),
        overdue=sum([row.overdue for row in rows]),
        overdue_held=sum([row.overdue_held for row in rows]),
        currencies=tuple([_judged(row, scenario, on) for row in rows if not row.only_memo]),
    )


def are_enough(rows: Sequence[CurrencyRow], scenario: Scenario, on: DayRules, until: date) -> bool:
    """Whether rows whose lines end at a horizon say the same as the items would."""
    further = [row.tangled or _looks_further(row, scenario, on, until) for row in rows]
    return True not in further


def _looks_further(row: CurrencyRow, scenario: Scenario, on: DayRules, until: date) -> bool:
    """A note that lies ahead lists items after the horizon; it matters where something is set against them.

    What the row knows of that note is the least that it would ask for: where that is enough, more changes nothing.
    """
    if row.later is None:
        return False
    if row.currency not in on.rules.minimum and not row.credit:
        return False
    coming = _coming(row, scenario, on)
    following = next_step(scenario, coming, on.today) if coming else None
    if coming is None or following is None or following.step.day >= 0 or _last_noted(following, on) <= until:
        return False
    least = _note_net(row, coming, scenario, on) or 0
    return not is_worth(least, row.currency, on)


def is_worth(net: int, currency: str, on: DayRules) -> bool:
    """Whether a net is more than nothing and reaches the minimum of its currency (D5, D6)."""
    return net > 0 and net >= on.rules.minimum.get(currency, 0)


def uncovered(asked: Sequence[Line], credit: int) -> Sequence[Line]:
    """What is not wholly covered when the credit is taken off the oldest first (D6); `asked` is in that order."""
    if credit <= 0:
        return asked
    left = []
    for line in asked:
        if credit >= line.amount:
            credit -= line.amount
            continue
        credit = 0
        left.append(line)
    return left


def _judged(row: CurrencyRow, scenario: Scenario, on: DayRules) -> CurrencyFacts:
    asked = row.asked(on.day)
    invoices = [line for line in uncovered(asked, row.credit) if line.is_invoice]
    end = ended_from(scenario) if invoices else 0
    leading = next((line for line in invoices if line.step_done < end), None)
    coming = None if leading else _coming(row, scenario, on)
    return CurrencyFacts(
        currency=row.currency,
        balance=row.balance,
        collectables=len(asked),
        net=sum([line.amount for line in asked]) - row.credit,
        leader=_leader(leading, row.currency) if leading else None,
        ended=max([line.step_done for line in invoices], default=-1) >= end,
        unmatched=bool(scenario.passed_over) and _is_stayed(invoices, scenario),
        coming=coming,
        note_net=_note_net(row, coming, scenario, on) if coming else None,
    )


def _is_stayed(invoices: list[Line], scenario: Scenario) -> bool:
    last = ended_from(msgspec.structs.replace(scenario, passed_over=()))
    return any(line.step_done < last for line in invoices)


def _coming(row: CurrencyRow, scenario: Scenario, on: DayRules) -> Leader | None:
    if not scenario.steps or scenario.steps[0].day >= 0:
        return None
    near = (line for line in row.lines[bisect_left(row.lines, on.day, key=_DUE) :] if line.is_invoice)
    first = next(near, row.later)
    if first and row.later and row.later.due < first.due:
        first = row.later
    return _leader(first, row.currency) if first else None


def _note_net(row: CurrencyRow, coming: Leader, scenario: Scenario, on: DayRules) -> int | None:
    following = next_step(scenario, coming, on.today)
    if following is None or following.step.day >= 0:
        return None
    last = day_number(_last_noted(following, on))
    listed = [line.amount for line in row.lines if line.amount > 0 and on.day <= line.due <= last]
    further = row.later.amount if row.later and row.later.due <= last else 0
    return sum(listed) + further - row.credit


def _last_noted(following: NextStep, on: DayRules) -> date:
    noted_on = max(on.today, following.not_before)
    return noted_on + timedelta(days=max(following.step.days_ahead, -following.step.day))


def line_of(item: Item) -> Line:
    """The line of an item."""
    return Line(
        day_number(item.due_on),
        day_number(item.issued_on),
        item.number,
        item.item,
        item.open_amount,
        item.type == "invoice" and item.open_amount > 0,
        item.step_done,
        None if item.step_on is None else day_number(item.step_on),
    )


def _leader(line: Line, currency: str) -> Leader:
    step_on = None if line.step_on is None else day_of(line.step_on)
    return Leader(day_of(line.due), day_of(line.issued), line.number, line.item, currency, line.step_done, step_on)

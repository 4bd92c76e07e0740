"""The tenant's rules of collection: thresholds, minima and delays, and what they come to on one day."""

from collections.abc import Callable
from datetime import date, timedelta

import msgspec

from relance.core.kernel.days import add_working_days, day_number
from relance.core.tenancy.settings import Settings


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """What the tenant set. Amounts are minor units by currency; a currency without a line has no limit (D5)."""

    ignore: dict[str, int] = {}
    """Positive items below this vanish from messages (B3)."""
    minimum: dict[str, int] = {}
    """No scenario action below this net (B2)."""
    own_debit_days: int = 5
    minimum_delay: int = 5
    late_step_days: int = 15
    """Zero: a late automatic step never asks (A29)."""
    pre_due_exempt: bool = False
    first_day_confirm: bool = True
    grace_days: int = 2
    pause_days: int = 15
    ask_until: date | None = None
    """Automatic steps due up to this day ask, because their database came back (I-16)."""


class DayRules(msgspec.Struct, frozen=True, kw_only=True):
    """The rules as they are on one day; made by `rules_on`."""

    rules: Rules
    today: date
    day: int
    """Today as a number."""
    debits_from: date
    """Invoices that we collect ourselves are held when due on this day or later (D2)."""


def rules_of(settings: Settings) -> Rules:
    """The rules among a tenant's settings."""
    return Rules(
        ignore=settings.amounts("ignore-threshold"),
        minimum=settings.amounts("minimum-amount"),
        own_debit_days=settings.number("own-debit-days"),
        minimum_delay=settings.number("minimum-delay"),
        late_step_days=settings.number("late-step-days"),
        pre_due_exempt=settings.switch("pre-due-exempt"),
        first_day_confirm=settings.switch("first-day-confirm"),
        grace_days=settings.number("grace-days"),
        pause_days=settings.number("pause-days"),
        ask_until=settings.day("ask-until"),
    )


def rules_on(rules: Rules, today: date, is_holiday: Callable[[date], bool]) -> DayRules:
    """The rules on a day; `is_holiday` is the calendar of the tenant's country."""
    first = today
    while add_working_days(first - timedelta(days=1), rules.own_debit_days, is_holiday) >= today:
        first -= timedelta(days=1)
    return DayRules(rules=rules, today=today, day=day_number(today), debits_from=first)

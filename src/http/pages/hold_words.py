"""What a person may choose when holding items: days of a promise or a pause, causes of a dispute."""

from calendar import monthrange
from datetime import date, timedelta

from relance.http.i18n.speech import gettext, marked

CAUSES = (
    marked("Price"),
    marked("Quantity"),
    marked("Quality"),
    marked("Delivery"),
    marked("Not received"),
    marked("Already paid"),
    marked("Other"),
)


def promise_days(today: date) -> list[tuple[date, str]]:
    """Likely days of payment with their names, the earliest first, each once, never on a weekend."""
    friday = today + timedelta(days=(4 - today.weekday()) % 7)
    end = today.replace(day=monthrange(today.year, today.month)[1])
    offered = [
        (_weekday(today + timedelta(days=2)), gettext("in 2 days")),
        (friday, gettext("this week") if today.weekday() < 5 else gettext("next week")),
        (friday + timedelta(days=7), gettext("next week") if today.weekday() < 5 else gettext("the week after")),
        (_weekday(end), gettext("month end")),
        (_weekday(today + timedelta(days=14)), gettext("in 2 weeks")),
    ]
    return _each_once(offered, today)


def pause_days(today: date) -> list[tuple[date, str]]:
    """How long a pause usually lasts."""
    return [
        (today + timedelta(days=7), gettext("1 week")),
        (today + timedelta(days=15), gettext("15 days")),
        (today + timedelta(days=30), gettext("30 days")),
    ]


def _weekday(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))


def _each_once(offered: list[tuple[date, str]], today: date) -> list[tuple[date, str]]:
    kept: dict[date, str] = {}
    for day, name in offered:
        if day > today:
            kept.setdefault(day, name)
    return sorted(kept.items())

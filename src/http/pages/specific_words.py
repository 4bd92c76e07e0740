"""What a specific action is about, and on which days one usually sends it."""

from datetime import date, timedelta

from relance.core.collection.specifics import Topic
from relance.http.i18n.speech import gettext, marked
from relance.usecases.collection.occurrences import Automation

AUTOMATIONS: tuple[Automation, ...] = ("to-confirm", "automatic")
TOPICS: dict[Topic, str] = {
    "reminder": marked("Ask for payment"),
    "dispute": marked("Resolve a dispute"),
    "statement": marked("Statement of account"),
    "other": marked("Something else"),
}


def topic_words() -> dict[str, str]:
    """Topic to what it is called."""
    return {topic: gettext(words) for topic, words in TOPICS.items()}


def send_days(today: date) -> list[tuple[date, str]]:
    """Now, and the working days that are named most."""
    tomorrow = _working(today + timedelta(days=1))
    week = _working(today + timedelta(days=7))
    return [(today, gettext("now")), (tomorrow, gettext("next working day")), (week, gettext("in a week"))]


def _working(day: date) -> date:
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)

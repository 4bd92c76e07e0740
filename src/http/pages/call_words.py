"""How a call went, and what was read from its form."""

from datetime import date
from typing import Any

from relance.http.dependencies import Fields
from relance.http.i18n.speech import gettext, marked
from relance.http.pages.choices import chosen, day_chosen
from relance.http.pages.hold_words import CAUSES, promise_days
from relance.usecases.collection.log_call import OUTCOMES, Outcome

OUTCOME_WORDS: dict[Outcome, tuple[str, str]] = {
    "reached": ("phone", marked("Spoke with them")),
    "promise": ("handshake", marked("They promised to pay")),
    "dispute": ("scale", marked("They dispute it")),
    "call-back": ("alarm-clock", marked("Call back")),
    "no-answer": ("mailbox", marked("No answer")),
    "wrong-number": ("circle-x", marked("Wrong number")),
}


def call_terms(today: date) -> dict[str, Any]:
    """What the form of a call offers."""
    return {"outcomes": OUTCOME_WORDS, "causes": CAUSES, "call_days": promise_days(today)}


def call_fields(fields: Fields, today: date) -> dict[str, Any]:
    """Outcome, comment and day of the form; raises BadInput."""
    outcome = chosen(fields.text("outcome"), OUTCOMES)
    cause = fields.text("cause")
    said = [gettext(cause)] if outcome == "dispute" and cause in CAUSES else []
    return {
        "outcome": outcome,
        "comment": "\n".join(part for part in (*said, fields.text("comment")) if part),
        "until": day_chosen(fields, "until", today) if outcome in _DATED else None,
    }


_DATED = frozenset({"promise", "call-back", "no-answer"})

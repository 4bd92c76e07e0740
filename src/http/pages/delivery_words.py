"""Messages in words: tones of their states, what a person can do about each, what was said of them."""

from decimal import Decimal
from typing import Any

from relance.core.collection.actions import State
from relance.http.addresses import query
from relance.http.i18n.formats import decimal
from relance.http.i18n.speech import gettext
from relance.http.i18n.words import WORDS, words_of
from relance.http.pages.timeline_words import told
from relance.ports.store.customer_file import TimelineEntry
from relance.ports.store.deliveries import DeliveryLine, Remark

TONES: dict[State, str] = {"unknown": "red", "failed": "red", "held": "amber", "sent": "green", "sending": "teal"}


def advice(line: DeliveryLine) -> str:
    """What helps, where something is in the way."""
    if line.state == "unknown" and line.kind == "sms":
        return gettext("Look for it in the account of the SMS gateway, then say what is true. Nothing is sent twice.")
    if line.state == "unknown":
        return gettext("Search the relay's log for the reference below, then say what is true. Nothing is sent twice.")
    if line.state == "failed":
        return gettext("It did not leave. Put right what was refused, then send it again, or cancel it.")
    if line.state == "held":
        return gettext("It leaves by itself once the cause is gone.")
    if line.state == "confirmed" and line.next_try_at:
        return gettext("It was not taken yet and is tried again.")
    return ""


def reply_words(said: str) -> str:
    """An answer whose first word is a code of ours, with that code in words."""
    code, _, rest = said.partition(" ")
    if code == "written" and rest:
        return gettext("In the outbox: %(file)s") % {"file": rest}
    return f"{words_of(code)}: {rest}" if code in WORDS and rest else words_of(said) if said in WORDS else said


def cost_words(cost: str) -> str:
    """What a message cost, `0.0750 USD`, as the reader writes amounts; they may be parts of a cent."""
    amount, _, currency = cost.partition(" ")
    return f"{decimal(Decimal(amount))} {currency}".strip()


def remark_words(remark: Remark) -> Any:
    """The entry as the customer's timeline tells it."""
    entry = TimelineEntry(
        entry=0, at=remark.at, kind=remark.kind, author=remark.author, action=None, detail=remark.detail
    )
    return told(entry)


def words() -> dict[str, Any]:
    """What templates of deliveries say things with."""
    return {
        "query": query,
        "tones": TONES,
        "advice": advice,
        "reply_words": reply_words,
        "cost_words": cost_words,
        "remark_words": remark_words,
    }

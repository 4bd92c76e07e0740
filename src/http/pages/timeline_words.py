"""What happened with a customer, told in words: an icon, a tone, a title and a sentence."""

from datetime import date
from typing import Any

import msgspec

from relance.core.kernel.identifiers import ActionId
from relance.http.i18n.formats import day, money
from relance.http.i18n.speech import gettext, marked, ngettext
from relance.http.i18n.steps import step_name
from relance.http.i18n.words import WORDS, icon_of, words_of
from relance.http.pages.enclosed import left_out_words, some_of
from relance.ports.store.customer_file import TimelineEntry

_LOOKS = {
    "note": ("message-square", "", marked("Note")),
    "promise": ("handshake", "teal", marked("Promise to pay")),
    "dispute": ("scale", "plum", marked("Dispute")),
    "pause": ("pause", "", marked("Reminders paused")),
    "released": ("undo-2", "", marked("Hold ended")),
    "promise-broken": ("triangle-alert", "red", marked("Promise missed")),
    "promise-half-kept": ("triangle-alert", "red", marked("Promise kept in part")),
    "promise-kept": ("handshake", "green", marked("Promise kept")),
    "message-sent": ("mail", "", marked("Reminder sent")),
    "message-delivered": ("circle-check", "green", marked("Delivered")),
    "message-undelivered": ("circle-x", "red", marked("Not delivered")),
    "message-resend": ("refresh-cw", "", marked("Reminder sent again")),
    "message-cancel": ("x", "", marked("Reminder cancelled")),
    "message-failed": ("circle-x", "red", marked("Reminder refused")),
    "message-returned": ("undo-2", "amber", marked("Mail came back")),
    "message-reply": ("message-square", "amber", marked("Answer of the customer")),
    "message-unknown": ("circle-question-mark", "red", marked("Nobody knows whether the reminder left")),
    "call": ("phone", "", marked("Call")),
    "task": ("clipboard-list", "", marked("Task done")),
    "snoozed": ("alarm-clock", "", marked("Action put off")),
    "unsnoozed": ("alarm-clock", "", marked("Action due again")),
    "specific": ("send", "", marked("Specific action begun")),
    "specific-ended": ("circle-check", "", marked("Specific action ended")),
    "dispute-resolved": ("scale", "green", marked("Dispute resolved")),
    "skipped": ("skip-forward", "", marked("Step skipped")),
    "grouped": ("users", "", marked("Collected with another account from now on")),
    "ungrouped": ("users", "", marked("Collected by itself again")),
    "cancelled": ("x", "", marked("Reminder cancelled")),
    "settled": ("banknote", "green", marked("Paid or settled")),
    "imported": ("upload", "", marked("New items")),
}


class Told(msgspec.Struct, frozen=True):
    """One entry as the timeline shows it."""

    icon: str
    tone: str
    title: str
    text: str
    quote: str
    action: ActionId | None


def told(entry: TimelineEntry) -> Told:
    """The entry in the reader's words; a kind that is not known shows its code and its text."""
    icon, tone, title = _LOOKS.get(entry.kind, ("history", "", words_of(entry.kind)))
    detail = entry.detail
    if entry.kind == "message-sent" and detail.get("kind"):
        icon = icon_of(str(detail["kind"]))
    quote = str(detail.get("text") or detail.get("comment") or detail.get("subject") or "")
    return Told(icon, tone, gettext(title), " ".join(_sentences(detail)), quote, entry.action)


def _sentences(detail: dict[str, Any]) -> list[str]:
    said = []
    if isinstance(detail.get("amounts"), dict):
        said.append(", ".join(money(minor, currency) for currency, minor in detail["amounts"].items()) + ".")
    listed = detail.get("items")
    count = len(listed) if isinstance(listed, list) else listed
    if isinstance(count, int):
        said.append(ngettext("%(num)d item.", "%(num)d items.", count) % {"num": count})
    if detail.get("step"):
        said.insert(0, step_name(str(detail["step"])) + ".")
    if detail.get("until"):
        said.append(gettext("Until %(day)s.") % {"day": day(date.fromisoformat(str(detail["until"])))})
    if detail.get("to"):
        to = detail["to"]
        said.append(gettext("To %(address)s.") % {"address": ", ".join(to) if isinstance(to, list) else str(to)})
    said += _carried(detail)
    if detail.get("said"):
        said.append(f"{detail['said']}.")
    if detail.get("lead"):
        said.append(f"{detail['lead']}.")
    if detail.get("outcome") in WORDS:
        said.insert(0, words_of(str(detail["outcome"])) + ".")
    if detail.get("title"):
        said.insert(0, str(detail["title"]) + ".")
    if detail.get("reason"):
        said.append(words_of(str(detail["reason"])) + ".")
    return said


def _carried(detail: dict[str, Any]) -> list[str]:
    """Who wrote, and what went along with a message."""
    said = []
    if isinstance(detail.get("attached"), list):
        said.append(gettext("With %(names)s.") % {"names": some_of(list(map(str, detail["attached"])))})
    said += left_out_words(detail.get("left_out", ()))
    if detail.get("from"):
        said.append(gettext("From %(address)s.") % {"address": str(detail["from"])})
    if isinstance(detail.get("documents"), int):
        num = detail["documents"]
        said.append(
            ngettext("%(num)d document, in the mailbox.", "%(num)d documents, in the mailbox.", num) % {"num": num}
        )
    if detail.get("tracking"):
        said.append(gettext("Tracking number %(number)s.") % {"number": str(detail["tracking"])})
    return said

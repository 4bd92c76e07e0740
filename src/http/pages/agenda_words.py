"""What the agenda's pane says about holds, warnings and when a message leaves."""

from typing import Any

import msgspec

from relance.core.collection.composing import Mailbox
from relance.core.collection.kinds import is_message
from relance.core.collection.recipients import Recipient
from relance.core.tenancy.users import Right
from relance.http.i18n.formats import language_name, moment
from relance.http.i18n.speech import gettext
from relance.http.i18n.words import words_of
from relance.http.pages.enclosed import left_out_words
from relance.http.pages.sms_words import parts_words
from relance.ports.channels import Attachment
from relance.usecases.collection.preview_action import Preview
from relance.usecases.collection.show_action import OneAction


class Fix(msgspec.Struct, frozen=True):
    """Where the cause of a hold is mended, and the right that it takes."""

    label: str
    word: str
    path: str
    needs: Right | None = None


class MessageShown(msgspec.Struct, frozen=True, kw_only=True):
    """A message as the pane shows it."""

    subject: str
    html: str
    text: str
    language: str
    to: tuple[Recipient, ...]
    cc: tuple[Mailbox, ...]
    sender: Mailbox | None
    warnings: list[str]
    leaves: str
    attached: tuple[Attachment, ...] = ()
    length: str = ""
    """Of an SMS, in parts."""


def message_shown(preview: Preview, one: OneAction, zone: str) -> MessageShown | None:
    """The message beside its warnings; None where there is nothing to read."""
    if not preview.text and not preview.html:
        return None
    return MessageShown(
        subject=preview.subject,
        html=preview.html if is_message(one.line.kind) else "",
        text=preview.text,
        language=preview.language,
        to=preview.to,
        cc=preview.cc,
        sender=preview.sender,
        warnings=[_warning(code) for code in preview.warnings]
        + _fallback(preview, one)
        + left_out_words((left.reason, left.number) for left in preview.left_out)
        + _holds(preview, one),
        leaves=_leaves(preview, one, zone),
        attached=preview.attached,
        length=parts_words(preview.text) if one.line.kind == "sms" else "",
    )


def hold_words(number: str, hold: str) -> str:
    """Why an item is left out of the message."""
    if hold == "dispute":
        return gettext("%(number)s is left out: in dispute.") % {"number": number}
    if hold == "promise":
        return gettext("%(number)s is left out: promised.") % {"number": number}
    if hold == "specific":
        return gettext("%(number)s is left out: in a specific action.") % {"number": number}
    return gettext("%(number)s is left out: paused.") % {"number": number}


def fixes() -> dict[str, str]:
    """What to do about each cause of a hold."""
    return {
        "no-collection-contact": gettext("Mark a contact with an address as receiving the reminders."),
        "no-collector": gettext("Give the customer a collector, or allow sending from the company's address."),
        "no-sender": gettext("Set the company's sender address, or have the collector's address confirmed."),
        "no-template": gettext("This step has no text in a language that the customer reads."),
        "no-relay": gettext("The operator has to set the mail relay."),
        "no-recipient": gettext("Choose who gets it: change the message, or give the contact an address."),
        "no-mobile-number": gettext("Give a contact that receives the reminders a mobile number."),
        "no-postal-address": gettext("Give the customer a street and a town."),
        "no-sms-account": gettext("The operator has to set the SMS account."),
        "no-letter-channel": gettext("The operator has to set up what prints letters."),
        "suppressed": gettext("Give the customer another address, or lift the suppression."),
        "stale-data": gettext("Import the newest open items; it is freed by itself."),
        "capped": gettext("It goes on tomorrow, or an administrator raises the limit."),
    }


def fix_links() -> dict[str, Fix]:
    """The page that mends the cause."""
    file = Fix(gettext("Open the customer's file"), "customers", "customers/{code}")
    settings = Fix(gettext("Open the settings"), "settings", "settings", "settings")
    return {
        "no-collection-contact": file,
        "no-mobile-number": file,
        "no-recipient": file,
        "no-postal-address": file,
        "no-collector": file,
        "suppressed": Fix(gettext("Open the suppressed addresses"), "suppressions", "suppressions", "qualify"),
        "no-sender": settings,
        "capped": settings,
        "stale-data": Fix(gettext("Import open items"), "imports", "imports", "import"),
    }


def terms() -> dict[str, Any]:
    """What the pane's templates need."""
    return {"hold_words": hold_words, "fixes": fixes(), "fix_links": fix_links()}


def _warning(code: str) -> str:
    name, _, rest = code.partition(" ")
    if name == "contact-without-address":
        return gettext("%(name)s has no usable address and is left out.") % {"name": rest}
    if name == "contact-without-mobile":
        return gettext("%(name)s has no usable mobile number and is left out.") % {"name": rest}
    if name == "sender-domain-unverified":
        return gettext("Nobody answers for the sender's domain %(name)s: the message may be taken for spam.") % {
            "name": rest
        }
    if name == "contact-suppressed":
        return gettext("%(name)s is left out: the address is suppressed.") % {"name": rest}
    return words_of(name)


def _fallback(preview: Preview, one: OneAction) -> list[str]:
    if not preview.fell_back:
        return []
    names = {"wanted": language_name(one.line.language), "used": language_name(preview.language)}
    return [gettext("There is no text in %(wanted)s: it is written in %(used)s.") % names]


def _holds(preview: Preview, one: OneAction) -> list[str]:
    if one.line.state not in {"planned", "to-confirm"}:
        return []
    return [gettext("It would be held: %(reason)s.") % {"reason": words_of(code)} for code in preview.holds]


def _leaves(preview: Preview, one: OneAction, zone: str) -> str:
    if preview.leaves_at is None or one.line.state not in {"to-confirm", "confirmed"}:
        return ""
    if one.line.state == "confirmed":
        return gettext("Leaves %(at)s; you can take it back until then.") % {"at": moment(preview.leaves_at, zone)}
    at = moment(max(preview.leaves_at, one.recall_until), zone)
    return gettext("Leaves %(at)s at the earliest; you can take it back until then.") % {"at": at}

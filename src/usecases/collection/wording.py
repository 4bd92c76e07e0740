"""The words of a message that a person begins: their own, the tenant's, or the supplied ones."""

import msgspec

from relance.core.collection.composing import language_of
from relance.core.collection.kinds import carries
from relance.core.collection.templates import Template
from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import CustomerId
from relance.core.tenancy.languages import MESSAGE_LANGUAGES
from relance.ports.supplied import Supplied
from relance.usecases.collection.desk import Desk

LONGEST_SUBJECT = 200
LONGEST_BODY = 20_000
CODES = {
    "reminder": "specific-reminder",
    "dispute": "specific-dispute",
    "statement": "statement",
    "other": "specific-other",
}
SHORT = {"reminder": "sms-reminder"}
"""Supplied texts that an SMS has for a topic."""


class Words(msgspec.Struct, frozen=True):
    """A subject and a body in one language."""

    language: str
    subject: str
    body: str


def checked_words(language: str, subject: str, body: str, kind: str = "email") -> Words | None:
    """What a person wrote; None for nothing; raises BadInput for half of it. An SMS has no subject."""
    subject, body = " ".join(subject.split()), body.replace("\r\n", "\n").strip()
    if not subject and not body:
        return None
    if not carries(kind).subject:
        subject = ""
    elif not subject or not body:
        raise BadInput("a message has a subject and a text")
    if not body:
        raise BadInput("a message has a text")
    if len(subject) > LONGEST_SUBJECT or len(body) > LONGEST_BODY:
        raise BadInput(f"a subject has at most {LONGEST_SUBJECT} characters, a text {LONGEST_BODY}")
    if language not in MESSAGE_LANGUAGES:
        raise BadInput("say in which language the message is written")
    return Words(language, subject, body + "\n")


def drafts(desk: Desk, supplied: Supplied, topic: str, kind: str = "email") -> dict[str, Template]:
    """The texts for a topic by language: the tenant's own come before the supplied ones. An SMS only reminds."""
    code = CODES[topic] if carries(kind).subject else SHORT.get(topic, "")
    native = {one.language: one for one in supplied.templates() if one.code == code}
    return native | desk.templates(code)


def languages_of(desk: Desk, customer: CustomerId) -> list[str]:
    """The languages in which the account would be written to, the first wanted first (A17)."""
    dossier = desk.unit.delivery.dossiers([customer], desk.today)[customer]
    contact = next((one.language for one in dossier.contacts if one.email), "")
    return [tag for tag in (contact, dossier.language, desk.tenant.language) if tag]


def draft(
    desk: Desk, supplied: Supplied, customer: CustomerId, topic: str, language: str = "", kind: str = "email"
) -> Words:
    """The text for a topic in the language that the account is written to in."""
    known = drafts(desk, supplied, topic, kind)
    wanted = [language] if language else languages_of(desk, customer)
    found = language_of(wanted, known)
    if found is None:
        raise BadInput("there is no text for this: write one")
    return Words(found, known[found].subject, known[found].body)

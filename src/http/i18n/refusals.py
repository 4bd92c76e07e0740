"""Refusals that a person meets on a page, in the language of the page; the core writes their details in English."""

import re

from relance.http.i18n.speech import gettext, marked, spoken

REFUSALS = (
    # what a customer said
    marked("name at least one item"),
    marked("choose the items that the customer spoke of"),
    marked("choose the items that the message is about"),
    marked("a promise needs its day: say until when"),
    marked("%(amount)s is open of these items: a promise cannot be of more"),
    marked("%(day)s is over: name %(first)s or later"),
    marked("name a day after %(day)s"),
    marked("say why, in 1 to %(most)s characters: the reason is kept"),
    marked("say why, in 1 to %(most)s characters: it is kept with the address"),
    marked("say why, in 1 to %(most)s characters: every page shows it"),
    marked("a reason has at most %(most)s characters"),
    marked("a comment has at most %(most)s characters"),
    marked("a note has 1 to %(most)s characters"),
    # messages and texts
    marked("a message has a subject and a text"),
    marked("a message has a text"),
    marked("say what is to be done"),
    marked("say in which language the message is written"),
    marked("there is no text in this language: write one"),
    marked("line %(line)s: %(name)s is not known; a template can use: %(known)s"),
    marked("a step of a scenario keeps its day: put it off instead"),
    # people
    marked("%(email)s is a user already"),
    marked("a user needs a name"),
    marked("one active administrator must stay"),
    marked("the current password is not right"),
    marked("a password has %(least)s to %(most)s characters"),
    marked("nobody stands in for themselves"),
    marked("the last day comes after the first, within a year"),
    marked("these days are over"),
    # customers, contacts, groups and searches
    marked("a contact needs a name"),
    marked("a collection contact needs an email address or a mobile number"),
    marked("name: a customer needs one"),
    marked("a group needs a name of at most %(most)s characters"),
    marked("paste at least one customer code"),
    marked("no customer is chosen: nothing to change"),
    marked("%(address)s is not one mailbox, nor a number like +33639980123"),
    marked("search: %(value)s is no amount: write 1000, 1000.50 or 1000 EUR"),
    marked("search: %(value)s is no day: write 2026-11-21, today or today-15"),
    marked("search: %(value)s is no whole number"),
    # settings
    marked("sender: %(value)s is no sender; write it like Acme Accounts <accounts@acme.example>"),
    marked("%(text)s is no domain, like acme.example"),
    marked("%(name)s: %(value)s is not a whole number"),
)


def refusal_words(detail: str) -> str:
    """The detail in the language of the page, where it is one of these; else as it came."""
    if spoken() == "en":
        return detail
    for said, shape in _SHAPES:
        found = shape.fullmatch(detail)
        if found:
            return gettext(said) % found.groupdict()
    return detail


def _shape(said: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"%\\\((\w+)\\\)s|%\((\w+)\)s", r"(?P<\1\2>.+?)", re.escape(said)), re.DOTALL)


_SHAPES = [(said, _shape(said)) for said in REFUSALS]

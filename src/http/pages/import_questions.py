"""What only a person can say, asked plainly; each answer shows what it makes of a value from the file."""

import json
from collections.abc import Mapping, Sequence

import msgspec

from relance.core.intake.amounts import parse_amount
from relance.core.intake.cells import parse_day
from relance.core.intake.mapping import CONSTANT, Question
from relance.core.ledger.items import ITEM_TYPES
from relance.http.i18n.formats import day, figure
from relance.http.i18n.speech import gettext, marked
from relance.http.pages.import_readings import day_words, reading_words
from relance.http.pages.import_words import field_words
from relance.http.pages.item_words import TYPES

_BY_COLUMN = ("missing-field", "name-is-code", "no-due-date", "layout-changed", "open-amount")
_LESS_PAID = "paid_amount="
_TERMS = ("0", "30", "30 eom", "45", "60")
_TITLES = {
    "missing-field": marked("Which column holds “%(field)s”?"),
    "layout-changed": marked("Which column holds “%(field)s” now?"),
    "name-is-code": marked("The file has names and no codes. Is the name the code?"),
    "no-due-date": marked("When are the items due?"),
    "open-amount": marked("Which column says what is still open?"),
    "date": marked("Which way round are the dates in “%(column)s”?"),
    "decimal": marked("What does the mark in the amounts of “%(column)s” mean?"),
    "both-signs": marked("What do the signs of these amounts mean?"),
    "type": marked("What is “%(word)s” in “%(column)s”?"),
    "terms": marked("When is an item with the terms “%(word)s” due?"),
    "paid": marked("Every row has a payment date in “%(column)s”. Are they all paid?"),
    "balance": marked("What does “%(column)s” say?"),
    "split": marked("Does “%(column)s” hold a code and a name in one cell?"),
}
_WHY = {
    "missing-field": marked("It is needed, and no column of the file says it clearly."),
    "layout-changed": marked("Its column is gone: the file has another layout than before."),
    "no-due-date": marked("The file has no column with the due date."),
    "open-amount": marked("No column of the file says it clearly."),
    "date": marked("Every date of this column can be read both ways."),
    "decimal": marked("Every amount of this column can be read both ways."),
    "both-signs": marked("One type comes with both signs in this file."),
    "type": marked("It is asked once and remembered with these choices."),
    "terms": marked("It is asked once and remembered with these choices."),
}
_AGES_APART = marked("The columns of ages seem to be in another currency than the documents: look at this one.")
_ANSWERS = {
    "signs=negative": marked("All of them are credits"),
    "signs=file": marked("Keep each sign as it is in the file"),
    "balance=open": marked("What is still open of each row"),
    "balance=running": marked("A running balance"),
    "paid=settled": marked("Yes, they are settled"),
    "paid=open": marked("No, they are open"),
    "due=customer": marked("After the terms of each customer"),
}


class Choice(msgspec.Struct, frozen=True):
    """One answer as the form sends it, in words, and what it means for a value of this file."""

    value: str
    label: str
    example: str = ""
    proposed: bool = False
    """Chosen already, for a person to look at."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """One question."""

    place: int
    title: str
    why: str
    choices: tuple[Choice, ...] = ()
    must: bool = False
    """Whether the form is not sent without an answer: else the columns as they stand would be one."""


def asked(place: int, question: Question, samples: Mapping[str, Sequence[str]]) -> Asked:
    """The question with its answers; `samples` are values by column."""
    word = question.choices[0].partition("=")[0].partition(".")[2] if question.choices else ""
    values = {"column": question.column, "field": field_words(question.column), "word": word}
    title = _TITLES.get(question.code)
    return Asked(
        place=place,
        title=gettext(title) % values if title else question.message,
        why=gettext(_why(question)),
        choices=tuple(_choices(question, samples)),
        must=question.code == "open-amount",
    )


def _why(question: Question) -> str:
    if question.code == "open-amount" and len(question.choices) == 1:
        return _AGES_APART
    return _WHY.get(question.code, "")


def answered(values: Sequence[str]) -> tuple[dict[str, str], dict[str, str]]:
    """The answers of the form as a mapping and as options."""
    mapping: dict[str, str] = {}
    options: dict[str, str] = {}
    for value in values:
        try:
            sort, name, said = msgspec.json.decode(value, type=tuple[str, str, str])
        except msgspec.MsgspecError:
            continue  # nothing that our form could have sent: the question is asked again
        (mapping if sort == "map" else options)[name] = said
    return mapping, options


def _choices(question: Question, samples: Mapping[str, Sequence[str]]) -> list[Choice]:
    if question.code not in _BY_COLUMN:
        return [_option(choice, samples.get(question.column, ())) for choice in question.choices]
    columns = [choice for choice in question.choices if choice in samples]
    found = [Choice(_map(question.column, name), name, ", ".join(samples[name][:2])) for name in columns]
    if question.code == "open-amount":
        paid = [choice.removeprefix(_LESS_PAID) for choice in question.choices if choice.startswith(_LESS_PAID)]
        found = [_left_of(column, samples) for column in paid] + found
    if question.code == "no-due-date":
        found += [Choice(_map("terms", CONSTANT + terms), _terms_words(terms)) for terms in _TERMS]
        found += [_option(choice, ()) for choice in question.choices if choice == "due=customer"]
    return found


def _left_of(column: str, samples: Mapping[str, Sequence[str]]) -> Choice:
    """The amount less what was paid of it."""
    label = gettext("What is left of the amount after “%(column)s”") % {"column": column}
    return Choice(_map("paid_amount", column), label, ", ".join(samples.get(column, ())[:2]), proposed=True)


def _option(choice: str, values: Sequence[str]) -> Choice:
    name, _, value = choice.partition("=")
    return Choice(json.dumps(["option", name, value]), _words(choice, name, value), _example(name, value, values))


def _map(field: str, column: str) -> str:
    return json.dumps(["map", field, column])


def _words(choice: str, name: str, value: str) -> str:
    if choice in _ANSWERS:
        return gettext(_ANSWERS[choice])
    if name.startswith("type.") and value in ITEM_TYPES:
        return gettext(TYPES[value])
    if name.startswith("terms."):
        return _terms_words(value)
    if name.startswith("split."):
        return gettext("No, it is one thing") if value == "none" else gettext("Yes: %(how)s") % {"how": value}
    return day_words(value) if name == "date" else reading_words(name, value)


def _terms_words(terms: str) -> str:
    days, _, end = terms.partition(" ")
    if days == "0":
        return gettext("On the issue date")
    words = gettext("%(days)s days after the issue date") if not end else gettext("%(days)s days, end of month")
    return words % {"days": days}


def _example(name: str, value: str, values: Sequence[str]) -> str:
    """What a value of this file becomes: `03-04-2026 is 3 April 2026`."""
    for sample in values:
        read = _read_as(name, value, sample)
        if read:
            return gettext("%(value)s is %(read)s") % {"value": sample, "read": read}
    return ""


def _read_as(name: str, value: str, sample: str) -> str:
    if name == "date" and (found := parse_day(sample, value.split("|"))):
        return day(found, "medium")
    if name == "decimal" and (amount := parse_amount(sample, "EUR", value, stated=True)):
        return figure(amount[0], "EUR")
    return ""

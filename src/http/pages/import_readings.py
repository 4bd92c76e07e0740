"""How a file was read, option by option, in words; and what an answer would make of a value from the file."""

from collections.abc import Mapping, Sequence
from itertools import chain

import msgspec

from relance.core.intake.amounts import parse_amount
from relance.core.intake.cells import parse_day
from relance.core.intake.mapping import Question
from relance.core.intake.understanding import Guess
from relance.core.kernel.money import decimal_text
from relance.http.i18n.formats import day
from relance.http.i18n.speech import gettext, marked
from relance.http.pages.import_words import why_words

_DAYS = {
    "iso": "2026-11-23",
    "%d/%m/%Y": "23/11/2026",
    "%m/%d/%Y": "11/23/2026",
    "%d.%m.%Y": "23.11.2026",
    "%d-%m-%Y": "23-11-2026",
    "%Y%m%d": "20261123",
    "%d/%m/%y": "23/11/26",
}
_DECIMALS = {".": "1234.56", ",": "1234,56"}
_ENCODINGS = {
    "utf-8": "UTF-8",
    "cp1252": "Windows 1252",
    "iso-8859-15": "ISO 8859-15",
    "cp850": "DOS 850",
    "cp1250": "Windows 1250",
    "cp1251": "Windows 1251",
    "utf-16": "UTF-16",
    "shift_jis": "Shift JIS",
    "gb18030": "GB 18030",
}
_DELIMITERS = {
    ";": marked("semicolons"),
    ",": marked("commas"),
    "\t": marked("tabs"),
    "|": marked("upright bars"),
}
_LABELS = {
    "sheet": marked("Sheet"),
    "encoding": marked("Characters"),
    "delimiter": marked("Cells separated by"),
    "header-line": marked("Header in line"),
    "date": marked("Dates like"),
    "decimal": marked("Amounts like"),
}
_QUESTIONS = {
    "both-signs": (
        marked("What do the signs of these amounts mean?"),
        marked("One type comes with both signs in this file."),
    ),
    "ambiguous-date": (
        marked("Which way round are the dates in “%(column)s”?"),
        marked("Every date of this column can be read both ways."),
    ),
    "ambiguous-decimal": (
        marked("What does the mark in the amounts of “%(column)s” mean?"),
        marked("Every amount of this column can be read both ways."),
    ),
}
_ANSWERS = {
    "signs=negative": marked("All of them are credits"),
    "signs=file": marked("Keep each sign as it is in the file"),
}


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """One option: `short` is how the line says it, `choices` are value to words, empty for free text."""

    name: str
    label: str
    value: str
    short: str
    why: str = ""
    choices: Mapping[str, str] = {}


def readings(guesses: Sequence[Guess], options: Mapping[str, str]) -> tuple[Reading, ...]:
    """The options that have a control, in the order of a sentence."""
    why = {guess.name: why_words(guess.code, guess.why) for guess in guesses}
    return tuple(_reading(name, options[name], why.get(name, "")) for name in _LABELS if options.get(name))


def hidden(options: Mapping[str, str]) -> dict[str, str]:
    """The options that have none."""
    return {name: value for name, value in options.items() if name not in _LABELS}


def title_of(question: Question) -> str:
    """The question, plainly."""
    if question.code in _QUESTIONS:
        return gettext(_QUESTIONS[question.code][0]) % {"column": question.column}
    return question.message


def why_asked(question: Question) -> str:
    """Why nobody but a person can say."""
    return gettext(_QUESTIONS[question.code][1]) if question.code in _QUESTIONS else ""


def choice_words(choice: str) -> str:
    """An answer in words; what is not known stays as it is."""
    if choice in _ANSWERS:
        return gettext(_ANSWERS[choice])
    name, _, value = choice.partition("=")
    known = {"date": _day_words(value), "decimal": _DECIMALS.get(value, value)}
    return known.get(name, value or name)


def example_of(choice: str, values: Sequence[str]) -> str:
    """What a value of this file becomes: `03-04-2026 is 3 April 2026`."""
    name, _, value = choice.partition("=")
    for sample in values:
        read = _read_as(name, value, sample)
        if read:
            return gettext("%(value)s is %(read)s") % {"value": sample, "read": read}
    return ""


def _read_as(name: str, value: str, sample: str) -> str:
    if name == "date" and (found := parse_day(sample, value.split("|"))):
        return day(found, "medium")
    if name == "decimal" and value in _DECIMALS and (amount := parse_amount(sample, "EUR", value, stated=True)):
        return decimal_text(amount[0], "EUR")
    return ""


def _reading(name: str, value: str, why: str) -> Reading:
    kept = _plain(value) if name == "encoding" else value
    choices, short = _choices(name), _short(name, kept)
    known = choices if not choices or kept in choices else {kept: value, **choices}
    return Reading(name=name, label=gettext(_LABELS[name]), value=kept, short=short, why=why, choices=known)


def _choices(name: str) -> dict[str, str]:
    if name == "delimiter":
        return {mark: gettext(words) for mark, words in _DELIMITERS.items()}
    return {"encoding": _ENCODINGS, "date": _DAYS, "decimal": _DECIMALS}.get(name, {})


def _short(name: str, value: str) -> str:
    known = _choices(name).get(value, value)
    if name == "header-line":
        return gettext("header in line %(line)s") % {"line": value}
    if name == "sheet":
        return gettext("sheet “%(name)s”") % {"name": value}
    if name == "date":
        return gettext("dates like %(example)s") % {"example": _day_words(value)}
    if name == "decimal":
        return gettext("amounts like %(example)s") % {"example": known}
    return known


def _plain(encoding: str) -> str:
    return encoding.lower().removesuffix("-sig").replace("_", "-") if encoding.lower().startswith("utf") else encoding


def _day_words(value: str) -> str:
    """Patterns as an example of each."""
    return " / ".join(chain.from_iterable((_DAYS.get(part, part),) for part in value.split("|") if part))

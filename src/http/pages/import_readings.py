"""How a file was read, option by option, in words."""

from collections.abc import Mapping, Sequence

import msgspec

from relance.core.intake.cell_guesses import known_options
from relance.core.intake.understanding import Guess
from relance.core.intake.unknown_customers import OPTION as CREATE_CUSTOMERS
from relance.http.i18n.speech import gettext, marked
from relance.http.pages.import_why import why_words
from relance.http.pages.item_words import TYPES

_DAYS = {
    "iso": "2026-11-23",
    "%d/%m/%Y": "23/11/2026",
    "%m/%d/%Y": "11/23/2026",
    "%d.%m.%Y": "23.11.2026",
    "%d-%m-%Y": "23-11-2026",
    "%m-%d-%Y": "11-23-2026",
    "%Y%m%d": "20261123",
    "%d%m%Y": "23112026",
    "%d/%m/%y": "23/11/26",
    "%m/%d/%y": "11/23/26",
    "%d.%m.%y": "23.11.26",
    "%y/%m/%d": "26/11/23",
    "%y-%m-%d": "26-11-23",
    "%y.%m.%d": "26.11.23",
    "be:%d/%m/%Y": "23/11/2569",
    "be:%d/%m/%y": "23/11/69",
    "era": "R8.11.23",
    "reiwa": "8.11.23",
    "serial": "46349",
}
_DECIMALS = {".": "1234.56", ",": "1234,56"}
_ENCODINGS = {
    "utf-8": "UTF-8",
    "ascii": "ASCII",
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
_PAID = {"settled": marked("settled"), "open": marked("still open")}
_LABELS = {
    "sheet": marked("Sheet"),
    "encoding": marked("Characters"),
    "delimiter": marked("Cells separated by"),
    "header-line": marked("Header in line"),
    "date": marked("Dates like"),
    "decimal": marked("Amounts like"),
    "paid": marked("Items with a payment date are"),
}
_QUIET = frozenset(("paid",))
"""Said only where it can be changed."""
_TYPE = "type."


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
    named = [name for name in _LABELS if options.get(name)]
    types = [name for name in options if name.startswith(_TYPE)]
    return tuple(_reading(name, options[name], why.get(name, "")) for name in (*named, *types))


def hidden(options: Mapping[str, str]) -> dict[str, str]:
    """The options that have none."""
    shown = {*_LABELS, CREATE_CUSTOMERS}
    return {name: value for name, value in options.items() if name not in shown and not name.startswith(_TYPE)}


def seen(guesses: Sequence[Guess]) -> dict[str, str]:
    """How the file itself is written: left as it is, the next file like it may be written otherwise."""
    of_cells = set(known_options([guess.name for guess in guesses]))
    return {guess.name: _kept(guess.name, guess.value) for guess in guesses if guess.name not in of_cells}


def reading_words(name: str, value: str) -> str:
    """What a value of an option is called."""
    return _choices(name).get(value, value)


def day_words(value: str) -> str:
    """Patterns of days as an example of each."""
    return " / ".join(_DAYS.get(part, part) for part in value.split("|") if part)


def _reading(name: str, value: str, why: str) -> Reading:
    kept = _kept(name, value)
    choices = _choices(name)
    known = choices if not choices or kept in choices else {kept: _other(name, value), **choices}
    return Reading(name=name, label=_label(name), value=kept, short=_short(name, kept), why=why, choices=known)


def _choices(name: str) -> dict[str, str]:
    if name.startswith(_TYPE):
        return {code: gettext(words) for code, words in TYPES.items()}
    spoken = {"delimiter": _DELIMITERS, "paid": _PAID}.get(name)
    if spoken:
        return {value: gettext(words) for value, words in spoken.items()}
    return {"encoding": _ENCODINGS, "date": _DAYS, "decimal": _DECIMALS}.get(name, {})


def _label(name: str) -> str:
    if name.startswith(_TYPE):
        return gettext("“%(word)s” means") % {"word": name.removeprefix(_TYPE)}
    return gettext(_LABELS[name])


def _other(name: str, value: str) -> str:
    return day_words(value) if name == "date" else value


def _short(name: str, value: str) -> str:
    if name in _QUIET or name.startswith(_TYPE):
        return ""
    if name == "header-line" and value == "0":
        return gettext("no header line")
    if name == "header-line":
        return gettext("header in line %(line)s") % {"line": value}
    if name == "sheet":
        return gettext("sheet “%(name)s”") % {"name": value}
    if name == "date":
        return gettext("dates like %(example)s") % {"example": day_words(value)}
    if name == "decimal":
        return gettext("amounts like %(example)s") % {"example": reading_words(name, value)}
    return reading_words(name, value)


def _kept(name: str, value: str) -> str:
    return _plain(value) if name == "encoding" else value


def _plain(encoding: str) -> str:
    return encoding.lower().removesuffix("-sig").replace("_", "-") if encoding.lower().startswith("utf") else encoding

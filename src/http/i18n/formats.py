"""Amounts, counts and dates as a person of that language writes them.

Babel is asked once for each language and currency; each value then costs a microsecond (ui.md, section 4).
"""

from datetime import date, datetime
from decimal import Decimal
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_currency

from relance.core.kernel.money import decimal_text, minor_digits
from relance.http.i18n.speech import gettext, spoken

_NUMBERS = {"en": "en", "fr": "fr"}
_DATES = {"en": "en_GB", "fr": "fr"}
_PATTERNS = {"short": "d MMM", "medium": "d MMM y", "long": "EEEE d MMMM", "weekday": "EEE d MMM", "month": "MMMM y"}
_MEGABYTE = 1_000_000
_NARROW, _WIDE, _MINUS = "\u202f", "\u00a0", "\u2212"


def money(minor: int, currency: str) -> str:
    """An amount with its currency: `48 215,60 €`."""
    shape = _shape(spoken(), currency)
    before, after = shape.negative if minor < 0 else shape.positive
    return before + _figure(abs(minor), currency, shape) + after


def figure(minor: int, currency: str) -> str:
    """An amount without its currency, for tables of one currency."""
    sign = _MINUS if minor < 0 else ""
    return sign + _figure(abs(minor), currency, _shape(spoken(), currency))


def count(number: int) -> str:
    """A whole number with its groups."""
    sign = _MINUS if number < 0 else ""
    return sign + f"{abs(number):,}".replace(",", _shape(spoken(), "EUR").group)


def decimal(amount: Decimal) -> str:
    """An amount of no currency, with its groups and only the decimals it has."""
    shape = _shape(spoken(), "EUR")
    whole, _, decimals = f"{abs(amount):,f}".partition(".")
    sign = _MINUS if amount < 0 else ""
    return sign + whole.replace(",", shape.group) + (shape.decimal + decimals if decimals else "")


def data_size(size: int) -> str:
    """The size of a file: `84 kB`, `1.2 MB`."""
    if size < _MEGABYTE:
        return gettext("%(size)s kB") % {"size": count(max(1, round(size / 1000)))}
    return gettext("%(size)s MB") % {"size": decimal(Decimal(size // (_MEGABYTE // 10)) / 10)}


def day(value: date, width: str = "short") -> str:
    """A date as `9 Nov`; `medium` adds the year, `long` and `weekday` name the day of the week."""
    return _day(spoken(), value, width)


def moment(value: datetime, zone: str) -> str:
    """Day and time in a zone: `9 Nov, 10:30`."""
    local = value.astimezone(ZoneInfo(zone))
    return f"{day(local.date())}, {local:%H:%M}"


def clock_time(value: datetime, zone: str) -> str:
    """The time of day in a zone: `10:30`."""
    return f"{value.astimezone(ZoneInfo(zone)):%H:%M}"


def language_name(code: str) -> str:
    """What a language is called here."""
    name: str = Locale.parse(_NUMBERS[spoken()]).languages.get(code.replace("-", "_"), code)
    return name


def country_name(code: str) -> str:
    """What a country is called here."""
    name: str = Locale.parse(_NUMBERS[spoken()]).territories.get(code, code)
    return name


class _Shape:
    def __init__(self, language: str, currency: str) -> None:
        locale = _NUMBERS[language]
        self.positive = _around(Decimal("1"), currency, locale)
        self.negative = _around(Decimal("-1"), currency, locale)
        symbols = Locale.parse(locale).number_symbols["latn"]
        self.group = symbols["group"].replace(_NARROW, _WIDE)
        self.decimal = symbols["decimal"]


@cache
def _shape(language: str, currency: str) -> _Shape:
    return _Shape(language, currency)


def _around(amount: Decimal, currency: str, locale: str) -> tuple[str, str]:
    text = format_currency(amount, currency, locale=locale, currency_digits=False, format=_pattern(locale))
    before, after = text.split("1", 1)
    return before.replace("-", _MINUS).replace(_NARROW, _WIDE), after.replace(_NARROW, _WIDE)


def _pattern(locale: str) -> str:
    pattern: str = Locale.parse(locale).currency_formats["standard"].pattern
    return pattern.replace("0.00", "0")


def _figure(minor: int, currency: str, shape: _Shape) -> str:
    whole, _, cents = decimal_text(minor, currency).partition(".")
    grouped = f"{int(whole):,}".replace(",", shape.group)
    return grouped + (shape.decimal + cents if minor_digits(currency) else "")


@cache
def _day(language: str, value: date, width: str) -> str:
    pattern = _PATTERNS[width]
    text: str = format_date(value, pattern, locale=_DATES[language])
    return text[:1].upper() + text[1:] if width == "long" else text


def month(value: date) -> str:
    """A month and its year."""
    return day(value, "month")


def full_moment(value: datetime, zone: str) -> str:
    """Day, year and time, for what must be exact."""
    return str(format_datetime(value.astimezone(ZoneInfo(zone)), "d MMM y, HH:mm", locale=_DATES[spoken()]))

"""Amounts and dates as a language writes them: Babel is asked once for each language and currency."""

from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Literal

import msgspec
from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency, get_decimal_symbol, get_group_symbol

from relance.core.kernel.money import decimal_text, minor_digits

Width = Literal["short", "medium", "long"]
_NARROW_SPACE, _SPACE = "\u202f", "\u00a0"
_DATES = {"en": "en_GB"}
"""Day before month, month in letters: cannot be misread on either side of an ocean."""


class MoneyShape(msgspec.Struct, frozen=True):
    """What surrounds the figure, and what stands between its digits."""

    positive: tuple[str, str]
    negative: tuple[str, str]
    group: str
    point: str
    digits: int


def money_text(minor: int, currency: str, language: str, narrow: bool = True) -> str:
    """An amount with its currency; `narrow=False` widens the narrow blanks of some languages, for screens."""
    shape = _shape(currency, language)
    before, after = shape.negative if minor < 0 else shape.positive
    text = before + _figure(minor, currency, shape) + after
    return text if narrow else text.replace(_NARROW_SPACE, _SPACE)


def figure_text(minor: int, currency: str, language: str, narrow: bool = True) -> str:
    """An amount without its currency, for the cells of a table that names it elsewhere."""
    shape = _shape(currency, language)
    text = ("-" if minor < 0 else "") + _figure(minor, currency, shape)
    return text if narrow else text.replace(_NARROW_SPACE, _SPACE)


@lru_cache(maxsize=16384)
def date_text(day: date, language: str, width: Width = "medium") -> str:
    """A date as the language writes it; the days of a ledger repeat, so each is asked for once."""
    text = format_date(day, format=width, locale=locale_of(language, dates=True))
    return f"1er{text[1:]}" if day.day == 1 and language.startswith("fr") and width != "short" else text


@lru_cache(maxsize=64)
def locale_of(language: str, dates: bool = False) -> Locale:
    """Babel's locale of a BCP 47 tag."""
    tag = _DATES.get(language, language) if dates else language
    return Locale.parse(tag.replace("-", "_"))


def _figure(minor: int, currency: str, shape: MoneyShape) -> str:
    whole, _, part = decimal_text(abs(minor), currency).partition(".")
    grouped = f"{int(whole):,}".replace(",", shape.group)
    return f"{grouped}{shape.point}{part}" if part else grouped


@lru_cache(maxsize=512)
def _shape(currency: str, language: str) -> MoneyShape:
    locale = locale_of(language)
    return MoneyShape(
        positive=_around(Decimal(1), currency, locale),
        negative=_around(Decimal(-1), currency, locale),
        group=get_group_symbol(locale),
        point=get_decimal_symbol(locale),
        digits=minor_digits(currency),
    )


def _around(sample: Decimal, currency: str, locale: Locale) -> tuple[str, str]:
    """What Babel writes before and after the digits of one unit."""
    text = format_currency(sample, currency, locale=locale)
    digits = [at for at, char in enumerate(text) if char.isdigit()]
    return text[: digits[0]], text[digits[-1] + 1 :]

"""What one cell of text means: days, currencies, flags. None is the answer for what cannot be understood."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from relance.core.intake.digits import plain_digits
from relance.core.intake.foreign_days import BUDDHIST, ERA, REIWA, day_of_era, day_of_reiwa, from_buddhist
from relance.core.intake.month_names import MONTHS
from relance.core.intake.typed import is_typed, untyped
from relance.core.kernel.currencies import CURRENCIES

ISO = "iso"
SERIAL = "serial"
"""Days as a spreadsheet counts them: 1 is the first of January 1900."""
_ISO_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ].*|-\d\d\.\d\d\.\d\d.*|\.0+)?", re.ASCII)
_AMOUNTS = re.compile(r"[\d.,'\u2019+()\-\u2212\u00a0\u202f ]+")
_SERIAL_DAY = re.compile(r"(\d{5})(?:[.,]\d+)?", re.ASCII)
_WEEKDAY = re.compile(r"^[^\W\d_]{2,12}\.?,?\s+(?=\d{1,4}[./-]\d|\d{1,2}\.?\s[^\W\d_]|[^\W\d_]{3,}\.?\s\d)")
"""`Mon, ` before a whole date."""
_BLANK = re.compile(
    r"[-\u2013\u2014_]+|\.|n/?[ad]|null|none|nan|nat|nil|\(blank\)|\(null\)|0000-00-00|"
    r"(?:1900|1753|0001)-01-01(?:[T ].*)?",
    re.I,
)
_DASHES = re.compile(r"[-\u2013\u2014]+")
_YEARS = range(1901, 2100)
_CURRENCY_NAMES = {
    "AUD": "australian dollar",
    "BRL": "real, reais, brazilian real",
    "CAD": "canadian dollar, dollar canadien",
    "CHF": "swiss franc, franc suisse, schweizer franken, franken, francs suisses",
    "CNY": "yuan, chinese yuan, renminbi, \u4eba\u6c11\u5e01, \u4eba\u6c11\u5e63",
    "CZK": "czech koruna",
    "DKK": "danish krone, dansk krone, danske kroner",
    "EUR": "\u6b27\u5143, \u30e6\u30fc\u30ed, \u0435\u0432\u0440\u043e",
    "GBP": "pound, british pound, british pounds, pound sterling, livre sterling, sterling, \u82f1\u9551",
    "HKD": "hong kong dollar, \u6e2f\u5e01",
    "HUF": "forint, ft",
    "ILS": 'shekel, nis, \u05e9"\u05d7, \u05e9\u05d7',
    "INR": "rupee, rupees, indian rupee",
    "JPY": "yen, japanese yen, \u65e5\u5143",
    "MXN": "mexican peso, peso mexicano, pesos mexicanos",
    "NOK": "norwegian krone, norske kroner",
    "PLN": "zloty, z\u0142oty",
    "RON": "leu, leu romanesc",
    "RUB": "\u0440\u0443\u0431., \u0440\u0443\u0431, \u0440\u0443\u0431\u043b\u044c, russian ruble",
    "SEK": "swedish krona, svenska kronor",
    "TRY": "turkish lira, t\u00fcrk liras\u0131, lira",
    "USD": "us dollar, us dollars, u.s. dollar, usd dollar, dollar us, dollar am\u00e9ricain, us-dollar, "
    "d\u00f3lar americano, d\u00f3lar estadounidense, \u7f8e\u5143, \u7c73\u30c9\u30eb",
    "ZAR": "rand, south african rand",
}


def _by_name() -> dict[str, str]:
    return {name.strip().upper(): code for code, names in _CURRENCY_NAMES.items() for name in names.split(",")}


CURRENCY_SIGNS = {
    "\u20ac": "EUR",
    "EURO": "EUR",
    "EUROS": "EUR",
    "\u00a3": "GBP",
    "US$": "USD",
    "C$": "CAD",
    "A$": "AUD",
    "R$": "BRL",
    "\u20aa": "ILS",
    "\u20ba": "TRY",
    "\u20b9": "INR",
    "ZL": "PLN",
    "Z\u0141": "PLN",
    "LEI": "RON",
    "\u20a9": "KRW",
    "\u20ab": "VND",
    "\u20b4": "UAH",
    "KC": "CZK",
    "K\u010c": "CZK",
    "\u5143": "CNY",
    "RMB": "CNY",
    "\u5186": "JPY",
    "TL": "TRY",
    "SFR": "CHF",
    **_by_name(),
}
"""Signs that one currency has; a dollar sign alone, yen and crowns belong to several."""
_FLAGS = {
    **dict.fromkeys(("1", "true", "yes", "y", "x", "on", "oui", "o"), True),
    **dict.fromkeys(("0", "false", "no", "n", "", "off", "non"), False),
}
_DAY_MARKS = "/.-"
"""What stands between the numbers of a day."""


def parse_day(text: str, patterns: Sequence[str] = (ISO,)) -> date | None:
    """The first pattern that fits wins: strptime patterns, `iso` or `serial`. A time part is dropped.

    A cell that was a day already is YYYY-MM-DD, whatever the texts of its file are.
    """
    return next((found for found in _days_by(text, patterns) if found.year in _YEARS), None)


def is_far_day(text: str, patterns: Sequence[str]) -> bool:
    """Whether the cell is a day, but of a year in which nobody owes anything: 2999, or 0026 for 2026."""
    return parse_day(text, patterns) is None and next(_days_by(text, patterns), None) is not None


def is_never(text: str, patterns: Sequence[str]) -> bool:
    """Whether the cell is the last day of the calendar, which programs write for `never`."""
    return any(found == date.max for found in _days_by(text, patterns))


def is_blank(text: str) -> bool:
    """Whether the cell only says that there is nothing: `---`, `n/a`, `NULL`."""
    return _BLANK.fullmatch(text.strip()) is not None


def is_dash(text: str) -> bool:
    """Whether the cell is a dash, which bookkeepers write for zero."""
    return _DASHES.fullmatch(text.strip()) is not None


def parse_currency(text: str) -> str | None:
    """An ISO 4217 code in upper case, or the currency of a sign that only one has; an amount may stand beside it."""
    bare = _AMOUNTS.sub(" ", text) if any(map(str.isdigit, text)) else text
    code = " ".join(bare.upper().split())
    return code if code in CURRENCIES else CURRENCY_SIGNS.get(code)


def parse_country(text: str) -> str | None:
    """An ISO 3166 alpha-2 code in upper case; empty stays empty."""
    code = text.strip().upper()
    return code if re.fullmatch(r"([A-Z]{2})?", code) else None


def parse_language(text: str) -> str | None:
    """The two letters of a language, of `fr`, `FR` or `fr_FR`; empty stays empty."""
    code = text.strip().lower().replace("_", "-").partition("-")[0]
    return code if re.fullmatch(r"([a-z]{2})?", code) else None


def parse_flag(text: str) -> bool | None:
    """1 or 0, yes or no, x or nothing."""
    return _FLAGS.get(text.strip().lower())


def without_point(text: str) -> str:
    """`2960623488.0` is `2960623488`: numbers that passed through a spreadsheet or a data frame."""
    return re.sub(r"^([0-9]+)\.0*$", r"\1", text.strip())


def _days_by(text: str, patterns: Sequence[str]) -> Iterator[date]:
    if is_typed(text):
        text, patterns = untyped(text), (ISO, *patterns)
    return (found for pattern in patterns if (found := _day_by(text, pattern)) is not None)


def _day_by(text: str, pattern: str) -> date | None:
    text = _WEEKDAY.sub("", plain_digits(text)) if text[:1].isalpha() else plain_digits(text)
    if pattern == ERA:
        return day_of_era(text)
    if pattern == REIWA:
        return day_of_reiwa(text)
    if pattern.startswith(BUDDHIST):
        plain = pattern.removeprefix(BUDDHIST)
        return _strptime_day(from_buddhist(text, short="%y" in plain), plain.replace("%y", "%Y"))
    if pattern == ISO:
        return _iso_day(text)
    if pattern == SERIAL:
        return _serial_day(text)
    return _strptime_day(text, pattern)


def _serial_day(text: str) -> date | None:
    found = _SERIAL_DAY.fullmatch(text.strip())
    return date(1899, 12, 30) + timedelta(days=int(found[1])) if found else None


def _iso_day(text: str) -> date | None:
    found = _ISO_DAY.fullmatch(text.strip())
    if not found:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def _strptime_day(text: str, pattern: str) -> date | None:
    if "%b" in pattern:
        text, pattern = _month_as_number(text), pattern.replace("%b", "#%m")
    if any(mark in pattern and mark not in text for mark in _DAY_MARKS):
        return None  # as strptime would say, in a tenth of its time
    words = text.strip().split(" ")
    for candidate in (text.strip(), " ".join(words[: pattern.count(" ") + 1])):
        try:
            return datetime.strptime(candidate, pattern).date()  # noqa: DTZ007 - a calendar day has no zone
        except ValueError:
            continue
    return None


def _month_as_number(text: str) -> str:
    """`05-MAR-26` as `05-#3-26`, in whichever of our languages the month is written."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(char))
    plain = re.sub(r"\b(?:de|di|del|of)\b ?", "", plain.replace("\u0131", "i"))
    plain = re.sub(r"(?<=\d)(?:er|st|nd|rd|th|[ao])\b", "", plain)
    return re.sub(r"([a-z]+)\.?", lambda word: f"#{MONTHS.get(word[1], word[1])}", plain)

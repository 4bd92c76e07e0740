"""What one cell of text means: days, currencies, flags, terms. None is the answer for what cannot be understood."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

ISO = "iso"
_ISO_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ].*)?", re.ASCII)
_YEARS = range(1900, 2200)
_FLAGS = {
    **dict.fromkeys(("1", "true", "yes", "y", "x", "on", "oui", "o"), True),
    **dict.fromkeys(("0", "false", "no", "n", "", "off", "non"), False),
}
_TERMS = re.compile(
    r"(?:net\s*)?(\d{1,3})\s*(?:d|days?|j|jours?)?\s*(eom|end of month|fdm|fin de mois)?", re.I | re.ASCII
)


def parse_day(text: str, patterns: Sequence[str] = (ISO,)) -> date | None:
    """The first pattern that fits wins: strptime patterns, or `iso`. A time part is dropped."""
    for pattern in patterns:
        found = _iso_day(text) if pattern == ISO else _strptime_day(text, pattern)
        if found is not None and found.year in _YEARS:
            return found
    return None


def parse_currency(text: str) -> str | None:
    """An ISO 4217 code in upper case."""
    code = text.strip().upper()
    return code if re.fullmatch(r"[A-Z]{3}", code) else None


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


def parse_terms(text: str) -> tuple[int, bool] | None:
    """Days after the issue date, and whether it then runs to the end of the month: `30`, `net 45`, `30 days eom`."""
    found = _TERMS.fullmatch(text.strip())
    return (int(found[1]), found[2] is not None) if found else None


def due_after(issued_on: date, terms: tuple[int, bool]) -> date:
    """The due date that terms give."""
    days, to_month_end = terms
    due = issued_on + timedelta(days=days)
    if not to_month_end:
        return due
    return (due.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def without_point(text: str) -> str:
    """`2960623488.0` is `2960623488`: numbers that passed through a spreadsheet or a data frame."""
    return re.sub(r"^([0-9]+)\.0*$", r"\1", text.strip())


def _iso_day(text: str) -> date | None:
    found = _ISO_DAY.fullmatch(text.strip())
    if not found:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def _strptime_day(text: str, pattern: str) -> date | None:
    words = text.strip().split(" ")
    for candidate in (text.strip(), " ".join(words[: pattern.count(" ") + 1])):
        try:
            return datetime.strptime(candidate, pattern).date()  # noqa: DTZ007 - a calendar day has no zone
        except ValueError:
            continue
    return None

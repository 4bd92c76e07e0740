"""Amounts and dates as people type them, in their own way or in the plain one."""

import re
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from relance.core.kernel.errors import BadInput
from relance.core.kernel.money import minor_digits, to_minor
from relance.http.i18n.speech import gettext, spoken

_SPACES = re.compile(r"[\s\u00a0\u202f']")
_AMOUNT = re.compile(r"-?\d+([.,]\d+)*")
_DECIMAL_MARK = {"fr": ",", "en": "."}


def read_amount(text: str, currency: str) -> int:
    """Minor units of what was typed; raises BadInput when it is no amount, or could be two."""
    compact = _SPACES.sub("", text).replace("\u2212", "-").replace(currency, "")
    if not _AMOUNT.fullmatch(compact):
        raise BadInput(gettext("%(text)s is not an amount.") % {"text": repr(text)})
    try:
        minor, rounded = to_minor(Decimal(_plain(compact, currency)), currency)
    except InvalidOperation as wrong:
        raise BadInput(gettext("%(text)s is not an amount.") % {"text": repr(text)}) from wrong
    if rounded:
        raise BadInput(gettext("%(text)s has too many decimals.") % {"text": repr(text)})
    return minor


def read_day(text: str, today: date) -> date | None:
    """A day as a browser sends it, or `+12` for twelve days from today; None for nothing. Raises BadInput."""
    text = text.strip()
    if not text:
        return None
    if re.fullmatch(r"\+\d{1,3}", text):
        return today + timedelta(days=int(text[1:]))
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise BadInput(gettext("%(text)s is not a date.") % {"text": repr(text)}) from wrong


def _plain(text: str, currency: str) -> str:
    """With a dot for the decimals and no groups: the last mark wins, a single one is read as the language does."""
    marks = [char for char in text if char in ".,"]
    if not marks:
        return text
    last, tail = marks[-1], len(text) - text.rindex(marks[-1]) - 1
    groups = tail == 3 and minor_digits(currency) != 3 and (len(set(marks)) == 1)
    if groups and (len(marks) > 1 or last != _DECIMAL_MARK[spoken()]):
        return text.replace(last, "")
    other = "," if last == "." else "."
    return text.replace(other, "").replace(last, ".")

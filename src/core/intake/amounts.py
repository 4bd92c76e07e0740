"""Amounts as people and programs write them; digits only, never floating point. The reference for the fast reader."""

import re
from decimal import Decimal
from functools import lru_cache

from relance.core.intake.digits import plain_digits
from relance.core.intake.typed import is_typed, untyped
from relance.core.kernel.money import to_minor

MOST_DIGITS = 15
"""Digits before the decimal mark; more than that is no amount, and fewer fit in 64 bits with any currency's cents."""
SPACES = "\u00a0\u202f\u2009\u2019 '"
"""Marks between thousands that no file uses for decimals."""
MINUSES = "\u2212\u25b2\u25b3"
"""Signs for a minus beside the hyphen; triangles are Japanese."""
_TO_HYPHEN = dict.fromkeys(map(ord, MINUSES), "-")
PLAIN_MARKS = r"[^0-9.,+-]"
"""What an amount holds only where something stands around it."""
_SIGNS = "$\u20ac\u00a3\u00a5\u20aa\u20ba\u20b9\u20a9\u20ab\u20b4"
_CURRENCY = rf"(?:[A-Z]{{3}}|[A-Z]{{0,2}}[{_SIGNS}]|z\u0142|K\u010d|kr\.?|Fr\.|TL|\u5143|\u5186)"
AROUND = (
    (r"^\((.*)\)$", "-${1}"),
    (r"([0-9.,])(?:CR|Cr|cr|H|C|A)$", "${1}-"),
    (r"([0-9.,])(?:DR|Dr|dr|S|D)$", "${1}"),
    (rf"^([+-]?){_CURRENCY}", "${1}"),
    (rf"{_CURRENCY}([+-]?)$", "${1}"),
    (r"^\(([^-()]*)\)$", "-${1}"),
)
"""What may stand around an amount and is taken away: brackets for a minus, debit and credit, currencies."""

_MARKED = re.compile(PLAIN_MARKS)
_WITHOUT_SPACES = dict.fromkeys(map(ord, SPACES))
_AROUND = tuple((re.compile(pattern), re.sub(r"\$\{(\d)\}", r"\\\1", left)) for pattern, left in AROUND)


@lru_cache(maxsize=4)
def amount_pattern(decimal: str) -> str:
    """The shape of an amount, spaces removed: sign, whole digits, decimals, sign after the number (as SAP writes)."""
    point, comma = re.escape(decimal), re.escape(other_mark(decimal))
    indian = rf"[0-9]{{1,2}}(?:{comma}[0-9]{{2}}){{1,5}}{comma}[0-9]{{3}}"
    whole = rf"[0-9]{{1,{MOST_DIGITS}}}|[0-9]{{1,3}}(?:{comma}[0-9]{{3}}){{1,4}}|{indian}"
    return rf"^([+-]?)({whole})?(?:{point}([0-9]*))?([+-]?)$"


def other_mark(decimal: str) -> str:
    """The mark that may stand between thousands where `decimal` is before the decimals."""
    return "," if decimal == "." else "."


def bare_amount(text: str) -> str:
    """The digits, marks and signs of an amount alone."""
    bare = plain_digits(text).strip().translate(_TO_HYPHEN).translate(_WITHOUT_SPACES)
    if _MARKED.search(bare):
        for pattern, left in _AROUND:
            if pattern.search(bare):  # most are not there, and replacing costs six times as much as looking
                bare = pattern.sub(left, bare)
    return bare


def parse_amount(text: str, currency: str, decimal: str = ".", stated: bool = False) -> tuple[int, bool] | None:
    """Minor units rounded half-up, and whether anything was rounded away; None for what is no amount.

    Where the file's style was not `stated`, `1,234` is refused: it means a thousand to some and one to others. A cell
    that was a number already has a decimal point, whatever the texts of its file have.
    """
    if is_typed(text):
        text, decimal = untyped(text), "."
    bare = bare_amount(text)
    found = re.fullmatch(amount_pattern(decimal), bare)
    if not found:
        return None
    before, whole, decimals, after = found.groups()
    if (before and after) or not (whole or decimals):
        return None
    if not stated and decimals is None and other_mark(decimal) in (whole or ""):
        return None
    digits = f"{(whole or '0').replace(other_mark(decimal), '')}.{decimals or '0'}"
    minor, rounded = to_minor(Decimal(digits), currency)
    return (-minor if "-" in (before, after) else minor), rounded

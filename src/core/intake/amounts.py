"""Amounts as people and programs write them; digits only, never floating point. The reference for the fast reader."""

import re
from decimal import Decimal
from functools import lru_cache

from relance.core.kernel.money import to_minor

MOST_DIGITS = 15
"""Digits before the decimal mark; more than that is no amount, and fewer fit in 64 bits with any currency's cents."""
SPACES = "\u00a0\u202f '"
"""Marks between thousands that no file uses for decimals."""
MINUS = "\u2212"


@lru_cache(maxsize=4)
def amount_pattern(decimal: str) -> str:
    """The shape of an amount, spaces removed: sign, whole digits, decimals, sign after the number (as SAP writes)."""
    point, comma = re.escape(decimal), re.escape(other_mark(decimal))
    whole = rf"[0-9]{{1,{MOST_DIGITS}}}|[0-9]{{1,3}}(?:{comma}[0-9]{{3}}){{1,4}}"
    return rf"^([+-]?)({whole})?(?:{point}([0-9]*))?([+-]?)$"


def other_mark(decimal: str) -> str:
    """The mark that may stand between thousands where `decimal` is before the decimals."""
    return "," if decimal == "." else "."


def parse_amount(text: str, currency: str, decimal: str = ".", stated: bool = False) -> tuple[int, bool] | None:
    """Minor units rounded half-up, and whether anything was rounded away; None for what is no amount.

    Where the file's style was not `stated`, `1,234` is refused: it means a thousand to some and one to others.
    """
    bare = text.strip().replace(MINUS, "-").translate(dict.fromkeys(map(ord, SPACES)))
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

"""Cells that a workbook or a document holds as numbers or days: what they mean, no option of the file decides."""

from decimal import Decimal

TYPED = "\x1d"
"""Stands before the text of such a cell: a number with a decimal point, or a day as YYYY-MM-DD. No text begins so."""
_MOST_DIGITS = 40


def typed_number(text: str) -> str:
    """A number as JSON and XML write it (`1.5E3` too): marked where it has a point that could be misread."""
    number = Decimal(text)
    if abs(number.adjusted()) > _MOST_DIGITS:
        return text
    plain = format(number, "f")
    return TYPED + plain if "." in plain else plain


def is_typed(text: str) -> bool:
    """Whether the cell says itself what it is."""
    return text.startswith(TYPED)


def untyped(text: str) -> str:
    """The text as a person reads it."""
    return text.removeprefix(TYPED)

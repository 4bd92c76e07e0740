"""How columns write their amounts: which mark is before the decimals, decided over all of them."""

import re
from collections.abc import Iterable

import msgspec

from relance.core.intake.amounts import bare_amount

_SHAPE = re.compile(r"[+-]?[0-9][0-9.,]*[+-]?|[+-]?[.,][0-9]+[+-]?")
_BOTH = re.compile(r"[+-]?[0-9]{1,3}(?:([.,])[0-9]{2,3})+(?!\1)([.,])[0-9]*[+-]?")
_GROUPS = re.compile(r"[+-]?[0-9]{1,3}([.,])[0-9]{2,3}(?:\1[0-9]{2,3})*\1[0-9]{3}[+-]?")
_ONE = re.compile(r"[+-]?([0-9]*)([.,])([0-9]*)[+-]?")


class AmountStyle(msgspec.Struct, frozen=True, kw_only=True):
    """`decimal` is empty where no value says it; `open_example` is a value that means two things then.

    `against` is a value that says the other mark: then a person must look.
    """

    decimal: str = ""
    example: str = ""
    open_example: str = ""
    against: str = ""


def is_amount(text: str) -> bool:
    """Whether this is an amount with one mark or the other."""
    return _SHAPE.fullmatch(bare_amount(text)) is not None


def amount_style(values: Iterable[str]) -> AmountStyle:
    """What the distinct values of all amount columns say together."""
    says: dict[str, list[str]] = {".": [], ",": []}
    open_ones: list[str] = []
    spaced = False
    for value in values:
        bare = bare_amount(value)
        spaced = spaced or re.search(r"\d[\s'\u2019]\d{3}\b", value.strip()) is not None
        mark = _decimal_of(bare)
        if mark:
            says[mark].append(value)
        elif mark is None:
            open_ones.append(value)
    if spaced and open_ones and not says["."] and not says[","]:
        mark = "," if "," in open_ones[0] else "."
        says[mark] = open_ones
    if says["."] and says[","]:
        most, least = sorted((".", ","), key=lambda mark: -len(says[mark]))
        return AmountStyle(decimal=most, example=says[most][0], against=says[least][0])
    if not says["."] and not says[","]:
        return AmountStyle(open_example=open_ones[0] if open_ones else "")
    decimal = "." if says["."] else ","
    return AmountStyle(decimal=decimal, example=says[decimal][0])


def _decimal_of(bare: str) -> str | None:
    """The mark before the decimals; empty where none is needed, None where it cannot be told."""
    both = _BOTH.fullmatch(bare)
    if both:
        return both[2]
    groups = _GROUPS.fullmatch(bare)
    if groups:
        return "," if groups[1] == "." else "."
    one = _ONE.fullmatch(bare)
    if not one:
        return ""
    whole, mark, decimals = one.groups()
    if len(decimals) == 3 and 1 <= len(whole) <= 3 and whole.strip("0") != "":
        return None
    return mark if decimals else ""

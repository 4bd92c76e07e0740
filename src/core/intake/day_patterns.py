"""How a person says that dates are written: one or several patterns, checked before a row is read."""

import re

from relance.core.intake.cells import ISO, SERIAL
from relance.core.intake.foreign_days import BUDDHIST, ERA, REIWA
from relance.core.kernel.errors import BadInput

_PARTS = {
    "%d": "day",
    "%m": "month",
    "%b": "month",
    "%Y": "year",
    "%y": "year",
    "%H": "",
    "%M": "",
    "%S": "",
    "%f": "",
    "%I": "",
    "%p": "",
}
_ALLOWED = (
    "iso, serial (a spreadsheet's numbers), era (years of Japan's eras), reiwa (years of the present one without its"
    " name), or a day, a month and a year such as %d/%m/%Y, %m/%d/%y"
    " or %d %b %Y (%b is a month's name; be: before it for Buddhist years); parts are"
    f" {' '.join(_PARTS)}; several patterns are parted by |"
)


def day_patterns(text: str) -> tuple[str, ...]:
    """The patterns of the option `date`; raises BadInput that says which part is none, and what is allowed."""
    patterns = tuple(filter(None, text.split("|")))
    if not patterns:
        raise BadInput(f"date={text!r} names no pattern: write {_ALLOWED}")
    for pattern in patterns:
        _check(pattern)
    return patterns


def _check(pattern: str) -> None:
    pattern = pattern.removeprefix(BUDDHIST)
    if pattern in {ISO, SERIAL, ERA, REIWA}:
        return
    parts = re.findall(r"%.?", pattern.replace("%%", ""))
    wrong = next((part for part in parts if part not in _PARTS), "")
    if wrong:
        raise BadInput(f"date={pattern!r}: {wrong!r} is no part of a date; write {_ALLOWED}")
    meant = sorted(filter(None, (_PARTS[part] for part in parts)))
    if meant != ["day", "month", "year"]:
        raise BadInput(f"date={pattern!r} needs one day, one month and one year; write {_ALLOWED}")

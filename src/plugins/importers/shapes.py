"""What one cell looks like: a label, a number, a day, a code, nothing."""

import re
from typing import Literal

Shape = Literal["empty", "number", "period", "day", "code", "label", "text"]
_NUMBER = re.compile(
    r"[-+(]?\s*[^\W\d_]{0,3}[$€£¥]?\s*[-+]?\d[\d\s.,'\u2019\u00a0\u202f]*\s*[%€$£¥)]?\s*[^\W\d_]{0,3}[-+]?"
)
_DAY = re.compile(r"\d{1,4}[-/. ]\w{1,9}[-/. ]\d{1,4}([T ]\d{1,2}:\d\d(:\d\d(\.\d+)?)?Z?)?")
_PERIOD = re.compile(r"(19|20)\d\d|\d{1,3}\s*[-\u2013/]\s*\d{1,3}|[<>]=?\s*\d{1,3}|\d{1,3}\s*\+")
_LONG = 60


def shape_of(cell: str) -> Shape:
    """A label is short, has letters and few digits; a code has many digits; a period is a year or a span of days."""
    cell = cell.strip()
    if not cell or not any(map(str.isalnum, cell)):
        return "empty"
    if _DAY.fullmatch(cell):
        return "day"
    if _PERIOD.fullmatch(cell):
        return "period"
    if _NUMBER.fullmatch(cell):
        return "number"
    digits = sum(map(str.isdigit, cell))
    if digits * 3 > len(cell) or "@" in cell:
        return "code"
    return "label" if len(cell) <= _LONG else "text"

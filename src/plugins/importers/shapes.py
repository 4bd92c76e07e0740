"""What one cell looks like: a label, a number, a day, a code, nothing."""

import re
from typing import Literal

Shape = Literal["empty", "number", "period", "day", "code", "label", "text"]
_NUMBER = re.compile(
    r"[-+(]?\s*[^\W\d_]{0,3}[$€£¥]?\s*[-+]?\d[\d\s.,'\u2019\u00a0\u202f]*\s*[%€$£¥)]?\s*[^\W\d_]{0,3}[-+]?"
)
_DAY = re.compile(
    r"(?:[^\W\d_]{1,2})?\d{1,4}\u5e74\s?\d{1,2}\u6708\s?\d{1,2}\u65e5|[RHS]\d{1,2}[./-]\d{1,2}[./-]\d{1,2}|"
    r"\d{1,4}[-/. ]\w{1,9}[-/. ]\d{1,4}([T ]\d{1,2}:\d\d(:\d\d(\.\d+)?)?Z?)?"
)
_UNIT = (
    r"(?:\s*\(?(?:d|j|t|days?|jours?|tagen?|d[ií]as?|giorni|gg|dagen|dgn|dni|zile|dagar|dana|g[uü]n|months?|mois|monate?n?|"
    r"mes(?:es)?|mesi|m[åa]n(?:ader)?)\b\.?\)?)?"
)
_BEYOND = (
    r"(?:(?:[<>]=?|\+|over|plus|m[aá]s|mais|oltre|[uü]ber|ab|meer dan|powy[zż]ej|ponad|peste|[oö]ver|preko)"
    r"(?:\s+(?:de|que))?)"
)
_SPAN = r"(?:from |de |von |van |da |od )?\d{1,3}\s*(?:[-\u2013/~]|to|[aàá]|bis|t/m|tot|do|la|till|ate|até)\s*\d{1,3}"
_AND_MORE = r"(?:\+|and (?:over|above|older)|et plus|o m[aá]s|y m[aá]s|e oltre|und mehr|en meer)"
_PERIOD = re.compile(rf"(19|20)\d\d|{_SPAN}{_UNIT}|{_BEYOND}\s*\d{{1,3}}{_UNIT}|\d{{1,3}}{_UNIT}\s*{_AND_MORE}", re.I)
"""A year or a span of days."""
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

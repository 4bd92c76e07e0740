"""Days that are counted otherwise: by Japanese eras, from the Buddha, from the founding of a republic."""

import re
from collections.abc import Sequence
from datetime import date

ERA = "era"
"""Years of an era that the cell names itself: 令和8年9月14日, R8.9.14."""
BUDDHIST = "be:"
"""A pattern that begins so has years of the Buddhist era: be:%d/%m/%Y reads 14/09/2569."""
REIWA = "reiwa"
"""Years of the present era without its name: 8.9.14, 08/09/14."""
_BEFORE = 543
_BUDDHIST_YEAR = re.compile(r"(?<!\d)2[45]\d\d(?!\d)|(?<!\d)26[0-4]\d(?!\d)")
_SHORT_YEAR = re.compile(r"(?<!\d)[678]\d$")
"""From 2560 to 2589: as years of ours they are long ago or far away."""
_BARE = re.compile(r"(\d{1,2})([./-])\d{1,2}\2\d{1,2}")
_ERAS = {
    "\u4ee4\u548c": 2018,
    "R": 2018,
    "\u5e73\u6210": 1988,
    "H": 1988,
    "\u662d\u548c": 1925,
    "S": 1925,
    "\u6c11\u570b": 1911,
    "\u6c11\u56fd": 1911,
}
"""The year before the first of each."""
_REIWA_NOW = 15
"""Beyond this year of it nothing falls due yet."""
_DAY = re.compile(
    rf"({'|'.join(_ERAS)}) ?\.?(\d{{1,3}}|\u5143)(?:\u5e74|[./-]) ?(\d{{1,2}})(?:\u6708|[./-]) ?(\d{{1,2}})\u65e5?",
    re.I,
)


def day_of_era(text: str) -> date | None:
    """The day of a text that names its era; None for none."""
    found = _DAY.fullmatch(text.strip())
    if not found:
        return None
    year = 1 if found[2] == "\u5143" else int(found[2])
    try:
        return date(_ERAS[found[1].upper()] + year, int(found[3]), int(found[4]))
    except ValueError:
        return None


def day_of_reiwa(text: str) -> date | None:
    """The day of a text whose first number is a year of that era; None for none."""
    found = _BARE.fullmatch(text.strip())
    return day_of_era(f"R{text.strip()}") if found and int(found[1]) else None


def from_buddhist(text: str, short: bool = False) -> str:
    """The text with the year that we count; empty where it has none of the Buddhist era. `short` ones end it: 69."""
    if short:
        year = _SHORT_YEAR.search(text.strip())
        return f"{text.strip()[: year.start()]}{int(year[0]) + 2500 - _BEFORE}" if year else ""
    found = _BUDDHIST_YEAR.search(text)
    return f"{text[: found.start()]}{int(found[0]) - _BEFORE}{text[found.end() :]}" if found else ""


def may_be_short(values: Sequence[str]) -> tuple[bool, bool]:
    """Whether all texts may have years of Reiwa in front, and whether two digits of the Buddha's behind."""
    bare = [_BARE.fullmatch(value.strip()) for value in values]
    reiwa = all(found and 0 < int(found[1]) <= _REIWA_NOW for found in bare)
    return reiwa, all(found and _SHORT_YEAR.search(found[0]) for found in bare)


def may_be_foreign(texts: str) -> tuple[bool, bool]:
    """Whether texts may name eras, and whether they may have years of the Buddhist era."""
    return bool(re.search("|".join(_ERAS), texts)), _BUDDHIST_YEAR.search(texts) is not None

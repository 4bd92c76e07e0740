"""Payment terms as people write them: days, end of month, a day of the month."""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

_DAYS = r"(?P<days>\d{1,3})"
_UNIT_WORDS = (
    "d day days j jour jours t tag tage dia dias d\u00eda d\u00edas gg giorni dagen dgn dni zile dagar dgr dana "
    "g\u00fcn gun \u5929 \u65e5"
)
_NET = r"(?:net(?:to)?|n|sans|terms?)?"
_MONTH_END_WORDS = (
    "eom,end of month,end of the month,month end,fdm,fin de mois,dffm,df,fm,monatsende,me,ultimo,fin de mes,fine mese,"
    "fim do m\u00eas,fim do mes,einde maand,koniec miesi\u0105ca,sf\u00e2r\u0219it de lun\u0103,m\u00e5nadens slut,"
    "kraj mjeseca,ay sonu,\u6708\u7d50,\u6708\u7ed3,\u6708\u672b"
)
_AT_ONCE_WORDS = (
    "due on receipt,upon receipt,on receipt,immediate,immediately,cash,cod,prepaid,comptant,\u00e0 r\u00e9ception,"
    "a reception,sofort,sofort f\u00e4llig,contado,al contado,rimessa diretta,a vista,\u00e0 vista,contant,"
    "got\u00f3wka,numerar,kontant,odmah,pe\u015fin,\u73b0\u91d1,\u5373\u671f,\u73fe\u91d1"
)


def _any_of(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_UNIT = rf"(?:{_any_of(_UNIT_WORDS.split())})?\.?"
_MONTH_END = rf"(?P<eom>{_any_of(_MONTH_END_WORDS.split(','))})?"
_THEN = r"(?:(?:le|the|am|el|il|on|\+)? ?(?P<day>\d{1,2})(?:th|st|nd|rd|\.)?)?"
_TERMS = re.compile(rf"{_NET} ?{_DAYS} ?{_UNIT} ?(?:net(?:to)?)? ?{_MONTH_END} ?{_THEN}", re.I)
_DISCOUNT = re.compile(r"\d{1,2}(?:[.,]\d+)?\s*%?\s*/?\s*\d{1,3}\s*,?\s*(?:net|n)\s*/?\s*(?P<days>\d{1,3})", re.I)
_AT_ONCE = re.compile(_any_of(_AT_ONCE_WORDS.split(",")), re.I)


class Terms(NamedTuple):
    """Days after the issue date, whether it then runs to the end of the month, and on to a day of the next one."""

    days: int
    month_end: bool = False
    then_day: int = 0


def parse_terms(text: str) -> Terms | None:
    """`30`, `net 45`, `30 days end of month`, `30 EOM 15`, `2/10 net 30`, `due on receipt`."""
    plain = " ".join(text.split())
    discount = _DISCOUNT.fullmatch(plain)
    if discount:
        return Terms(int(discount["days"]))
    if _AT_ONCE.fullmatch(plain):
        return Terms(0)
    found = _TERMS.fullmatch(plain)
    if not found or (found["day"] and not found["eom"]) or int(found["day"] or 0) > 31:
        return None
    return Terms(int(found["days"]), found["eom"] is not None, int(found["day"] or 0))


def due_after(issued_on: date, terms: Terms) -> date:
    """The due date that terms give."""
    due = issued_on + timedelta(days=terms.days)
    if not terms.month_end:
        return due
    due = _month_end(due)
    if not terms.then_day:
        return due
    after = due + timedelta(days=1)
    return after.replace(day=min(terms.then_day, monthrange(after.year, after.month)[1]))


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])

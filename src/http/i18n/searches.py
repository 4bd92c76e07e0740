"""A search in words, as the filters of a list say it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from relance.core.customers.criteria import criterion_of
from relance.core.customers.search import TODAY, AnyOf, Clause, Every, Not, Search, amount_in, is_filled
from relance.core.kernel.money import to_minor
from relance.http.i18n.criteria import criterion_words
from relance.http.i18n.formats import country_name, day, decimal, language_name, money
from relance.http.i18n.speech import gettext, marked, ngettext
from relance.http.i18n.words import words_of

Known = Mapping[tuple[str, str], str]
"""Criterion and value to what people call the value: scenarios by code, people by address."""
_MOST_NAMED = 3
_PLAIN = {
    "=": marked("%(what)s: %(value)s"),
    "!=": marked("%(what)s is not %(value)s"),
    "in": marked("%(what)s: %(value)s"),
    "not in": marked("%(what)s is not %(value)s"),
    "contains": marked("%(what)s contains “%(value)s”"),
    "<": marked("%(what)s under %(value)s"),
    "<=": marked("%(what)s up to %(value)s"),
    ">": marked("%(what)s over %(value)s"),
    ">=": marked("%(what)s from %(value)s"),
}
_DAYS = {
    "<": marked("%(what)s before %(value)s"),
    "<=": marked("%(what)s until %(value)s"),
    ">": marked("%(what)s after %(value)s"),
    ">=": marked("%(what)s since %(value)s"),
}
_CODES = {
    "yes": marked("yes"),
    "no": marked("no"),
    "promise": marked("Promise to pay"),
    "dispute": marked("Dispute"),
    "pause": marked("Pause"),
    "invoice": marked("Invoice"),
    "credit-note": marked("Credit note"),
    "payment": marked("Payment"),
    "miscellaneous": marked("Miscellaneous"),
    "draft": marked("Draft"),
    "down-payment-request": marked("Down-payment request"),
}
_CODED = frozenset(("item.type", "item.status"))


def search_words(search: Search, known: Known) -> str:
    """What the search asks for."""
    if isinstance(search, Clause):
        return _clause_words(search, known)
    if isinstance(search, Not):
        if is_filled(search) and isinstance(search.part, Clause):
            return gettext("%(what)s: filled in") % {"what": criterion_words(search.part.criterion)}
        return gettext("not (%(what)s)") % {"what": search_words(search.part, known)}
    sign = gettext(" and ") if isinstance(search, Every) else gettext(" or ")
    return sign.join(_within(part, search, known) for part in search.parts)


def value_words(criterion: str, value: str, known: Known) -> str:
    """One value as people call it."""
    if (criterion, value) in known:
        return known[criterion, value]
    sort = criterion_of(criterion).sort
    if sort == "day":
        return day_words(value)
    if sort == "amount":
        return _amount_words(value)
    if sort == "flag" or criterion in _CODED:
        return gettext(_CODES.get(value.lower(), value))
    if criterion == "country":
        return country_name(value.upper())
    if criterion == "language":
        return language_name(value)
    return words_of(value) if criterion.endswith("payment-method") else value


def day_words(value: str) -> str:
    """A day, or how far it is from the day of the search."""
    text = value.strip().lower()
    if not text.startswith(TODAY):
        return day(date.fromisoformat(text), "medium")
    days = int(text.removeprefix(TODAY) or "0")
    if days == 0:
        return gettext("today")
    if days < 0:
        return ngettext("%(num)s day ago", "%(num)s days ago", -days) % {"num": -days}
    return ngettext("in %(num)s day", "in %(num)s days", days) % {"num": days}


def _clause_words(clause: Clause, known: Known) -> str:
    what = criterion_words(clause.criterion)
    if clause.operator == "is empty":
        return gettext("%(what)s: none") % {"what": what}
    is_day = criterion_of(clause.criterion).sort == "day"
    pattern = (_DAYS if is_day else _PLAIN).get(clause.operator, _PLAIN[clause.operator])
    return gettext(pattern) % {"what": what, "value": _values(clause, known)}


def _values(clause: Clause, known: Known) -> str:
    values = [value_words(clause.criterion, value, known) for value in clause.values[:_MOST_NAMED]]
    more = len(clause.values) - len(values)
    if more > 1:
        return gettext("%(values)s and %(num)s more") % {"values": ", ".join(values), "num": more}
    if more == 1:
        values.append(value_words(clause.criterion, clause.values[-1], known))
    return ", ".join(values[:-1]) + gettext(" or ") + values[-1] if len(values) > 1 else values[0]


def _amount_words(value: str) -> str:
    amount, currency = amount_in(value)
    if currency:
        return money(to_minor(amount, currency)[0], currency)
    return decimal(amount if amount % 1 else Decimal(int(amount)))


def _within(part: Search, whole: Search, known: Known) -> str:
    words = search_words(part, known)
    return f"({words})" if isinstance(part, Every | AnyOf) and type(part) is not type(whole) else words

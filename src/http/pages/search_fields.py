"""The form of one filter: which fields a criterion needs, and the part of a search that was filled in."""

from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

from relance.core.customers.criteria import CUSTOM, ITEM_CUSTOM, Criterion, criterion_of
from relance.core.customers.mass_changes import codes_in
from relance.core.customers.search import TODAY, Clause, Every, Not, Operator, Search, checked
from relance.core.kernel.errors import BadInput
from relance.core.kernel.money import decimal_text
from relance.core.ledger.items import ITEM_TYPES, PAYMENT_METHODS
from relance.http.i18n.criteria import GROUPS, criterion_words
from relance.http.i18n.reading import read_amount
from relance.http.i18n.searches import Known, value_words
from relance.http.i18n.speech import gettext, marked, spoken
from relance.ports.store.suggestions import Suggestions

FieldKind = Literal["choice", "text", "day", "amount", "number", "flag"]
Ask = Literal["in", "not in", "contains", "=", "!=", "range", "is empty", "is filled"]
_ASKS: dict[FieldKind, tuple[Ask, ...]] = {
    "choice": ("in", "not in", "is empty", "is filled"),
    "text": ("contains", "in", "not in", "is empty", "is filled"),
    "day": ("range", "is empty", "is filled"),
    "amount": ("range", "!="),
    "number": ("range", "!="),
    "flag": ("=",),
}
_ASK_WORDS: dict[str, str] = {
    "in": marked("is one of"),
    "not in": marked("is none of"),
    "contains": marked("contains"),
    "=": marked("is"),
    "!=": marked("is not"),
    "range": marked("from, to"),
    "is empty": marked("has none"),
    "is filled": marked("is filled in"),
}
_ANY = "EUR"
"""Amounts of no currency are read with two decimals."""
_HOLDS = ("promise", "dispute", "pause")


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """What to draw: operators with their words, and for choices value and words of each."""

    kind: FieldKind
    asks: tuple[tuple[Ask, str], ...]
    choices: tuple[tuple[str, str], ...] = ()


def criteria_groups(offered: Suggestions) -> list[tuple[str, dict[str, str]]]:
    """What can be looked at, by what people call it; the tenant's own fields last."""
    known = [
        (title, {name: label for name, label in labels.items() if _is_asked(name, offered)}) for title, labels in GROUPS
    ]
    groups = [(gettext(title), {name: gettext(label) for name, label in labels.items()}) for title, labels in known]
    own = {CUSTOM + name: name for name in offered.custom}
    own |= {ITEM_CUSTOM + name: gettext("%(field)s (item)") % {"field": name} for name in offered.item_custom}
    return [*groups, *([(gettext("Your own fields"), own)] if own else [])]


def field_of(name: str, offered: Suggestions, values: Sequence[str] = ()) -> Field:
    """The fields for a criterion; `values` are among the choices. Raises BadInput for an unknown one."""
    criterion = criterion_of(name)
    known = known_values(offered)
    offers = _choices(name, offered)
    offers = (*offers, *(value for value in values if value not in offers)) if offers else ()
    choices = tuple((value, value_words(name, value, known)) for value in offers)
    if criterion.sort == "flag":
        choices = (("yes", gettext("yes")), ("no", gettext("no")))
    kind = _kind(criterion, bool(offers))
    asks = tuple((ask, gettext(_ASK_WORDS[ask])) for ask in _ASKS[kind])
    return Field(kind=kind, asks=asks, choices=tuple(sorted(choices, key=_by_words)) if offers else choices)


def known_values(offered: Suggestions) -> Known:
    """What people call scenarios and each other."""
    known = {("scenario", one.code): one.name.get(spoken(), one.name.get("en", one.code)) for one in offered.scenarios}
    for role in ("collector", "colleague"):
        known |= {(role, user.email): user.name for user in offered.users}
    return known


def filled_in(name: str, typed: Mapping[str, str], values: Sequence[str]) -> Search:
    """The part of a search that a form says; raises BadInput."""
    ask = typed.get("ask", "")
    if ask == "is empty":
        return checked(Clause(name, "is empty"))
    if ask == "is filled":
        return Not(checked(Clause(name, "is empty")))
    if ask == "range":
        return _range(criterion_of(name), typed)
    given = _several(typed, values) if ask in {"in", "not in"} else [value for value in values if value]
    if not given:
        raise BadInput(gettext("Say which value of “%(what)s” you look for.") % {"what": criterion_words(name)})
    return checked(_clause(criterion_of(name), ask, given, typed))


def _clause(criterion: Criterion, ask: str, given: Sequence[str], typed: Mapping[str, str]) -> Clause:
    alone = {"in": "=", "not in": "!="}.get(ask, ask) if len(given) == 1 else ask
    if criterion.sort in {"amount", "number"}:
        given = [_number(criterion, value, typed) for value in given]
    return Clause(criterion.name, _operator(alone), tuple(given))


def _operator(ask: str) -> Operator:
    known: dict[str, Operator] = {"in": "in", "not in": "not in", "=": "=", "!=": "!=", "contains": "contains"}
    if ask not in known:
        raise BadInput(gettext("Choose how to compare."))
    return known[ask]


def _range(criterion: Criterion, typed: Mapping[str, str]) -> Search:
    low, high = (_bound(criterion, typed, end) for end in ("from", "to"))
    if not low and not high:
        raise BadInput(gettext("Fill in at least one end of “%(what)s”.") % {"what": criterion_words(criterion.name)})
    if low and low == high and criterion.sort != "amount":
        return checked(Clause(criterion.name, "=", (low,)))
    ends: list[tuple[Operator, str]] = [(">=", low), ("<=", high)]
    parts = tuple(checked(Clause(criterion.name, operator, (value,))) for operator, value in ends if value)
    return parts[0] if len(parts) == 1 else Every(parts)


def _bound(criterion: Criterion, typed: Mapping[str, str], end: str) -> str:
    fixed, days = typed.get(end, "").strip(), typed.get(f"{end}_days", "").strip()
    if criterion.sort != "day":
        return _number(criterion, fixed, typed) if fixed else ""
    if fixed or not days:
        return fixed
    try:
        distance = int(days.replace("\u2212", "-"))
    except ValueError as wrong:
        raise BadInput(gettext("%(text)s is not a whole number.") % {"text": repr(days)}) from wrong
    return TODAY if distance == 0 else f"{TODAY}{distance:+d}"


def _number(criterion: Criterion, text: str, typed: Mapping[str, str]) -> str:
    """Plain text of what was typed the person's own way."""
    currency = typed.get("of", "") if criterion.sort == "amount" else ""
    minor = read_amount(text, currency or _ANY)
    number = decimal_text(minor, currency or _ANY)
    number = number.rstrip("0").rstrip(".") if "." in number else number
    return f"{number} {currency}" if currency else number


def _several(typed: Mapping[str, str], values: Sequence[str]) -> list[str]:
    """Ticked choices, or what was typed with commas or lines between."""
    return list(values) if len(values) != 1 or typed.get("ticked") else list(codes_in(values[0]))


def _kind(criterion: Criterion, has_choices: bool) -> FieldKind:
    if criterion.sort in {"day", "amount", "number", "flag"}:
        kinds: dict[str, FieldKind] = {"day": "day", "amount": "amount", "number": "number", "flag": "flag"}
        return kinds[criterion.sort]
    return "choice" if has_choices else "text"


def _choices(name: str, offered: Suggestions) -> tuple[str, ...]:
    people = tuple(user.email for user in offered.users)
    choices: dict[str, tuple[str, ...]] = {
        "entity": offered.entities,
        "country": offered.countries,
        "language": offered.languages,
        "currency": offered.currencies,
        "item.currency": offered.currencies,
        "group": offered.groups,
        "collector": people,
        "colleague": people,
        "scenario": tuple(one.code for one in offered.scenarios),
        "item.source": offered.sources,
        "item.type": ITEM_TYPES,
        "item.status": _HOLDS,
        "payment-method": PAYMENT_METHODS,
        "item.payment-method": PAYMENT_METHODS,
    }
    return choices.get(name, ())


def _is_asked(name: str, offered: Suggestions) -> bool:
    """Entities are asked for only where there are several (A23)."""
    return name != "entity" or len(offered.entities) > 1


def _by_words(choice: tuple[str, str]) -> str:
    return choice[1].casefold()

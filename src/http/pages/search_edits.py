"""A filter that stands in a list already, back in the form that it came from."""

import msgspec

from relance.core.customers.conjunctions import joined, parts_of
from relance.core.customers.criteria import criterion_of
from relance.core.customers.search import TODAY, Clause, Not, Search, amount_in, is_filled
from relance.core.customers.search_language import parse, written
from relance.core.kernel.errors import BadInput
from relance.http.pages.list_filters import Searched

_ENDS = {">=": ("from", 0), "<=": ("to", 0), ">": ("from", 1), "<": ("to", -1)}


class Filled(msgspec.Struct, frozen=True, kw_only=True):
    """What the form holds: a criterion, its fields, and its values."""

    criterion: str
    typed: dict[str, str]
    values: list[str] = []


def filled_of(part: Search) -> Filled | None:
    """The form of one filter; None for what no form can say."""
    if isinstance(part, Not):
        inner = part.part
        named = inner.criterion if is_filled(part) and isinstance(inner, Clause) else ""
        return Filled(criterion=named, typed={"ask": "is filled"}) if named else None
    if not isinstance(part, Clause):
        return None
    if part.operator == "is empty":
        return Filled(criterion=part.criterion, typed={"ask": "is empty"})
    if criterion_of(part.criterion).sort in {"day", "amount", "number"}:
        return _measured(part)
    asks = {"=": "in", "in": "in", "!=": "not in", "not in": "not in", "contains": "contains"}
    ask = "=" if criterion_of(part.criterion).sort == "flag" and part.operator == "=" else asks[part.operator]
    return Filled(criterion=part.criterion, typed={"ask": ask}, values=list(part.values))


def part_in(text: str) -> Search | None:
    """The filter that an address names; None where it names none. Raises BadInput."""
    return parse(text) if text else None


def exchanged(found: Searched, old: Search, new: Search) -> dict[str, str]:
    """The changes of the address that put a filter in the place of another.

    One that a saved search holds is exchanged in a copy of all its filters: the saved search stays as it is.
    """
    kept, own = parts_of(found.saved.search) if found.saved else (), parts_of(found.more)
    if old in own and old not in kept:
        return {"where": _joined(own, old, new), "s": str(found.saved.number) if found.saved else ""}
    if old not in kept:
        raise BadInput("this filter is not there any more")
    return {"where": _joined((*kept, *own), old, new), "s": ""}


def _joined(parts: tuple[Search, ...], old: Search, new: Search) -> str:
    return written(joined(*(new if part == old else part for part in parts)))


def _measured(part: Clause) -> Filled | None:
    """Days, amounts and numbers: from, to, or another than."""
    sort, value = criterion_of(part.criterion).sort, part.values[0]
    fields = {"ask": "range"}
    if sort == "amount":
        amount, currency = amount_in(value)
        value, fields = f"{amount:f}", fields | {"of": currency}
    if part.operator == "!=" and sort != "day":
        return Filled(criterion=part.criterion, typed=fields | {"ask": "!="}, values=[value])
    if part.operator == "=":
        return Filled(criterion=part.criterion, typed=fields | _end("from", value) | _end("to", value))
    if part.operator not in _ENDS or (sort == "amount" and part.operator in {"<", ">"}):
        return None
    end, step = _ENDS[part.operator]
    shifted = _shifted(value, sort, step) if step else value
    return Filled(criterion=part.criterion, typed=fields | _end(end, shifted)) if shifted else None


def _end(end: str, value: str) -> dict[str, str]:
    text = value.strip().lower()
    if text.startswith(TODAY):
        return {f"{end}_days": text.removeprefix(TODAY) or "0"}
    return {end: value}


def _shifted(value: str, sort: str, step: int) -> str:
    """The whole number, or the relative day, one further; a fixed day is left to the text."""
    text = value.strip().lower()
    if sort == "number":
        return str(int(text) + step)
    if text.startswith(TODAY):
        return f"{TODAY}{int(text.removeprefix(TODAY) or '0') + step:+d}"
    return ""

"""Searches of one clause for every criterion there is, so that a new criterion is measured without a word here."""

from collections.abc import Iterator

from relance.core.customers.criteria import CRITERIA, CUSTOM, ITEM_CUSTOM, Criterion, criterion_of
from relance.core.customers.search import Clause, Operator

_OWN = (f"{CUSTOM}region", f"{ITEM_CUSTOM}site")
"""Fields of the tenant's own that the invented ledger has."""
_VALUES: dict[str, tuple[tuple[Operator, tuple[str, ...]], ...]] = {
    "text": (("contains", ("12",)), ("is empty", ())),
    "code": (("contains", ("e",)), ("is empty", ())),
    "day": ((">=", ("today-15",)), ("<", ("today",)), ("=", ("today-3",)), ("is empty", ())),
    "number": ((">", ("30",)), ("=", ("1",)), ("<=", ("0",)), ("is empty", ())),
    "amount": ((">", ("1000",)), ("<", ("-1",)), ("=", ("250",)), ("is empty", ())),
    "flag": (("=", ("yes",)), ("!=", ("yes",))),
}
_KNOWN: dict[str, tuple[str, ...]] = {
    "code": ("C000042", "C000043"),
    "country": ("FR", "DE"),
    "language": ("fr", "de"),
    "currency": ("EUR", "USD"),
    "scenario": ("standard", "no-action"),
    "payment-method": ("transfer", "card"),
    "name": ("Customer 42 Lyon", "Customer 43 Köln"),
    "city": ("Lyon", "Leeds"),
    "collector": ("User 1", "User 2"),
    "colleague": ("User 1", "User 2"),
    "group": ("Group 1", "Group 2"),
    "contact": ("Kim Miller", "Zoé Morel"),
    "collection-contact": ("Kim Miller", "Zoé Morel"),
    "item.number": ("F00000042", "F00000043"),
    "item.type": ("credit-note", "payment"),
    "item.status": ("dispute", "promise"),
    "item.currency": ("JPY", "GBP"),
    "item.payment-method": ("card", "cheque"),
    "item.source": ("ERP 1", "ERP 2"),
    "item.unique-key": ("key/42/2026", "key/43/2026"),
    "item.reference": ("REF 0000714", "REF 0000731"),
    "item.order-number": ("PO-000546", "PO-000559"),
    "custom.region": ("R1", "R2"),
    "item.custom.site": ("S1", "S2"),
}
"""Values that the invented ledger has; of any other criterion those of its sort are asked."""


def measured_criteria() -> list[Criterion]:
    """All of the language, and one of the tenant's own fields on each side."""
    return [*CRITERIA.values(), *map(criterion_of, _OWN)]


def clauses_of(criterion: Criterion) -> Iterator[Clause]:
    """What people ask of such a thing: one value, others than it, several, a part of it, a range, none at all."""
    for operator, values in _VALUES[criterion.sort]:
        yield Clause(criterion.name, operator, values)
    if criterion.sort in {"text", "code"}:
        one, other = _KNOWN.get(criterion.name, ("1", "2"))
        yield Clause(criterion.name, "=", (one,))
        yield Clause(criterion.name, "!=", (one,))
        yield Clause(criterion.name, "in", (one, other))

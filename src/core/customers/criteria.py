"""What customers and items can be searched by: public names, and what a value of each must be."""

from difflib import get_close_matches
from typing import Literal

import msgspec

from relance.core.kernel.errors import BadInput

Sort = Literal["text", "code", "day", "number", "amount", "flag"]
"""`text` is compared without regard to case, `code` exactly; `amount` is decimal text, perhaps with a currency."""
About = Literal["customer", "item"]
CUSTOM, ITEM_CUSTOM = "custom.", "item.custom."
"""Criteria that begin so are the tenant's own fields."""


class Criterion(msgspec.Struct, frozen=True):
    """One thing to search by. `many`: a customer may have several of it. `never`: days before it include never."""

    name: str
    sort: Sort = "text"
    about: About = "customer"
    many: bool = False
    never: bool = False


def _of_customers(sort: Sort, *names: str) -> tuple[Criterion, ...]:
    return tuple(Criterion(name, sort) for name in names)


def _of_items(sort: Sort, *names: str) -> tuple[Criterion, ...]:
    return tuple(Criterion(f"item.{name}", sort, "item") for name in names)


FIGURES = (
    "balance",
    "overdue",
    "not-due",
    "days-1-30",
    "days-31-60",
    "days-61-90",
    "over-90",
    "credits",
    "promised",
    "disputed",
)
"""Amounts of the account's maintained summary, one a currency."""

CRITERIA: dict[str, Criterion] = {
    criterion.name: criterion
    for criterion in (
        *_of_customers("code", "code", "country", "language", "currency", "scenario", "payment-method", "collected-on"),
        *_of_customers("code", "entity"),
        *_of_customers("text", "name", "legal-id", "vat-number", "street", "zip", "city", "state", "phone", "email"),
        *_of_customers("text", "url", "terms", "comment", "collector"),
        Criterion("group", many=True),
        Criterion("colleague", many=True),
        Criterion("contact", many=True),
        Criterion("collection-contact", many=True),
        *_of_customers("flag", "blocked", "collection-stop", "penalties", "broken-promise"),
        *_of_customers("day", "created", "paused-until", "oldest-due"),
        Criterion("last-contact", "day", never=True),
        Criterion("last-action", "day", never=True),
        *_of_customers("amount", *FIGURES, "credit-limit", "order-backlog"),
        *_of_customers("number", "open-items", "days-overdue", "limit-use"),
        *_of_items("code", "number", "type", "status", "currency", "payment-method", "source", "unique-key"),
        *_of_items("text", "reference", "order-number"),
        *_of_items("day", "issued", "due", "held-until", "settled", "paid"),
        *_of_items("amount", "amount", "open"),
        *_of_items("number", "days-overdue", "step"),
    )
}


def criterion_of(name: str) -> Criterion:
    """The criterion of this name; raises BadInput that names those that are spelt alike."""
    if name.startswith(CUSTOM) and len(name) > len(CUSTOM):
        return Criterion(name)
    if name.startswith(ITEM_CUSTOM) and len(name) > len(ITEM_CUSTOM):
        return Criterion(name, about="item")
    found = CRITERIA.get(name)
    if found is None:
        alike = get_close_matches(name, CRITERIA, n=3)
        hint = f"; perhaps {' or '.join(alike)}" if alike else ""
        raise BadInput(f"search: there is no criterion {name!r}{hint}")
    return found

"""The fields an import may fill, kind by kind: public names, what a cell must hold, and which are mandatory."""

from typing import Literal

import msgspec

from relance.core.kernel.errors import BadInput

Kind = Literal["items", "customers", "contacts", "payments", "users", "feed"]
"""`feed` is a file whose header says which of the others it is."""
Mode = Literal["stock", "delta"]
Sort = Literal["text", "day", "amount", "currency", "country", "language", "flag", "terms", "known"]
"""What a cell must hold. `known` is one of a list of the tenant's own, such as its collectors."""

KINDS: tuple[Kind, ...] = ("items", "customers", "contacts", "payments", "users")
FEED: Kind = "feed"
FEED_WORDS: dict[Kind, str] = {"items": "items", "customers": "clients", "contacts": "contacts", "users": "users"}
"""What the feed calls the kinds, in its addresses and the names of its files."""
CUSTOM = "custom."
"""Fields that begin so are the tenant's own."""


BUCKETS = tuple(f"bucket_{place}" for place in range(1, 13))
"""Open amounts by age: of one item all of them together are what is open."""


class Field(msgspec.Struct, frozen=True):
    """One field: `refusal` is the public code of a cell that cannot be used; `told` that an empty flag is no answer."""

    name: str
    sort: Sort = "text"
    mandatory: bool = False
    refusal: str = ""
    told: bool = False


def _known(name: str, refusal: str, mandatory: bool = False) -> Field:
    return Field(name, "known", mandatory, refusal)


_ITEMS = (
    Field("customer_code", mandatory=True),
    Field("number", mandatory=True),
    Field("second_number"),
    _known("type", "unknown-type"),
    _known("entity", "unknown-entity"),
    Field("currency", "currency", refusal="bad-currency"),
    Field("issued_on", "day", mandatory=True, refusal="bad-date"),
    Field("due_on", "day", refusal="bad-date"),
    Field("terms", "terms", refusal="bad-terms"),
    Field("amount", "amount", refusal="bad-amount"),
    Field("debit", "amount", refusal="bad-amount"),
    Field("credit", "amount", refusal="bad-amount"),
    Field("open_amount", "amount", refusal="bad-amount"),
    Field("paid_amount", "amount", refusal="bad-amount"),
    *(Field(name, "amount", refusal="bad-amount") for name in BUCKETS),
    _known("sign", "unknown-sign"),
    Field("status"),
    Field("unique_key"),
    Field("customer_name"),
    Field("order_number"),
    Field("reference"),
    Field("paid_on", "day", refusal="bad-date"),
    _known("payment_method", "unknown-payment-method"),
    Field("document"),
    _known("last_step", "unknown-step"),
    Field("last_step_on", "day", refusal="bad-date"),
)
_CUSTOMERS = (
    Field("code", mandatory=True),
    Field("name", mandatory=True),
    _known("entity", "unknown-entity"),
    Field("currency", "currency", refusal="bad-currency"),
    *(Field(name) for name in ("legal_id", "vat_number", "street", "zip", "city", "state")),
    Field("country", "country", refusal="bad-country"),
    Field("language", "language", refusal="bad-language"),
    *(Field(name) for name in ("phone", "email", "url")),
    Field("terms", "terms", refusal="bad-terms"),
    Field("credit_limit", "amount", refusal="bad-amount"),
    Field("order_backlog", "amount", refusal="bad-amount"),
    _known("collector", "unknown-collector"),
    _known("scenario", "unknown-scenario"),
    Field("colleagues"),
    Field("groups"),
    _known("payment_method", "unknown-payment-method"),
    Field("blocked", "flag", refusal="bad-flag"),
    Field("collection_stop", "flag", refusal="bad-flag"),
    Field("penalties", "flag", refusal="bad-flag", told=True),
    Field("comment"),
)
_CONTACTS = (
    _known("customer_code", "unknown-customer", mandatory=True),
    Field("name", mandatory=True),
    *(Field(name) for name in ("first_name", "email", "phone", "mobile", "function")),
    _known("contact_role", "unknown-contact-role"),
    Field("language", "language", refusal="bad-language"),
    Field("collection", "flag", refusal="bad-flag"),
)
_PAYMENTS = (
    _known("customer_code", "unknown-customer"),
    Field("currency", "currency", refusal="bad-currency"),
    Field("paid_on", "day", mandatory=True, refusal="bad-date"),
    Field("amount", "amount", refusal="bad-amount"),
    Field("debit", "amount", refusal="bad-amount"),
    Field("credit", "amount", refusal="bad-amount"),
    Field("number"),
    Field("reference"),
    Field("payer"),
    Field("text"),
)
_USERS = (
    Field("email", mandatory=True),
    Field("name", mandatory=True),
    _known("role", "unknown-role"),
    Field("active", "flag", refusal="bad-flag"),
    _known("customer_code", "unknown-customer"),
)
WARNED = frozenset(("unknown-collector", "unknown-contact-role"))
"""Refusals that leave the cell out and keep its row: a customer is not left out for a person nobody knows."""
FIELDS: dict[Kind, tuple[Field, ...]] = {
    "items": _ITEMS,
    "customers": _CUSTOMERS,
    "contacts": _CONTACTS,
    "payments": _PAYMENTS,
    "users": _USERS,
}
ONE_OF: dict[Kind, tuple[tuple[str, ...], ...]] = {
    "items": (("due_on", "terms"), ("amount", "debit", "credit", BUCKETS[0])),
    "customers": (),
    "contacts": (),
    "payments": (("customer_code", "text", "payer"), ("amount", "credit")),
    "users": (),
}
"""Of each group at least one field must be mapped; the first is the one to ask for."""
WITH_CUSTOM: frozenset[Kind] = frozenset(("items", "customers"))


def kind_of(text: str) -> Kind:
    """The kind of this name; raises BadInput."""
    for kind in (*KINDS, FEED):
        if kind == text:
            return kind
    raise BadInput(f"{text!r} is nothing to import; choose one of {', '.join((*KINDS, FEED))}")


def field_of(kind: Kind, name: str) -> Field:
    """The field of this name; raises BadInput that lists the fields of the kind."""
    if name.startswith(CUSTOM) and len(name) > len(CUSTOM) and kind in WITH_CUSTOM:
        return Field(name)
    for field in FIELDS[kind]:
        if field.name == name:
            return field
    raise BadInput(f"{name!r} is no field of {kind}; the fields are {', '.join(f.name for f in FIELDS[kind])}")


def mandatory_groups(kind: Kind) -> tuple[tuple[str, ...], ...]:
    """Groups of field names of which at least one must be mapped."""
    return tuple((field.name,) for field in FIELDS[kind] if field.mandatory) + ONE_OF[kind]

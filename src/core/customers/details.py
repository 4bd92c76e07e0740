"""A customer's own fields: what a person may set, and what became of it when the next import came (A5)."""

from datetime import date, datetime
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from relance.core.intake.terms import parse_terms
from relance.core.kernel.errors import BadInput
from relance.core.kernel.money import decimal_text, from_text
from relance.core.ledger.items import PAYMENT_METHODS
from relance.core.tenancy.languages import checked_language

CUSTOM = "custom."
LONGEST_LINE, LONGEST_TEXT, MOST_CUSTOM = 200, 4000, 100
_LINES = ("name", "legal_id", "vat_number", "street", "zip", "city", "state", "phone", "email", "url", "terms")
_HIGHEST = 10**15
DECISIVE = frozenset(
    ("terms", "payment_method", "currency", "credit_limit", "blocked", "collection_stop", "paused_until", "penalties")
)
"""Fields that decide about money and reminders: the audit trail keeps their values, of the others the names."""


class CustomerDetails(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a customer itself. `credit_limit` is in minor units of `currency`, or of the tenant's."""

    name: str
    legal_id: str = ""
    vat_number: str = ""
    street: str = ""
    zip: str = ""
    city: str = ""
    state: str = ""
    country: str = ""
    language: str = ""
    currency: str = ""
    phone: str = ""
    email: str = ""
    url: str = ""
    terms: str = ""
    payment_method: str = ""
    credit_limit: int | None = None
    blocked: bool = False
    collection_stop: bool = False
    paused_until: date | None = None
    penalties: bool = True
    comment: str = ""
    custom: dict[str, str] = {}


class DetailChanges(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a person sets; what is left out stays as it is.

    `credit_limit` is decimal text in the customer's currency, null for none. `custom` holds only the fields to set; an
    empty value takes a field away. `pause_reason` says why reminders pause; the timeline keeps it.
    """

    name: str | UnsetType = UNSET
    legal_id: str | UnsetType = UNSET
    vat_number: str | UnsetType = UNSET
    street: str | UnsetType = UNSET
    zip: str | UnsetType = UNSET
    city: str | UnsetType = UNSET
    state: str | UnsetType = UNSET
    country: str | UnsetType = UNSET
    language: str | UnsetType = UNSET
    currency: str | UnsetType = UNSET
    phone: str | UnsetType = UNSET
    email: str | UnsetType = UNSET
    url: str | UnsetType = UNSET
    terms: str | UnsetType = UNSET
    payment_method: str | UnsetType = UNSET
    credit_limit: str | UnsetType | None = UNSET
    blocked: bool | UnsetType = UNSET
    collection_stop: bool | UnsetType = UNSET
    paused_until: date | UnsetType | None = UNSET
    pause_reason: str | UnsetType = UNSET
    penalties: bool | UnsetType = UNSET
    comment: str | UnsetType = UNSET
    custom: dict[str, str] | UnsetType = UNSET


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """That a person set a field, and to what; a field that says otherwise now was written over by an import."""

    by: str
    at: datetime
    value: Any


def changed(details: CustomerDetails, changes: DetailChanges, currency: str) -> CustomerDetails:
    """The details with the changes, checked; `currency` is the tenant's. Raises BadInput that names the field."""
    given = {name: value for name, value in msgspec.structs.asdict(changes).items() if value is not UNSET}
    given.pop("pause_reason", None)
    for name in _LINES:
        if name in given:
            given[name] = _line(name, given[name])
    if "comment" in given:
        given["comment"] = _text(given["comment"])
    if "custom" in given:
        given["custom"] = _custom(details.custom, given["custom"])
    if "credit_limit" in given:
        given["credit_limit"] = _limit(given["credit_limit"], given.get("currency", details.currency) or currency)
    return _checked(msgspec.structs.replace(details, **given), given)


def differences(before: CustomerDetails, after: CustomerDetails) -> dict[str, Any]:
    """Field to its new value; fields of the tenant's own stand under `custom.NAME`, None where they are gone."""
    old, new = flat(before), flat(after)
    return {name: new.get(name) for name in old | new if old.get(name) != new.get(name)}


def reason_of(changes: DetailChanges) -> str:
    """Why reminders pause, in one line; raises BadInput for a longer one."""
    return "" if changes.pause_reason is UNSET else _line("pause_reason", changes.pause_reason)


def flat(details: CustomerDetails) -> dict[str, Any]:
    """Every field by its public name."""
    fields = msgspec.structs.asdict(details)
    custom = fields.pop("custom")
    return fields | {CUSTOM + name: value for name, value in custom.items()}


def plain(value: Any) -> Any:
    """A value as it is kept and told: days as ISO text."""
    return value.isoformat() if isinstance(value, date) else value


def limit_text(details: CustomerDetails, currency: str) -> str:
    """The credit limit as decimal text, empty for none."""
    if details.credit_limit is None:
        return ""
    return decimal_text(details.credit_limit, details.currency or currency)


def _checked(details: CustomerDetails, given: dict[str, Any]) -> CustomerDetails:
    """What was given must be usable; what was there before is left alone."""
    if not details.name:
        raise BadInput("name: a customer needs one")
    if given.get("language"):
        checked_language(details.language)
    if given.get("payment_method") and details.payment_method not in PAYMENT_METHODS:
        raise BadInput(f"payment_method: one of {', '.join(PAYMENT_METHODS)}, not {details.payment_method!r}")
    if given.get("terms") and parse_terms(details.terms) is None:
        raise BadInput(f"terms: {details.terms!r} are none: write days, such as 30, or 30 eom for the end of the month")
    if given.get("url") and not details.url.startswith(("http://", "https://")) and ":" in details.url:
        raise BadInput("url: a web site begins with https://")
    return details


def _line(name: str, value: str) -> str:
    plain = " ".join(value.split())
    if len(plain) > LONGEST_LINE or not plain.isprintable():
        raise BadInput(f"{name}: at most {LONGEST_LINE} characters on one line")
    return plain


def _text(value: str) -> str:
    plain = value.replace("\r\n", "\n").strip()
    if len(plain) > LONGEST_TEXT or "\0" in plain:
        raise BadInput(f"comment: at most {LONGEST_TEXT} characters")
    return plain


def _custom(known: dict[str, str], given: dict[str, str]) -> dict[str, str]:
    merged = known | {_line("custom", name): _line(f"{CUSTOM}{name}", value) for name, value in given.items()}
    kept = {name: value for name, value in merged.items() if name and value}
    if len(kept) > MOST_CUSTOM:
        raise BadInput(f"custom: at most {MOST_CUSTOM} fields")
    return kept


def _limit(text: str | None, currency: str) -> int | None:
    if text is None or not text.strip():
        return None
    minor = from_text(text, currency)
    if not 0 <= minor <= _HIGHEST:
        raise BadInput("credit_limit: an amount of zero or more")
    return minor

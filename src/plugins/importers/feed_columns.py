"""The columns of the feed that ERPs send, and the fields that they fill."""

import re
from collections.abc import Sequence

ITEMS = {
    "client_code": "customer_code",
    "item_number": "number",
    "item_date_issue": "issued_on",
    "item_date_due": "due_on",
    "item_amount_initial_inc_tax": "amount",
    "item_amount_remaining_inc_tax": "open_amount",
    "item_type": "type",
    "item_currency": "currency",
    "item_unique_key": "unique_key",
    "item_order_number": "order_number",
    "item_file_number": "reference",
    "item_date_payment": "paid_on",
}
CUSTOMERS = {
    "client_code": "code",
    "client_business_name": "name",
    "legal_id": "legal_id",
    "vat_number": "vat_number",
    "client_address_street": "street",
    "client_address_zip": "zip",
    "client_address_city": "city",
    "client_address_state": "state",
    "client_address_country": "country",
    "client_phone": "phone",
    "client_email": "email",
    "client_url": "url",
    "client_blocked": "blocked",
    "client_terms": "terms",
    "client_credit_limit": "credit_limit",
    "client_order_backlog": "order_backlog",
    "client_comments": "comment",
    "client_commercial": "colleagues",
    "collector": "collector",
    "group": "groups",
}
"""`client_terms` and `client_commercial` are composed while reading."""
CONTACTS = {
    "client_code": "customer_code",
    "contact_lastname": "name",
    "contact_firstname": "first_name",
    "contact_email": "email",
    "contact_phone": "phone",
    "contact_mobile": "mobile",
    "contact_function": "function",
    "contact_language": "language",
    "contact_collection": "collection",
}
USERS = {
    "user_email": "email",
    "user_lastname": "name",
    "user_role": "role",
    "user_active": "active",
    "client_code": "customer_code",
}
FIELDS = {"items": ITEMS, "customers": CUSTOMERS, "contacts": CONTACTS, "users": USERS}
_BEGINNINGS = {"items": "item_", "users": "user_", "contacts": "contact_", "customers": "client_"}
"""The beginning of a kind's own columns; `client_code` stands in every kind."""
_ENOUGH = {"items": 2, "users": 1, "contacts": 1, "customers": 1}
OWN_NAMES = {
    "items": ("entity", "customer_name", "terms", "payment_method", "document", "last_step", "last_step_on"),
    "customers": (
        "entity",
        "language",
        "currency",
        "scenario",
        "payment_method",
        "collection_stop",
        "penalties",
        "colleagues",
    ),
}
"""Fields of ours that the feed has no column for; a sender may add them under our names."""
AMOUNTS = {
    "items": ("item_amount_initial_inc_tax", "item_amount_remaining_inc_tax"),
    "customers": ("client_credit_limit", "client_order_backlog"),
}
_COMPOSED = (
    "client_address_street_number",
    "client_address_postbox",
    "client_commercial_lastname",
    "client_commercial_firstname",
    "client_commercial_email",
)
"""They go into other columns; terms stay also as they were written."""
DAYS = ("item_date_issue", "item_date_due", "item_date_payment", "last_step_on")


def kind_of_feed(columns: Sequence[str]) -> str | None:
    """The kind of import that a header of the feed stands for; None where it is none of the feed's."""
    names = set(columns)
    for kind, beginning in _BEGINNINGS.items():
        own = [name for name in names if name in FIELDS[kind] and name.startswith(beginning) and name != "client_code"]
        if len(own) >= _ENOUGH[kind] and ("client_code" in names or kind == "users"):
            return kind
    return None


def feed_names(columns: Sequence[str]) -> tuple[str, ...]:
    """The header's names as we use them: lower case, and different from each other."""
    names: list[str] = []
    for place, column in enumerate(columns, 1):
        plain = re.sub(r"[^\w.]+", "_", column.strip().lower()).strip("_") or f"column_{place}"
        own, again = plain, 2
        while own in names or own == "line":
            own, again = f"{plain}_{again}", again + 1
        names.append(own)
    return tuple(names)


def mapping_of(kind: str, columns: Sequence[str]) -> dict[str, str]:
    """Field to column; what the feed does not know is kept as a custom field, where the kind has some."""
    fields = FIELDS[kind]
    mapping = {fields[column]: column for column in columns if column in fields}
    if kind in OWN_NAMES:
        ours = OWN_NAMES[kind]
        mapping |= {name: name for name in ours if name in columns and name not in mapping}
        rest = [column for column in columns if column not in (*fields, *ours, *_COMPOSED)]
        mapping |= {f"custom.{column}": column for column in rest}
    return mapping

"""Items: the six types, their signs, and what makes two rows the same item."""

from datetime import date
from typing import Literal

import msgspec

from relance.core.kernel.identifiers import CustomerId, ItemId

ItemType = Literal["invoice", "credit-note", "payment", "miscellaneous", "draft", "down-payment-request"]
PaymentMethod = Literal["transfer", "direct-debit", "draft", "card", "cheque"]
HoldKind = Literal["promise", "dispute", "pause"]
Hold = HoldKind | Literal["specific"]
"""What a person says of an item, or that it is in a live specific action (D2)."""

ITEM_TYPES: tuple[ItemType, ...] = (
    "invoice",
    "credit-note",
    "payment",
    "miscellaneous",
    "draft",
    "down-payment-request",
)
CREDIT_TYPES: frozenset[str] = frozenset({"credit-note", "payment"})
"""Stored negative whatever sign the file used (A18)."""
COLLECTABLE_TYPES: frozenset[str] = frozenset({"invoice", "miscellaneous"})
"""What a reminder may ask for (D4)."""
MEMO_TYPES: frozenset[str] = frozenset({"down-payment-request"})
"""Shown, never listed, summed or leading (D2)."""
PAYMENT_METHODS: tuple[PaymentMethod, ...] = ("transfer", "direct-debit", "draft", "card", "cheque")


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One ledger item of one customer. Amounts are minor units of `currency`; credits are negative.

    `open_amount` is zero when settled. `hold` is what stops reminders for this item, until `hold_until` (None: until
    released). `step_done` is the number of the furthest scenario step that counts for it (D7), done on `step_on`;
    `step_elsewhere` is the furthest that an import said another system had done (A31).
    """

    item: ItemId
    customer: CustomerId
    type: ItemType
    number: str
    issued_on: date
    due_on: date
    currency: str
    amount: int
    open_amount: int
    order_number: str = ""
    reference: str = ""
    payment_method: str = ""
    hold: Hold | None = None
    hold_until: date | None = None
    step_done: int = 0
    step_on: date | None = None
    step_elsewhere: int = 0
    paid_on: date | None = None
    settled_on: date | None = None


def signed(kind: str, amount: int) -> int:
    """The amount with the sign of its type: credit notes and payments are negative (A18)."""
    return -abs(amount) if kind in CREDIT_TYPES else amount


def type_without_column(amount: int) -> ItemType:
    """The type of a row whose file has no type: positive is an invoice, negative a payment (A18)."""
    return "payment" if amount < 0 else "invoice"

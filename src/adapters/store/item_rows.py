"""Rows of the items table as Structs."""

from typing import Any

from sqlalchemy import Connection, case, func, select

from relance.adapters.store.tables.customers import customers
from relance.adapters.store.tables.ledger import items
from relance.core.collection.holding import OWN_DEBITS
from relance.core.kernel.identifiers import TenantId
from relance.core.ledger.items import Item

_OF_THE_CUSTOMER = (
    select(customers.c.payment_method)
    .where(customers.c.tenant_id == items.c.tenant_id, customers.c.customer_id == items.c.customer_id)
    .correlate(items)
    .scalar_subquery()
)
_PAYMENT_METHOD = case(
    (items.c.payment_method != "", items.c.payment_method), else_=func.coalesce(_OF_THE_CUSTOMER, "")
)
"""An item that names no way of payment is paid as its customer pays."""
ITEM_COLUMNS = (
    items.c.item_id,
    items.c.customer_id,
    items.c.type,
    items.c.number,
    items.c.issued_on,
    items.c.due_on,
    items.c.currency,
    items.c.amount,
    items.c.open_amount,
    items.c.order_number,
    items.c.reference,
    _PAYMENT_METHOD.label("payment_method"),
    items.c.hold,
    items.c.hold_until,
    items.c.step_done,
    items.c.step_on,
    items.c.step_elsewhere,
    items.c.paid_on,
    items.c.settled_on,
)
BESIDE_CUSTOMERS = tuple(
    case((items.c.payment_method != "", items.c.payment_method), else_=customers.c.payment_method)
    if column.name == "payment_method"
    else column
    for column in ITEM_COLUMNS
)
"""The same where the query has joined the customers."""
_AS_KEPT = tuple(items.c[column.name] for column in ITEM_COLUMNS)
_NAMES = (
    "item",
    "customer",
    "type",
    "number",
    "issued_on",
    "due_on",
    "currency",
    "amount",
    "open_amount",
    "order_number",
    "reference",
    "payment_method",
    "hold",
    "hold_until",
    "step_done",
    "step_on",
    "step_elsewhere",
    "paid_on",
    "settled_on",
)


def columns_for_the_day(connection: Connection, tenant: TenantId) -> tuple[Any, ...]:
    """The columns of whole accounts; customers are looked up only where one is paid for by our own debits."""
    c = customers.c
    payers = select(c.customer_id).where(c.tenant_id == tenant, c.payment_method.in_(OWN_DEBITS))
    return ITEM_COLUMNS if connection.execute(payers.limit(1)).first() else _AS_KEPT


def item_of(row: Any) -> Item:
    """The item of a row of ITEM_COLUMNS; what the query asks for behind them is left alone."""
    return Item(**dict(zip(_NAMES, row, strict=False)))

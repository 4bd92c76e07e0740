"""Items, what changed in them, and the maintained summary of each account."""

from sqlalchemy import BigInteger, Column, Index, Integer, PrimaryKeyConstraint, Text, UniqueConstraint, text

from relance.adapters.store.columns import Day, Instant, Json, tenant_table

_SEARCHED = (
    *("type", "hold", "due_on", "currency", "open_amount", "amount", "issued_on", "source_id", "step_done"),
    *("hold_until", "payment_method", "settled_on", "paid_on", "number"),
)
"""What searches, summaries and sums ask of open items: on SQLite answered from the index alone, in the order of
customers. PostgreSQL reads the table with several processes, and every import would pay for a wider index."""

_LISTED = text("open_amount > 0 and step_done > 0")
"""What messages and tasks have asked for and is still open: few, and the agenda asks which are past the last step."""

_CREDIT, _MEMO = text("open_amount < 0"), text("open_amount <> 0 and type = 'down-payment-request'")
"""What is open and no debit: in lists it stands by its due day among debits, which their accounts' summaries tell."""

_TOLD = text("open_amount <> 0 and custom is not null")
"""Open items with fields of the tenant's own: SQLite finds in them what it would else look for in every item."""

items = tenant_table(
    "items",
    Column("item_id", Integer, nullable=False),
    Column("entity_id", Integer, nullable=False),
    Column("customer_id", Integer, nullable=False),
    Column("source_id", Integer, nullable=False),
    Column("unique_key", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("issued_on", Day, nullable=False),
    Column("due_on", Day, nullable=False),
    Column("currency", Text, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("open_amount", BigInteger, nullable=False),
    Column("content_digest", BigInteger),
    Column("order_number", Text, nullable=False, server_default=""),
    Column("reference", Text, nullable=False, server_default=""),
    Column("payment_method", Text, nullable=False, server_default=""),
    Column("document", Text, nullable=False, server_default=""),
    Column("paid_on", Day),
    Column("settled_on", Day),
    Column("created_import_id", Integer, nullable=False),
    Column("changed_import_id", Integer, nullable=False),
    Column("hold", Text),
    Column("hold_until", Day),
    Column("step_done", Integer, nullable=False, server_default="0"),
    Column("step_on", Day),
    Column("step_elsewhere", Integer, nullable=False, server_default="0"),
    Column("custom", Json),
    PrimaryKeyConstraint("tenant_id", "item_id"),
    UniqueConstraint("tenant_id", "entity_id", "unique_key"),
    Index(
        "ix_items_open",
        "tenant_id",
        "customer_id",
        *_SEARCHED,
        sqlite_where=text("open_amount <> 0"),
        info={"only": "sqlite"},
    ).ddl_if(dialect="sqlite"),
    Index(
        "ix_items_open",
        "tenant_id",
        "customer_id",
        postgresql_where=text("open_amount <> 0"),
        info={"only": "postgresql"},
    ).ddl_if(dialect="postgresql"),
    Index(
        "ix_items_custom",
        "tenant_id",
        "customer_id",
        "open_amount",
        "custom",
        sqlite_where=_TOLD,
        info={"only": "sqlite"},
    ).ddl_if(dialect="sqlite"),
    Index("ix_items_credit", "tenant_id", "due_on", "item_id", sqlite_where=_CREDIT, postgresql_where=_CREDIT),
    Index(
        "ix_items_memo",
        *("tenant_id", "due_on", "item_id", "customer_id", "currency"),
        sqlite_where=_MEMO,
        postgresql_where=_MEMO,
    ),
    Index(
        "ix_items_listed",
        "tenant_id",
        "step_done",
        "customer_id",
        sqlite_where=_LISTED,
        postgresql_where=_LISTED,
    ),
    Index(
        "ix_items_settled",
        "tenant_id",
        "customer_id",
        "settled_on",
        "paid_on",
        sqlite_where=text("open_amount = 0"),
        postgresql_where=text("open_amount = 0"),
    ),
)
instalments = tenant_table(
    "instalments",
    Column("entity_id", Integer, nullable=False),
    Column("base", Text, nullable=False),
    Column("created_import_id", Integer),
    PrimaryKeyConstraint("tenant_id", "entity_id", "base"),
)
"""Item identities that a file once showed with several due dates (A13)."""
payments = tenant_table(
    "payments",
    Column("payment_id", Integer, nullable=False),
    Column("import_id", Integer, nullable=False),
    Column("customer_id", Integer, nullable=False),
    Column("item_id", Integer),
    Column("paid_on", Day, nullable=False),
    Column("currency", Text, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("reference", Text, nullable=False),
    Column("number", Text, nullable=False),
    PrimaryKeyConstraint("tenant_id", "payment_id"),
    Index("ix_payments_customer", "tenant_id", "customer_id"),
)
"""Payments as they came in; `item_id` is the item that took the first of it (A20)."""
item_changes = tenant_table(
    "item_changes",
    Column("change_id", Integer, nullable=False),
    Column("item_id", Integer, nullable=False),
    Column("import_id", Integer),
    Column("at", Instant, nullable=False),
    Column("kind", Text, nullable=False),
    Column("author", Text, nullable=False, server_default=""),
    Column("open_before", BigInteger),
    Column("open_after", BigInteger),
    Column("detail", Json),
    PrimaryKeyConstraint("tenant_id", "change_id"),
    Index("ix_item_changes_item", "tenant_id", "item_id"),
)
account_summaries = tenant_table(
    "account_summaries",
    Column("customer_id", Integer, nullable=False),
    Column("currency", Text, nullable=False),
    Column("as_of", Day, nullable=False),
    Column("balance", BigInteger, nullable=False),
    Column("not_due", BigInteger, nullable=False),
    Column("days_1_30", BigInteger, nullable=False),
    Column("days_31_60", BigInteger, nullable=False),
    Column("days_61_90", BigInteger, nullable=False),
    Column("over_90", BigInteger, nullable=False),
    Column("overdue", BigInteger, nullable=False),
    Column("credits", BigInteger, nullable=False),
    Column("promised", BigInteger, nullable=False),
    Column("disputed", BigInteger, nullable=False),
    Column("open_items", Integer, nullable=False),
    Column("oldest_due_on", Day),
    Column("next_change_on", Day),
    PrimaryKeyConstraint("tenant_id", "customer_id", "currency"),
    postgresql_with={"fillfactor": 60},
)

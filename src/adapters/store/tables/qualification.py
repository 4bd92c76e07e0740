"""Holds on items with who said what, and the customer's timeline."""

from sqlalchemy import BigInteger, Column, Index, Integer, PrimaryKeyConstraint, Text, text

from relance.adapters.store.columns import Day, Instant, Json, tenant_table

holds = tenant_table(
    "holds",
    Column("hold_id", Integer, nullable=False),
    Column("item_id", Integer, nullable=False),
    Column("customer_id", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("until", Day),
    Column("amount", BigInteger),
    Column("open_amount", BigInteger),
    Column("comment", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("released_at", Instant),
    Column("released_by", Text),
    Column("verdict", Text),
    Column("credited", Json),
    PrimaryKeyConstraint("tenant_id", "hold_id"),
    Index("ix_holds_item", "tenant_id", "item_id"),
    Index(
        "ix_holds_broken",
        "tenant_id",
        "customer_id",
        sqlite_where=text("verdict = 'broken'"),
        postgresql_where=text("verdict = 'broken'"),
    ),
)
"""`open_amount` is what the item owed when it was held; `credited`, by payment, the unallocated money that a verdict
counted (D3)."""
timeline = tenant_table(
    "timeline",
    Column("entry_id", Integer, nullable=False),
    Column("customer_id", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("kind", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("action_id", Integer),
    Column("detail", Json, nullable=False),
    PrimaryKeyConstraint("tenant_id", "entry_id"),
    Index("ix_timeline_customer", "tenant_id", "customer_id", "at"),
)

"""Copies of invoices that are fetched from the addresses that files give."""

from sqlalchemy import Column, Index, Integer, PrimaryKeyConstraint, Text

from relance.adapters.store.columns import Instant, tenant_table

copy_fetches = tenant_table(
    "copy_fetches",
    Column("item_id", Integer, nullable=False),
    Column("address", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("next_at", Instant),
    Column("changed_at", Instant, nullable=False),
    PrimaryKeyConstraint("tenant_id", "item_id"),
    Index("ix_copy_fetches_due", "tenant_id", "state", "next_at"),
)

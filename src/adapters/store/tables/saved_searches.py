"""Searches kept under a name."""

from sqlalchemy import Boolean, Column, Integer, PrimaryKeyConstraint, Text

from relance.adapters.store.columns import Json, tenant_table

saved_searches = tenant_table(
    "saved_searches",
    Column("search_id", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("search", Json, nullable=False),
    Column("owner_id", Integer),
    Column("shared", Boolean, nullable=False),
    PrimaryKeyConstraint("tenant_id", "search_id"),
)

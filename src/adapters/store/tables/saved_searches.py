"""Searches kept under a name, and the columns of lists that people choose."""

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
    Column("columns", Json, nullable=False, server_default="[]"),
    Column("sort", Text, nullable=False, server_default=""),
    Column("alert", Text, nullable=False, server_default=""),
    Column("sign", Text, nullable=False, server_default=""),
    PrimaryKeyConstraint("tenant_id", "search_id"),
)
list_columns = tenant_table(
    "list_columns",
    Column("user_id", Integer, nullable=False),
    Column("target", Text, nullable=False),
    Column("columns", Json, nullable=False),
    PrimaryKeyConstraint("tenant_id", "user_id", "target"),
)

"""Changes of many customers at once, with what was before."""

from sqlalchemy import BigInteger, Column, Integer, PrimaryKeyConstraint, Text

from relance.adapters.store.columns import Instant, Json, tenant_table

mass_changes = tenant_table(
    "mass_changes",
    Column("change_id", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("author", Text, nullable=False),
    Column("wanted", Json, nullable=False),
    Column("customers", Integer, nullable=False),
    Column("changed", Json, nullable=False),
    Column("undone_at", Instant),
    PrimaryKeyConstraint("tenant_id", "change_id"),
)
mass_change_rows = tenant_table(
    "mass_change_rows",
    Column("change_id", Integer, nullable=False),
    Column("attribute", Text, nullable=False),
    Column("customer_id", Integer, nullable=False),
    Column("link_id", Integer, nullable=False, server_default="0"),
    Column("deed", Text, nullable=False),
    Column("number_before", Integer),
    Column("text_before", Text),
    Column("origin_before", Text),
    Column("author_before", Text),
    Column("at_before", BigInteger),
    PrimaryKeyConstraint("tenant_id", "change_id", "attribute", "customer_id", "link_id"),
)
"""A value that was replaced, or a link that was begun or ended."""

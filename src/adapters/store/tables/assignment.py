"""Search & Assign tasks."""

from sqlalchemy import Boolean, Column, Integer, PrimaryKeyConstraint, Text

from relance.adapters.store.columns import Instant, Json, tenant_table

assign_tasks = tenant_table(
    "assign_tasks",
    Column("task_id", Integer, nullable=False),
    Column("attribute", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("value", Text, nullable=False),
    Column("search", Json, nullable=False),
    Column("saved_search_id", Integer),
    Column("new_only", Boolean, nullable=False),
    Column("remove", Boolean, nullable=False),
    Column("seen_customer_id", Integer, nullable=False),
    Column("assigner", Text, nullable=False, server_default=""),
    Column("settings", Json),
    Column("last", Text, nullable=False, server_default=""),
    Column("author", Text, nullable=False),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("tenant_id", "task_id"),
)

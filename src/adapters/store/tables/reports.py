"""What the other side reports of messages that it took."""

from sqlalchemy import Boolean, Column, Index, Integer, PrimaryKeyConstraint, Text, text

from relance.adapters.store.columns import Instant, tenant_table

message_reports = tenant_table(
    "message_reports",
    Column("event", Text, nullable=False),
    Column("action_id", Integer, nullable=False),
    Column("generation", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("status", Text, nullable=False),
    Column("reference", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("folded", Boolean, nullable=False),
    Column("cost", Text, nullable=False, server_default=""),
    PrimaryKeyConstraint("tenant_id", "event"),
    Index("ix_message_reports_action", "tenant_id", "action_id", "generation"),
    Index("ix_message_reports_new", "tenant_id", sqlite_where=text("not folded"), postgresql_where=text("not folded")),
)
"""Only ever appended to; `folded`: what follows of it was done."""

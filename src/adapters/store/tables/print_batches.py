"""Print batches, and the letters in them; the letters' content is in `messages`."""

from sqlalchemy import Boolean, Column, Index, Integer, PrimaryKeyConstraint, Text, false

from relance.adapters.store.columns import Instant, tenant_table

print_batches = tenant_table(
    "print_batches",
    Column("batch_id", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("letters", Integer, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("hash", Text, nullable=False),
    Column("sealed_by", Text, nullable=False),
    Column("sealed_at", Instant, nullable=False),
    Column("file", Text, nullable=False, server_default=""),
    Column("downloads", Integer, nullable=False, server_default="0"),
    Column("ended_by", Text, nullable=False, server_default=""),
    Column("ended_at", Instant),
    Column("note", Text, nullable=False, server_default=""),
    PrimaryKeyConstraint("tenant_id", "batch_id"),
)
batched_letters = tenant_table(
    "batched_letters",
    Column("batch_id", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("action_id", Integer, nullable=False),
    Column("generation", Integer, nullable=False),
    Column("customer_id", Integer, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("hash", Text, nullable=False),
    Column("tracking", Text, nullable=False, server_default=""),
    Column("registered", Boolean, nullable=False, server_default=false()),
    PrimaryKeyConstraint("tenant_id", "batch_id", "position"),
    Index("ix_batched_letters_action", "tenant_id", "action_id", "generation"),
)

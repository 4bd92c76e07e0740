"""Addresses that get no more mail, reports of mail that came back, and domains that messages are sent from."""

from sqlalchemy import Column, Index, Integer, PrimaryKeyConstraint, Text, UniqueConstraint

from relance.adapters.store.columns import Instant, Json, tenant_table

suppressions = tenant_table(
    "suppressions",
    Column("address", Text, nullable=False),
    Column("written", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("since", Instant, nullable=False),
    PrimaryKeyConstraint("tenant_id", "address"),
)
"""`address` is in small letters, `written` as it was given."""
bounces = tenant_table(
    "bounces",
    Column("bounce_id", Integer, nullable=False),
    Column("event", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("source", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("said", Text, nullable=False),
    Column("action_id", Integer, nullable=False),
    Column("generation", Integer, nullable=False),
    PrimaryKeyConstraint("tenant_id", "bounce_id"),
    UniqueConstraint("tenant_id", "event"),
    Index("ix_bounces_action", "tenant_id", "action_id"),
)
"""Only ever appended to; `action_id` is 0 where a report names no message of ours."""
sender_domains = tenant_table(
    "sender_domains",
    Column("domain", Text, nullable=False),
    Column("selector", Text, nullable=False),
    Column("public_key", Text, nullable=False),
    Column("sealed_key", Text, nullable=False),
    Column("added_at", Instant, nullable=False),
    Column("sights", Json, nullable=False),
    Column("checked_at", Instant),
    PrimaryKeyConstraint("tenant_id", "domain"),
)
"""The private key is sealed with the installation's secret; `sights` is what the world was last seen to know."""

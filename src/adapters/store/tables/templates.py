"""Versions of message texts, and what is being drafted. The texts that are sent now are in `templates`."""

from sqlalchemy import Column, Integer, PrimaryKeyConstraint, Text

from relance.adapters.store.columns import Instant, tenant_table

template_versions = tenant_table(
    "template_versions",
    Column("code", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("author", Text, nullable=False, server_default=""),
    Column("at", Instant),
    PrimaryKeyConstraint("tenant_id", "code", "language", "version"),
)
template_drafts = tenant_table(
    "template_drafts",
    Column("code", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("tenant_id", "code", "language"),
)

"""Copies of invoices."""

from sqlalchemy import Column, Index, Integer, PrimaryKeyConstraint, Text, UniqueConstraint

from relance.adapters.store.columns import Instant, tenant_table

documents = tenant_table(
    "documents",
    Column("document_id", Integer, nullable=False),
    Column("item_id", Integer, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("archive_ref", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("tenant_id", "document_id"),
    UniqueConstraint("tenant_id", "item_id", "archive_ref"),
    Index("ix_documents_item", "tenant_id", "item_id"),
)
"""`archive_ref` is the SHA-256 of the content: the same copy twice is one."""

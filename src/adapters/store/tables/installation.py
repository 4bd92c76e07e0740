"""The mark of the installation: one row, of no tenant."""

from sqlalchemy import Column, Integer, Table, Text

from relance.adapters.store.columns import metadata

installation = Table(
    "installation",
    metadata,
    Column("installation_id", Text, primary_key=True),
    Column("epoch", Integer, nullable=False),
)

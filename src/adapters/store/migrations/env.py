"""Alembic's entry: the caller lends a connection; each revision is one transaction, on SQLite too."""

from alembic import context

from relance.adapters.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()

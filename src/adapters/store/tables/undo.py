"""What imports changed, kept so that they can be undone: ranges of new numbers, and former values of changed rows."""

from sqlalchemy import Column, Integer, PrimaryKeyConstraint, Text

from relance.adapters.store.columns import Day, Json, tenant_table

undo_parts = tenant_table(
    "undo_parts",
    Column("import_id", Integer, nullable=False),
    Column("part", Integer, nullable=False),
    Column("subject", Text, nullable=False),
    Column("columns", Json, nullable=False),
    Column("first", Integer),
    Column("last", Integer),
    PrimaryKeyConstraint("tenant_id", "import_id", "part"),
)
"""The statements of an import in their order: rows of `subject` that it made (`first` to `last`), or whose `columns` it
changed."""
undo_rows = tenant_table(
    "undo_rows",
    Column("import_id", Integer, nullable=False),
    Column("part", Integer, nullable=False),
    Column("record_id", Integer, nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text),
    PrimaryKeyConstraint("tenant_id", "import_id", "part", "record_id"),
)
"""One changed row: the former values of the part's columns as a JSON list; `after` where a person may have changed them
since."""
vanished_items = tenant_table(
    "vanished_items",
    Column("entity_id", Integer, nullable=False),
    Column("unique_key", Text, nullable=False),
    Column("item_id", Integer, nullable=False),
    Column("step_done", Integer, nullable=False),
    Column("step_on", Day),
    PrimaryKeyConstraint("tenant_id", "entity_id", "unique_key"),
)
"""Items that an undo took away though their customer had been written to about them: coming back, they go on where they
were, so that nobody on notice gets a courtesy note (A31, D7)."""

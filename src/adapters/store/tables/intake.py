"""Sources, mapping profiles, imports and their rejected rows."""

from sqlalchemy import Boolean, Column, Integer, LargeBinary, PrimaryKeyConstraint, Text, UniqueConstraint

from relance.adapters.store.columns import Instant, Json, tenant_table

sources = tenant_table(
    "sources",
    Column("source_id", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("scheduled", Boolean, nullable=False, server_default="0"),
    Column("last_good_at", Instant),
    Column("last_import_id", Integer),
    Column("last_fingerprint", Text, nullable=False, server_default=""),
    Column("freshness_days", Integer),
    Column("copy_hosts", Text, nullable=False, server_default=""),
    Column("copies_import_id", Integer, nullable=False, server_default="0"),
    PrimaryKeyConstraint("tenant_id", "source_id"),
    UniqueConstraint("tenant_id", "name"),
)
item_books = tenant_table(
    "item_books",
    Column("source_id", Integer, nullable=False),
    Column("part", Integer, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
    PrimaryKeyConstraint("tenant_id", "source_id", "part"),
)
"""What is open at a source as an import left it, and what each later one changed; gone when anything else does."""
profiles = tenant_table(
    "profiles",
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("mapping", Json, nullable=False),
    Column("options", Json, nullable=False),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("importer", Text, nullable=False, server_default=""),
    Column("columns", Json, nullable=False, server_default="[]"),
    Column("layout", Text, nullable=False, server_default=""),
    Column("author", Text, nullable=False, server_default=""),
    Column("saved_at", Instant),
    PrimaryKeyConstraint("tenant_id", "name"),
)
profile_versions = tenant_table(
    "profile_versions",
    Column("name", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("mapping", Json, nullable=False),
    Column("options", Json, nullable=False),
    Column("importer", Text, nullable=False),
    Column("columns", Json, nullable=False),
    Column("layout", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("saved_at", Instant, nullable=False),
    PrimaryKeyConstraint("tenant_id", "name", "version"),
)
imports = tenant_table(
    "imports",
    Column("import_id", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("mode", Text, nullable=False),
    Column("source_id", Integer),
    Column("file_name", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("archive_ref", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("author", Text, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("finished_at", Instant),
    Column("report", Json, nullable=False),
    PrimaryKeyConstraint("tenant_id", "import_id"),
)
import_rejects = tenant_table(
    "import_rejects",
    Column("import_id", Integer, nullable=False),
    Column("row_number", Integer, nullable=False),
    Column("line", Integer, nullable=False),
    Column("column", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("message", Text, nullable=False),
    PrimaryKeyConstraint("tenant_id", "import_id", "row_number"),
)
import_runs = tenant_table(
    "import_runs",
    Column("run_id", Integer, nullable=False),
    Column("import_id", Integer),
    Column("choices", Json, nullable=False),
    Column("author", Text, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("heard_at", Instant, nullable=False),
    Column("phase", Text, nullable=False),
    Column("rows_done", Integer, nullable=False, server_default="0"),
    Column("rows_about", Integer, nullable=False, server_default="0"),
    Column("report", Json),
    PrimaryKeyConstraint("tenant_id", "run_id"),
)

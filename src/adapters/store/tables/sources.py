"""How and when sources are fetched, every attempt, and every file that was looked at."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, PrimaryKeyConstraint, Text

from relance.adapters.store.columns import Instant, Json, tenant_table

source_plans = tenant_table(
    "source_plans",
    Column("source_id", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("mode", Text, nullable=False),
    Column("profile", Text, nullable=False),
    Column("options", Json, nullable=False),
    Column("way", Text, nullable=False),
    Column("settings", Json, nullable=False),
    Column("sealed_secret", Text, nullable=False),
    Column("trusted_key", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("folder", Text, nullable=False),
    Column("pattern", Text, nullable=False),
    Column("archive_folder", Text, nullable=False),
    Column("times", Json, nullable=False),
    Column("weekdays", Json, nullable=False),
    Column("enabled", Boolean, nullable=False),
    Column("next_run_at", Instant),
    Column("claimed_until", Instant),
    Column("failures", Integer, nullable=False, server_default="0"),
    PrimaryKeyConstraint("tenant_id", "source_id"),
    Index("ix_source_plans_due", "tenant_id", "next_run_at"),
)
source_runs = tenant_table(
    "source_runs",
    Column("run_id", Integer, nullable=False),
    Column("source_id", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("code", Text, nullable=False, server_default=""),
    Column("message", Text, nullable=False, server_default=""),
    Column("files", Integer, nullable=False, server_default="0"),
    Column("imports", Json, nullable=False),
    Column("by", Text, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("finished_at", Instant),
    PrimaryKeyConstraint("tenant_id", "run_id"),
    Index("ix_source_runs_of_source", "tenant_id", "source_id", "run_id"),
)
source_files = tenant_table(
    "source_files",
    Column("source_id", Integer, nullable=False),
    Column("file_number", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("modified_at", Instant),
    Column("ordered_at", Instant),
    Column("content", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("import_id", Integer),
    Column("looked_at", Instant, nullable=False),
    PrimaryKeyConstraint("tenant_id", "source_id", "file_number"),
)

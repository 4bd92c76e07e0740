"""Background work, and the ticks of its clocks. Tenant 0 has what belongs to the installation."""

from sqlalchemy import Column, Index, Integer, PrimaryKeyConstraint, Text, UniqueConstraint

from relance.adapters.store.columns import Instant, Json, tenant_table

jobs = tenant_table(
    "jobs",
    Column("job_id", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("details", Json, nullable=False),
    Column("by", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("fence", Integer, nullable=False),
    Column("runner", Text, nullable=False),
    Column("beat", Integer, nullable=False),
    Column("again", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("started_at", Instant),
    Column("parked_at", Instant),
    PrimaryKeyConstraint("tenant_id", "job_id"),
    UniqueConstraint("tenant_id", "key"),
    Index("ix_jobs_state", "tenant_id", "state", "due_at"),
)
"""`again`: asked for once more while it runs. A job that is done has no row."""
job_ticks = tenant_table(
    "job_ticks",
    Column("name", Text, nullable=False),
    Column("tick", Text, nullable=False),
    PrimaryKeyConstraint("tenant_id", "name"),
)

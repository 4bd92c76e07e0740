"""Background work stands in the database, and outlives the process that does it."""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0062"
branch_labels = None
depends_on = None


def upgrade() -> None:
    whole = ("attempts", "fence", "beat", "again")
    op.create_table(
        "jobs",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in whole),
        sa.Column("runner", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=True),
        sa.Column("parked_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "job_id", name=op.f("pk_jobs")),
        sa.UniqueConstraint("tenant_id", "key", name=op.f("uq_jobs_tenant_id_key")),
    )
    op.create_index("ix_jobs_state", "jobs", ["tenant_id", "state", "due_at"])
    op.create_table(
        "job_ticks",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("tick", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "name", name=op.f("pk_job_ticks")),
    )

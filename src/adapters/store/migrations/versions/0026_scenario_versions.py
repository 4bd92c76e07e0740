"""Versions and drafts of scenarios; an action knows the version that it was made with."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "scenario_versions",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("in_flight", sa.Text(), server_default="move", nullable=False),
        sa.Column("author", sa.Text(), server_default="", nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "code", "version", name=op.f("pk_scenario_versions")),
    )
    op.create_table(
        "scenario_drafts",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("based_on", sa.Integer(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "code", "revision", name=op.f("pk_scenario_drafts")),
    )
    op.execute(
        "insert into scenario_versions (tenant_id, code, version, definition) "
        "select tenant_id, code, 1, definition from scenarios"
    )
    op.add_column("actions", sa.Column("scenario_version", sa.Integer(), server_default="1", nullable=False))

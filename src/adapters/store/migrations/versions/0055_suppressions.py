"""Addresses that get no more mail, and reports of mail that came back."""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0052"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "suppressions",
        sa.Column("tenant_id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("written", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "address", name="pk_suppressions"),
    )
    op.create_table(
        "bounces",
        sa.Column("tenant_id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("bounce_id", sa.Integer, nullable=False),
        sa.Column("event", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("said", sa.Text, nullable=False),
        sa.Column("action_id", sa.Integer, nullable=False),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "bounce_id", name="pk_bounces"),
        sa.UniqueConstraint("tenant_id", "event", name="uq_bounces_tenant_id_event"),
    )
    op.create_index("ix_bounces_action", "bounces", ["tenant_id", "action_id"])

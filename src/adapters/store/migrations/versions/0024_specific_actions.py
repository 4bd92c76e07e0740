"""Specific actions: what persons begin on chosen items, and what they say of one action."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0019"
branch_labels = None
depends_on = None

_OPEN = "state in ('planned', 'to-confirm', 'confirmed', 'sending', 'held')"


def upgrade() -> None:
    op.create_table(
        "specific_actions",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("specific_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_by", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "specific_id", name=op.f("pk_specific_actions")),
    )
    op.create_index("ix_specific_actions_customer", "specific_actions", ["tenant_id", "customer_id"])
    op.create_table(
        "specific_items",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("specific_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("away", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "specific_id", "item_id", name=op.f("pk_specific_items")),
    )
    op.create_index("ix_specific_items_item", "specific_items", ["tenant_id", "item_id"])
    for name, kind in (("specific_id", sa.Integer()), ("assignee_id", sa.Integer()), ("snoozed_until", sa.Integer())):
        op.add_column("actions", sa.Column(name, kind, nullable=True))
    op.add_column("actions", sa.Column("brief", sa.Text(), nullable=True))
    op.drop_index("uq_actions_open", "actions")
    mine = sa.text(f"specific_id is null and {_OPEN}")
    op.create_index(
        "uq_actions_open",
        "actions",
        ["tenant_id", "customer_id"],
        unique=True,
        sqlite_where=mine,
        postgresql_where=mine,
    )

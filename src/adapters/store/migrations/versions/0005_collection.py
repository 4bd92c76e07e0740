"""The first tables: collection."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "actions",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("scenario", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("step_number", sa.Integer(), nullable=False),
        sa.Column("steps", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("automation", sa.Text(), nullable=False),
        sa.Column("automatic", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("warnings", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Integer(), nullable=False),
        sa.Column("created_on", sa.Integer(), nullable=False),
        sa.Column("leader_item_id", sa.Integer(), nullable=False),
        sa.Column("occurrence", sa.Integer(), server_default="1", nullable=False),
        sa.Column("item_ids", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("amounts", sa.Text(), nullable=False),
        sa.Column("generation", sa.Integer(), server_default="1", nullable=False),
        sa.Column("message_id", sa.Text(), server_default="", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("not_before", sa.BigInteger(), nullable=True),
        sa.Column("next_try_at", sa.BigInteger(), nullable=True),
        sa.Column("held_from", sa.Text(), nullable=True),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.BigInteger(), nullable=True),
        sa.Column("done_on", sa.Integer(), nullable=True),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.Column("content_hash", sa.Text(), server_default="", nullable=False),
        sa.Column("worker", sa.Text(), nullable=True),
        sa.Column("fence", sa.Integer(), server_default="0", nullable=False),
        sa.Column("lease_until", sa.BigInteger(), nullable=True),
        sa.Column("mark", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "action_id", name=op.f("pk_actions")),
        sa.UniqueConstraint(
            "tenant_id",
            "customer_id",
            "scenario",
            "step",
            "leader_item_id",
            "occurrence",
            name=op.f("uq_actions_tenant_id_customer_id_scenario_step_leader_item_id_occurrence"),
        ),
    )
    op.create_index("ix_actions_customer", "actions", ["tenant_id", "customer_id"], unique=False)
    op.create_index(
        "ix_actions_open",
        "actions",
        ["tenant_id", "state", "due_on"],
        unique=False,
        sqlite_where=sa.text("state not in ('sent', 'done', 'cancelled')"),
        postgresql_where=sa.text("state not in ('sent', 'done', 'cancelled')"),
    )
    op.create_index(
        "uq_actions_open",
        "actions",
        ["tenant_id", "customer_id"],
        unique=True,
        sqlite_where=sa.text("state in ('planned', 'to-confirm', 'confirmed', 'sending', 'held')"),
        postgresql_where=sa.text("state in ('planned', 'to-confirm', 'confirmed', 'sending', 'held')"),
    )
    op.create_table(
        "attempts",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "action_id", "number", name=op.f("pk_attempts")),
    )
    op.create_table(
        "decided_days",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.BigInteger(), nullable=False),
        sa.Column("import_id", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "day", name=op.f("pk_decided_days")),
    )
    op.create_table(
        "listed_items",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("open_amount", sa.BigInteger(), nullable=False),
        sa.Column("step_number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "action_id", "item_id", name=op.f("pk_listed_items")),
    )
    op.create_index("ix_listed_items_item", "listed_items", ["tenant_id", "item_id"], unique=False)
    op.create_table(
        "messages",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("frozen_at", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("sent_raw", sa.Text(), nullable=True),
        sa.Column("relay_reply", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "action_id", "generation", "channel", name=op.f("pk_messages")),
        sa.UniqueConstraint("tenant_id", "message_id", name=op.f("uq_messages_tenant_id_message_id")),
    )
    op.create_table(
        "scenarios",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "code", name=op.f("pk_scenarios")),
    )
    op.create_table(
        "templates",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "code", "language", name=op.f("pk_templates")),
    )


def downgrade() -> None:
    op.drop_table("templates")
    op.drop_table("scenarios")
    op.drop_table("messages")
    op.drop_index("ix_listed_items_item", table_name="listed_items")
    op.drop_table("listed_items")
    op.drop_table("decided_days")
    op.drop_table("attempts")
    op.drop_index(
        "uq_actions_open",
        table_name="actions",
        sqlite_where=sa.text("state in ('planned', 'to-confirm', 'confirmed', 'sending', 'held')"),
        postgresql_where=sa.text("state in ('planned', 'to-confirm', 'confirmed', 'sending', 'held')"),
    )
    op.drop_index(
        "ix_actions_open",
        table_name="actions",
        sqlite_where=sa.text("state not in ('sent', 'done', 'cancelled')"),
        postgresql_where=sa.text("state not in ('sent', 'done', 'cancelled')"),
    )
    op.drop_index("ix_actions_customer", table_name="actions")
    op.drop_table("actions")

"""The first tables: ledger."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account_summaries",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Integer(), nullable=False),
        sa.Column("balance", sa.BigInteger(), nullable=False),
        sa.Column("not_due", sa.BigInteger(), nullable=False),
        sa.Column("days_1_30", sa.BigInteger(), nullable=False),
        sa.Column("days_31_60", sa.BigInteger(), nullable=False),
        sa.Column("days_61_90", sa.BigInteger(), nullable=False),
        sa.Column("over_90", sa.BigInteger(), nullable=False),
        sa.Column("overdue", sa.BigInteger(), nullable=False),
        sa.Column("credits", sa.BigInteger(), nullable=False),
        sa.Column("promised", sa.BigInteger(), nullable=False),
        sa.Column("disputed", sa.BigInteger(), nullable=False),
        sa.Column("open_items", sa.Integer(), nullable=False),
        sa.Column("oldest_due_on", sa.Integer(), nullable=True),
        sa.Column("next_change_on", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "customer_id", "currency", name=op.f("pk_account_summaries")),
    )
    op.create_table(
        "instalments",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entity_id", sa.Integer(), nullable=False),
        sa.Column("base", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "entity_id", "base", name=op.f("pk_instalments")),
    )
    op.create_table(
        "item_changes",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), server_default="", nullable=False),
        sa.Column("open_before", sa.BigInteger(), nullable=True),
        sa.Column("open_after", sa.BigInteger(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "change_id", name=op.f("pk_item_changes")),
    )
    op.create_index("ix_item_changes_item", "item_changes", ["tenant_id", "item_id"], unique=False)
    op.create_table(
        "items",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("entity_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("unique_key", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Integer(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("open_amount", sa.BigInteger(), nullable=False),
        sa.Column("content_digest", sa.BigInteger(), nullable=True),
        sa.Column("order_number", sa.Text(), server_default="", nullable=False),
        sa.Column("reference", sa.Text(), server_default="", nullable=False),
        sa.Column("payment_method", sa.Text(), server_default="", nullable=False),
        sa.Column("document", sa.Text(), server_default="", nullable=False),
        sa.Column("paid_on", sa.Integer(), nullable=True),
        sa.Column("settled_on", sa.Integer(), nullable=True),
        sa.Column("created_import_id", sa.Integer(), nullable=False),
        sa.Column("changed_import_id", sa.Integer(), nullable=False),
        sa.Column("hold", sa.Text(), nullable=True),
        sa.Column("hold_until", sa.Integer(), nullable=True),
        sa.Column("step_done", sa.Integer(), server_default="0", nullable=False),
        sa.Column("step_on", sa.Integer(), nullable=True),
        sa.Column("step_elsewhere", sa.Integer(), server_default="0", nullable=False),
        sa.Column("custom", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "item_id", name=op.f("pk_items")),
        sa.UniqueConstraint(
            "tenant_id", "entity_id", "unique_key", name=op.f("uq_items_tenant_id_entity_id_unique_key")
        ),
    )
    op.create_index(
        "ix_items_open",
        "items",
        ["tenant_id", "customer_id"],
        unique=False,
        sqlite_where=sa.text("open_amount <> 0"),
        postgresql_where=sa.text("open_amount <> 0"),
    )
    op.create_index(
        "ix_items_settled",
        "items",
        ["tenant_id", "customer_id"],
        unique=False,
        sqlite_where=sa.text("open_amount = 0"),
        postgresql_where=sa.text("open_amount = 0"),
    )
    op.create_table(
        "payments",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("paid_on", sa.Integer(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "payment_id", name=op.f("pk_payments")),
    )
    op.create_index("ix_payments_customer", "payments", ["tenant_id", "customer_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_payments_customer", table_name="payments")
    op.drop_table("payments")
    op.drop_index(
        "ix_items_settled",
        table_name="items",
        sqlite_where=sa.text("open_amount = 0"),
        postgresql_where=sa.text("open_amount = 0"),
    )
    op.drop_index(
        "ix_items_open",
        table_name="items",
        sqlite_where=sa.text("open_amount <> 0"),
        postgresql_where=sa.text("open_amount <> 0"),
    )
    op.drop_table("items")
    op.drop_index("ix_item_changes_item", table_name="item_changes")
    op.drop_table("item_changes")
    op.drop_table("instalments")
    op.drop_table("account_summaries")

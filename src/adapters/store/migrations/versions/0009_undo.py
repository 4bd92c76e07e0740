"""What an import changed, so that it can be undone."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "undo_parts",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=True),
        sa.Column("last", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "import_id", "part", name=op.f("pk_undo_parts")),
    )
    op.create_table(
        "undo_rows",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "import_id", "part", "record_id", name=op.f("pk_undo_rows")),
    )
    op.create_table(
        "vanished_items",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entity_id", sa.Integer(), nullable=False),
        sa.Column("unique_key", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("step_done", sa.Integer(), nullable=False),
        sa.Column("step_on", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "entity_id", "unique_key", name=op.f("pk_vanished_items")),
    )
    op.add_column("instalments", sa.Column("created_import_id", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("instalments", "created_import_id")
    op.drop_table("vanished_items")
    op.drop_table("undo_rows")
    op.drop_table("undo_parts")

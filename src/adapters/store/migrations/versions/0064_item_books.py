"""What is open at a source, kept in one piece for its next import."""

import sqlalchemy as sa
from alembic import op

revision = "0064"
down_revision = "0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "item_books",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "source_id", "part", name=op.f("pk_item_books")),
    )
    if op.get_bind().dialect.name == "postgresql":  # numbers without a pattern: packing them only takes time
        op.execute("alter table item_books alter column content set storage external")

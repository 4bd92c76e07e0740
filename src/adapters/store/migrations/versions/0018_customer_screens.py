"""What people write in customers' fields, addresses that refuse, and the columns of lists and saved views."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("customers", sa.Column("written", sa.Text(), nullable=True))
    op.add_column("contacts", sa.Column("bounced", sa.Text(), server_default="", nullable=False))
    op.add_column("contacts", sa.Column("bounced_at", sa.BigInteger(), nullable=True))
    op.add_column("contacts", sa.Column("bounced_why", sa.Text(), server_default="", nullable=False))
    op.add_column("saved_searches", sa.Column("columns", sa.Text(), server_default="[]", nullable=False))
    op.add_column("saved_searches", sa.Column("sort", sa.Text(), server_default="", nullable=False))
    op.create_table(
        "list_columns",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "user_id", "target", name=op.f("pk_list_columns")),
    )

"""What the other side reports of a message that it took, each once, before anybody draws conclusions."""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "message_reports",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("folded", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "event", name=op.f("pk_message_reports")),
    )
    op.create_index("ix_message_reports_action", "message_reports", ["tenant_id", "action_id", "generation"])
    new = sa.text("not folded")
    op.create_index("ix_message_reports_new", "message_reports", ["tenant_id"], sqlite_where=new, postgresql_where=new)

"""Documents of messages are kept once, beside what the messages say; older messages keep theirs where they are."""

import sqlalchemy as sa
from alembic import op

revision = "0069"
down_revision = "0066"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "message_documents",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "action_id", "generation", "channel", name=op.f("pk_message_documents")),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("alter table message_documents alter column content set storage external")


def downgrade() -> None:
    op.drop_table("message_documents")

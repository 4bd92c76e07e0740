"""What messages cost and the numbers of registered letters are kept; batches know which letters are registered."""

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0064"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table, column in (("messages", "tracking"), ("messages", "cost"), ("message_reports", "cost")):
        op.add_column(table, sa.Column(column, sa.Text(), server_default="", nullable=False))
    registered: sa.Column[bool] = sa.Column("registered", sa.Boolean(), server_default=sa.false(), nullable=False)
    op.add_column("batched_letters", registered)

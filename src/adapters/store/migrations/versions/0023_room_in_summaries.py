"""Pages of summaries keep room, so that a summary that changes stays in its page and in its index (PostgreSQL)."""

from alembic import op

revision = "0023"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        op.execute("alter table account_summaries set (fillfactor = 60)")

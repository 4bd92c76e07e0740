"""A task of Search & Assign may ask an assigner, with settings of its own, and remembers what that one gave last."""

import sqlalchemy as sa
from alembic import op

revision = "0063"
down_revision = "0060"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("assign_tasks", sa.Column("assigner", sa.Text(), server_default="", nullable=False))
    op.add_column("assign_tasks", sa.Column("settings", sa.Text()))
    op.add_column("assign_tasks", sa.Column("last", sa.Text(), server_default="", nullable=False))

"""A task of Search & Assign may follow a saved search."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("assign_tasks", sa.Column("saved_search_id", sa.Integer()))

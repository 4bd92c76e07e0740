"""Saved searches mark accounts as alerts, and accounts with a broken promise are found by an index (B7)."""

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0056"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("saved_searches", sa.Column("alert", sa.Text(), server_default="", nullable=False))
    op.add_column("saved_searches", sa.Column("sign", sa.Text(), server_default="", nullable=False))
    broken = sa.text("verdict = 'broken'")
    op.create_index(
        "ix_holds_broken", "holds", ["tenant_id", "customer_id"], sqlite_where=broken, postgresql_where=broken
    )

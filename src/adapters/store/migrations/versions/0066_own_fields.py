"""SQLite searches the tenant's own fields of open items in an index of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0066"
down_revision = "0063"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    told = sa.text("open_amount <> 0 and custom is not null")
    columns = ["tenant_id", "customer_id", "open_amount", "custom"]
    op.create_index("ix_items_custom", "items", columns, sqlite_where=told)

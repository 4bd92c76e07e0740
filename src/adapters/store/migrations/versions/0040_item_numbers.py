"""Open items are found by the beginning of their number, or by their amount, in one index of SQLite.

PostgreSQL reads the table with several processes, quickly enough: there, every import would pay for this index.
"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    op.create_index(
        "ix_items_number",
        "items",
        ["tenant_id", "number", "item_id", "customer_id", "currency", "open_amount"],
        sqlite_where=sa.text("open_amount <> 0"),
    )

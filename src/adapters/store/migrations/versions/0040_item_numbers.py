"""Open items are found by the beginning of their number, or by their amount, in one index."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_items_number",
        "items",
        ["tenant_id", "number", "item_id", "customer_id", "currency", "open_amount"],
        sqlite_where=sa.text("open_amount <> 0"),
        postgresql_where=sa.text("open_amount <> 0"),
        postgresql_ops={"number": "text_pattern_ops"},
    )

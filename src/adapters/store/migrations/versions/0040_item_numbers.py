"""Open items are found by the beginning of their number."""

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
        ["tenant_id", "number"],
        sqlite_where=sa.text("open_amount <> 0"),
        postgresql_where=sa.text("open_amount <> 0"),
        postgresql_ops={"number": "text_pattern_ops"},
    )

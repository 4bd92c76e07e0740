"""Credits and memo items are found by their due day, as debits are by the summaries of their accounts."""

import sqlalchemy as sa
from alembic import op

revision = "0074"
down_revision = "0069"
branch_labels = None
depends_on = None


def upgrade() -> None:
    credit, memo = sa.text("open_amount < 0"), sa.text("open_amount <> 0 and type = 'down-payment-request'")
    by_day = ["tenant_id", "due_on", "item_id"]
    op.create_index("ix_items_credit", "items", by_day, sqlite_where=credit, postgresql_where=credit)
    covering = [*by_day, "customer_id", "currency"]
    op.create_index("ix_items_memo", "items", covering, sqlite_where=memo, postgresql_where=memo)


def downgrade() -> None:
    op.drop_index("ix_items_memo", table_name="items")
    op.drop_index("ix_items_credit", table_name="items")

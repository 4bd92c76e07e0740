"""Invoices past the last step of their scenario are found without a look at all that is open (D7)."""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0054"
branch_labels = None
depends_on = None


def upgrade() -> None:
    listed = sa.text("open_amount > 0 and step_done > 0")
    op.create_index(
        "ix_items_listed",
        "items",
        ["tenant_id", "step_done", "customer_id"],
        sqlite_where=listed,
        postgresql_where=listed,
    )
    chasing = sa.text("scenario is not null")
    op.create_index(
        "ix_customers_scenario",
        "customers",
        ["tenant_id", "scenario"],
        sqlite_where=chasing,
        postgresql_where=chasing,
    )

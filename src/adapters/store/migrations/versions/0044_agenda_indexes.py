"""A collector's actions are found by the collector, by the account, by who was given them and by the day they ended."""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_customers_collector", "customers", ["tenant_id", "collector_id", "customer_id"])
    for name, column, rows in (
        ("ix_actions_account", "customer_id", "state not in ('sent', 'done', 'cancelled')"),
        ("ix_actions_assignee", "assignee_id", "assignee_id is not null"),
        ("ix_actions_done", "done_on", "done_on is not null"),
    ):
        only = sa.text(rows)
        op.create_index(name, "actions", ["tenant_id", column], sqlite_where=only, postgresql_where=only)

"""Searches answer from indexes: the columns of open and settled items that people ask for, and days of actions."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0029"
branch_labels = None
depends_on = None

_CUSTOMER = ["tenant_id", "customer_id"]
_OPEN = [
    *("type", "hold", "due_on", "currency", "open_amount", "amount", "issued_on", "source_id", "step_done"),
    *("hold_until", "payment_method", "settled_on", "paid_on", "number"),
]


def upgrade() -> None:
    _items(_OPEN if op.get_bind().dialect.name == "sqlite" else [], ["settled_on", "paid_on"])
    op.drop_index("ix_actions_customer", table_name="actions")
    op.create_index("ix_actions_customer", "actions", [*_CUSTOMER, "done_on"])


def downgrade() -> None:
    _items([], [])
    op.drop_index("ix_actions_customer", table_name="actions")
    op.create_index("ix_actions_customer", "actions", _CUSTOMER)


def _items(open_columns: list[str], settled_columns: list[str]) -> None:
    for name, where, more in (
        ("ix_items_open", "open_amount <> 0", open_columns),
        ("ix_items_settled", "open_amount = 0", settled_columns),
    ):
        op.drop_index(name, table_name="items")
        condition = sa.text(where)
        op.create_index(
            name, "items", [*_CUSTOMER, *more], sqlite_where=condition, postgresql_where=condition, unique=False
        )

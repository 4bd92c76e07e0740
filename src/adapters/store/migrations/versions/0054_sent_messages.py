"""Messages that were sent are found by when they left, and counted, without reading them."""

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    only = sa.text("sent_at is not null")
    op.create_index("ix_actions_sent", "actions", ["tenant_id", "sent_at"], sqlite_where=only, postgresql_where=only)

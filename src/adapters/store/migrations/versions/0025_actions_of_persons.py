"""Actions that persons began are found by what they belong to."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    given = sa.text("specific_id is not null")
    op.create_index(
        "ix_actions_specific", "actions", ["tenant_id", "specific_id"], sqlite_where=given, postgresql_where=given
    )

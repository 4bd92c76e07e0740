"""Whether a customer is told of late interest (B8)."""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("customers", sa.Column("penalties", sa.Boolean(), server_default="1", nullable=False))

"""What a contact does at the customer's (S1.9)."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0058"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("contacts", sa.Column("role", sa.Text(), server_default="", nullable=False))

"""Domains that messages are sent from, with the keys that sign them."""

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0057"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sender_domains",
        sa.Column("tenant_id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("domain", sa.Text, nullable=False),
        sa.Column("selector", sa.Text, nullable=False),
        sa.Column("public_key", sa.Text, nullable=False),
        sa.Column("sealed_key", sa.Text, nullable=False),
        sa.Column("added_at", sa.BigInteger, nullable=False),
        sa.Column("sights", sa.Text, nullable=False),
        sa.Column("checked_at", sa.BigInteger),
        sa.PrimaryKeyConstraint("tenant_id", "domain", name="pk_sender_domains"),
    )

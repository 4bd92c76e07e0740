"""Changes of many customers at once."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mass_changes",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("wanted", sa.Text(), nullable=False),
        sa.Column("customers", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Text(), nullable=False),
        sa.Column("undone_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "change_id", name=op.f("pk_mass_changes")),
    )
    op.create_table(
        "mass_change_rows",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("attribute", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("deed", sa.Text(), nullable=False),
        sa.Column("number_before", sa.Integer(), nullable=True),
        sa.Column("text_before", sa.Text(), nullable=True),
        sa.Column("origin_before", sa.Text(), nullable=True),
        sa.Column("author_before", sa.Text(), nullable=True),
        sa.Column("at_before", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint(
            "tenant_id",
            "change_id",
            "attribute",
            "customer_id",
            "link_id",
            name=op.f("pk_mass_change_rows"),
        ),
    )

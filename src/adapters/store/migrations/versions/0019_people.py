"""Invitations, whose customers a person sees, deputies, keys of one person, and customers collected on another."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("users", sa.Column("sees", sa.Text(), nullable=True))
    op.add_column("users", sa.Column("invited_until", sa.BigInteger(), nullable=True))
    op.add_column("sign_in_links", sa.Column("purpose", sa.Text(), nullable=False, server_default="sign-in"))
    op.add_column("api_keys", sa.Column("user_id", sa.Integer(), nullable=True))
    op.create_table(
        "deputies",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("deputy_id", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Integer(), nullable=False),
        sa.Column("last_on", sa.Integer(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("running", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "number", name=op.f("pk_deputies")),
    )
    op.create_index("ix_deputies_deputy", "deputies", ["tenant_id", "deputy_id"])
    op.add_column("customers", sa.Column("lead_id", sa.Integer(), nullable=True))
    op.add_column("customers", sa.Column("lead_by", sa.Text(), nullable=True))
    op.add_column("customers", sa.Column("lead_at", sa.BigInteger(), nullable=True))
    collected = sa.text("lead_id is not null")
    op.create_index(
        "ix_customers_lead",
        "customers",
        ["tenant_id", "lead_id"],
        sqlite_where=collected,
        postgresql_where=collected,
    )

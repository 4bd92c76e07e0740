"""Entities after the first sign with an address and a bank of their own (A23); copies are fetched from addresses."""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0055"
branch_labels = None
depends_on = None

_DETAILS = ("country", "street", "zip", "city", "phone", "bank", "iban", "bic", "sender")


def upgrade() -> None:
    for name in _DETAILS:
        op.add_column("entities", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.add_column("sources", sa.Column("copy_hosts", sa.Text(), nullable=False, server_default=""))
    op.add_column("sources", sa.Column("copies_import_id", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "copy_fetches",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False, server_default=""),
        sa.Column("tries", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("next_at", sa.BigInteger()),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "item_id"),
    )
    op.create_index("ix_copy_fetches_due", "copy_fetches", ["tenant_id", "state", "next_at"])
    op.execute(
        "update entities set name = (select t.name from tenants t where t.tenant_id = entities.tenant_id) "
        "where entity_id = (select min(e.entity_id) from entities e where e.tenant_id = entities.tenant_id)"
    )

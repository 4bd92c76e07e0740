"""The first tables: customers."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contacts",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("first_name", sa.Text(), server_default="", nullable=False),
        sa.Column("email", sa.Text(), server_default="", nullable=False),
        sa.Column("phone", sa.Text(), server_default="", nullable=False),
        sa.Column("mobile", sa.Text(), server_default="", nullable=False),
        sa.Column("function", sa.Text(), server_default="", nullable=False),
        sa.Column("language", sa.Text(), server_default="", nullable=False),
        sa.Column("collection", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "contact_id", name=op.f("pk_contacts")),
    )
    op.create_index("ix_contacts_customer", "contacts", ["tenant_id", "customer_id"], unique=False)
    op.create_table(
        "customers",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("entity_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("legal_id", sa.Text(), server_default="", nullable=False),
        sa.Column("vat_number", sa.Text(), server_default="", nullable=False),
        sa.Column("street", sa.Text(), server_default="", nullable=False),
        sa.Column("zip", sa.Text(), server_default="", nullable=False),
        sa.Column("city", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.Text(), server_default="", nullable=False),
        sa.Column("country", sa.Text(), server_default="", nullable=False),
        sa.Column("language", sa.Text(), server_default="", nullable=False),
        sa.Column("currency", sa.Text(), server_default="", nullable=False),
        sa.Column("phone", sa.Text(), server_default="", nullable=False),
        sa.Column("email", sa.Text(), server_default="", nullable=False),
        sa.Column("url", sa.Text(), server_default="", nullable=False),
        sa.Column("terms", sa.Text(), server_default="", nullable=False),
        sa.Column("credit_limit", sa.BigInteger(), nullable=True),
        sa.Column("order_backlog", sa.BigInteger(), nullable=True),
        sa.Column("payment_method", sa.Text(), server_default="", nullable=False),
        sa.Column("blocked", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("collection_stop", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("paused_until", sa.Integer(), nullable=True),
        sa.Column("comment", sa.Text(), server_default="", nullable=False),
        sa.Column("custom", sa.Text(), nullable=True),
        sa.Column("collector_id", sa.Integer(), nullable=True),
        sa.Column("collector_origin", sa.Text(), nullable=True),
        sa.Column("collector_by", sa.Text(), nullable=True),
        sa.Column("collector_at", sa.BigInteger(), nullable=True),
        sa.Column("scenario", sa.Text(), nullable=True),
        sa.Column("scenario_origin", sa.Text(), nullable=True),
        sa.Column("scenario_by", sa.Text(), nullable=True),
        sa.Column("scenario_at", sa.BigInteger(), nullable=True),
        sa.Column("last_contact_on", sa.Integer(), nullable=True),
        sa.Column("created_on", sa.Integer(), nullable=False),
        sa.Column("created_import_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "customer_id", name=op.f("pk_customers")),
        sa.UniqueConstraint("tenant_id", "entity_id", "code", name=op.f("uq_customers_tenant_id_entity_id_code")),
    )


def downgrade() -> None:
    op.drop_table("customers")
    op.drop_index("ix_contacts_customer", table_name="contacts")
    op.drop_table("contacts")

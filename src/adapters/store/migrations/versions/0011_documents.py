"""Copies of invoices."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "documents",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("archive_ref", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "document_id", name=op.f("pk_documents")),
        sa.UniqueConstraint(
            "tenant_id", "item_id", "archive_ref", name=op.f("uq_documents_tenant_id_item_id_archive_ref")
        ),
    )
    op.create_index("ix_documents_item", "documents", ["tenant_id", "item_id"], unique=False)


def downgrade() -> None:
    op.drop_table("documents")

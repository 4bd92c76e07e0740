"""Versions of mapping profiles and the layouts that they know."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("profiles", sa.Column("version", sa.Integer(), server_default="1", nullable=False))
    for name, default in (("importer", ""), ("columns", "[]"), ("layout", ""), ("author", "")):
        op.add_column("profiles", sa.Column(name, sa.Text(), server_default=default, nullable=False))
    op.add_column("profiles", sa.Column("saved_at", sa.BigInteger(), nullable=True))
    op.create_table(
        "profile_versions",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("mapping", sa.Text(), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("importer", sa.Text(), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("layout", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "name", "version", name=op.f("pk_profile_versions")),
    )


def downgrade() -> None:
    op.drop_table("profile_versions")
    for name in ("saved_at", "author", "layout", "columns", "importer", "version"):
        op.drop_column("profiles", name)

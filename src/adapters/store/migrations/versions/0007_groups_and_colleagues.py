"""Groups, colleagues and the origin of assigned values."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "groups",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "group_id", name=op.f("pk_groups")),
        sa.UniqueConstraint("tenant_id", "name", name=op.f("uq_groups_tenant_id_name")),
    )
    _create_links("customer_groups", "group_id")
    _create_links("customer_colleagues", "user_id")


def _create_links(name: str, other: str) -> None:
    op.create_table(
        name,
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column(other, sa.Integer(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_origin", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "link_id", name=op.f(f"pk_{name}")),
    )
    op.create_index(f"ix_{name}_customer", name, ["tenant_id", "customer_id"], unique=False)
    op.create_index(f"ix_{name}_other", name, ["tenant_id", other], unique=False)


def downgrade() -> None:
    for name in ("customer_colleagues", "customer_groups"):
        op.drop_index(f"ix_{name}_other", table_name=name)
        op.drop_index(f"ix_{name}_customer", table_name=name)
        op.drop_table(name)
    op.drop_table("groups")

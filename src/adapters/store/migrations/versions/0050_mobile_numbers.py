"""Mobile numbers stand beside what was typed in the form that a network takes."""

import sqlalchemy as sa
from alembic import op

from relance.adapters.phones import mobile_number

revision = "0050"
down_revision = "0047"
branch_labels = None
depends_on = None

_TYPED = sa.text(
    "select p.tenant_id, p.contact_id, p.mobile, c.country, t.country from contacts p "
    "join customers c on c.tenant_id = p.tenant_id and c.customer_id = p.customer_id "
    "join tenants t on t.tenant_id = p.tenant_id where p.mobile <> ''"
)
_READ = sa.text("update contacts set mobile_e164 = :read where tenant_id = :tenant and contact_id = :contact")


def upgrade() -> None:
    op.add_column("contacts", sa.Column("mobile_e164", sa.Text(), nullable=False, server_default=""))
    rows = [
        {"tenant": tenant, "contact": contact, "read": mobile_number(mobile, country or own)}
        for tenant, contact, mobile, country, own in op.get_bind().execute(_TYPED)
    ]
    if rows:
        op.get_bind().execute(_READ, rows)

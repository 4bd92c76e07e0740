"""Mobile numbers read anew where a customer turns out to be in another country."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from relance.adapters.phones import mobile_number
from relance.adapters.store.tables.customers import contacts, customers
from relance.adapters.store.tables.tenancy import tenants
from relance.core.kernel.identifiers import TenantId

_CHUNK = 5000
_TYPED: Any = (
    select(contacts.c.contact_id, contacts.c.mobile, contacts.c.mobile_e164, customers.c.country, tenants.c.country)
    .join(
        customers,
        (customers.c.tenant_id == contacts.c.tenant_id) & (customers.c.customer_id == contacts.c.customer_id),
    )
    .join(tenants, tenants.c.tenant_id == contacts.c.tenant_id)
    .where(
        contacts.c.tenant_id == bindparam("tenant"),
        contacts.c.customer_id.in_(bindparam("these", expanding=True)),
        contacts.c.mobile != "",
    )
)
_READ = (
    update(contacts)
    .where(contacts.c.tenant_id == bindparam("of_tenant"), contacts.c.contact_id == bindparam("of"))
    .values(mobile_e164=bindparam("read"))
)


def read_anew(connection: Connection, tenant: TenantId, those: Sequence[int]) -> None:
    """The numbers of these customers' contacts, as their country writes them now."""
    for start in range(0, len(those), _CHUNK):
        given = {"tenant": tenant, "these": list(those[start : start + _CHUNK])}
        rows = [
            {"of_tenant": tenant, "of": contact, "read": read}
            for contact, typed, before, country, own in connection.execute(_TYPED, given)
            if (read := mobile_number(typed, country or own)) != before
        ]
        if rows:
            connection.execute(_READ, rows)

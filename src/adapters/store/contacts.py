"""Contacts on SQLAlchemy."""

from typing import Any

from sqlalchemy import Connection, Select, case, delete, func, insert, select, update

from relance.adapters.phones import mobile_number
from relance.adapters.store.tables.customers import contacts, customers
from relance.adapters.store.tables.tenancy import tenants
from relance.core.kernel.errors import NotFound
from relance.core.kernel.identifiers import ContactId, CustomerId, TenantId
from relance.ports.store.contacts import Contact

_ROW = contacts.c
_PLAIN = ("name", "first_name", "email", "phone", "mobile", "function", "role", "language", "collection")
_SAME_ADDRESS = func.lower(_ROW.bounced) == func.lower(_ROW.email)
"""What came back concerns the address it was sent to, also where an import or a person changed it since."""


class SqlContacts:
    """The people at one tenant's customers."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def of(self, customer: CustomerId) -> list[Contact]:
        """Those for collection first, then as imported."""
        order = (_ROW.collection.desc(), _ROW.position, _ROW.contact_id)
        return [_contact(row) for row in self._connection.execute(self._those(customer).order_by(*order))]

    def one(self, customer: CustomerId, contact: ContactId) -> Contact:
        """One of them; raises NotFound."""
        row = self._connection.execute(self._those(customer).where(_ROW.contact_id == contact)).first()
        if row is None:
            raise NotFound("no such contact")
        return _contact(row)

    def save(self, customer: CustomerId, contact: Contact) -> None:
        """Insert a contact whose number is new, else change it."""
        values: dict[str, Any] = {name: getattr(contact, name) for name in _PLAIN}
        values["mobile_e164"] = mobile_number(contact.mobile, self._country(customer))
        place = (_ROW.tenant_id == self._tenant, _ROW.contact_id == contact.contact)
        owner = self._connection.execute(select(_ROW.customer_id).where(*place)).scalar()
        if owner is None:
            keys = {"tenant_id": self._tenant, "customer_id": customer, "contact_id": contact.contact}
            self._connection.execute(insert(contacts), values | keys)
            return
        if owner != customer:
            raise NotFound("no such contact")
        self._connection.execute(update(contacts).where(*place).values(values))

    def remove(self, customer: CustomerId, contact: ContactId) -> None:
        """Take a contact away; raises NotFound."""
        self.one(customer, contact)
        self._connection.execute(delete(contacts).where(*self._this(customer, contact)))

    def clear_bounce(self, customer: CustomerId, contact: ContactId) -> None:
        """Forget that mail came back."""
        cleared = update(contacts).where(*self._this(customer, contact))
        self._connection.execute(cleared.values(bounced="", bounced_at=None, bounced_why=""))

    def _country(self, customer: CustomerId) -> str:
        """Where the customer's numbers are dialled from: its own country, else the tenant's."""
        own = select(customers.c.country).where(
            customers.c.tenant_id == self._tenant, customers.c.customer_id == customer
        )
        firm = select(tenants.c.country).where(tenants.c.tenant_id == self._tenant)
        return self._connection.execute(own).scalar() or self._connection.execute(firm).scalar() or ""

    def _those(self, customer: CustomerId) -> Select[Any]:
        bounced = (
            case((_SAME_ADDRESS, _ROW.bounced_at), else_=None).label("bounced_at"),
            case((_SAME_ADDRESS, _ROW.bounced_why), else_="").label("bounced_why"),
        )
        query = select(_ROW.contact_id.label("contact"), *(_ROW[name] for name in (*_PLAIN, "mobile_e164")), *bounced)
        return query.where(_ROW.tenant_id == self._tenant, _ROW.customer_id == customer)

    def _this(self, customer: CustomerId, contact: ContactId) -> tuple[Any, ...]:
        return _ROW.tenant_id == self._tenant, _ROW.customer_id == customer, _ROW.contact_id == contact


def _contact(row: Any) -> Contact:
    return Contact(**row._mapping)

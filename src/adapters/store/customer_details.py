"""Customers' own fields on SQLAlchemy, with what a person set (A5)."""

from collections.abc import Mapping
from typing import Any

import msgspec
from sqlalchemy import Connection, select, update

from relance.adapters.store.custom_names import custom_names
from relance.adapters.store.mobile_numbers import read_anew
from relance.adapters.store.tables.customers import customers
from relance.adapters.store.tables.intake import imports
from relance.core.customers.details import CustomerDetails, Written
from relance.core.kernel.identifiers import CustomerId, TenantId
from relance.ports.store.customer_details import DetailsKept

_FIELDS = CustomerDetails.__struct_fields__


class SqlCustomerDetails:
    """The fields of one tenant's customers."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def of(self, customer: CustomerId) -> DetailsKept:
        """A customer's fields."""
        query = select(*(customers.c[name] for name in _FIELDS), customers.c.written)
        row = self._connection.execute(query.where(*self._this(customer))).one()
        fields = dict(zip(_FIELDS, row, strict=False))
        fields["custom"] = {name: str(value) for name, value in (fields["custom"] or {}).items() if value}
        written = msgspec.convert(row.written or {}, dict[str, Written])
        return DetailsKept(details=CustomerDetails(**fields), written=written)

    def keep(self, customer: CustomerId, details: CustomerDetails, written: Mapping[str, Written]) -> None:
        """Keep all fields, and add to those that a person set."""
        known = self.of(customer).written | dict(written)
        values: dict[str, Any] = {name: getattr(details, name) for name in _FIELDS}
        values["written"] = msgspec.to_builtins(known)
        self._connection.execute(update(customers).where(*self._this(customer)).values(values))
        read_anew(self._connection, self._tenant, [customer])

    def imported_fields(self) -> frozenset[str]:
        """The fields that the last import of customers carried."""
        i = imports.c
        query = select(i.report).where(i.tenant_id == self._tenant, i.kind == "customers", i.state == "done")
        report = self._connection.execute(query.order_by(i.import_id.desc()).limit(1)).scalar()
        return frozenset((report or {}).get("recognised", {}).get("mapping", {}))

    def custom_names(self) -> tuple[str, ...]:
        """The names of the tenant's own fields of customers."""
        return custom_names(self._connection, self._tenant)

    def _this(self, customer: CustomerId) -> tuple[Any, ...]:
        return customers.c.tenant_id == self._tenant, customers.c.customer_id == customer

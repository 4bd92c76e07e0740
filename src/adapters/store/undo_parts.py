"""What the log says of one import: which rows it made, and which it changed."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection, select

from relance.adapters.store.schema import metadata
from relance.adapters.store.tables.undo import undo_parts
from relance.adapters.store.undo_log import NUMBERS
from relance.core.collection.actions import WAITING_STATES
from relance.core.kernel.identifiers import ImportId, TenantId

WAITING = ", ".join(f"'{state}'" for state in WAITING_STATES)
_GOES_ALONG = {"customers", "account_summaries", "holds"}
"""Tables that say nothing of their own about a customer whose items are gone."""


class Part(msgspec.Struct, frozen=True):
    """One statement of the import: new rows where it has a range of numbers, else changed columns."""

    part: int
    subject: str
    columns: tuple[str, ...]
    first: int | None
    last: int | None

    @property
    def made(self) -> bool:
        """Whether it made rows."""
        return self.first is not None


class Parts:
    """All statements of one import, in their order."""

    def __init__(self, connection: Connection, tenant: TenantId, number: ImportId) -> None:
        self._connection, self.tenant, self.number = connection, tenant, number
        names = ("part", "subject", "columns", "first", "last")
        query = select(*(undo_parts.c[name] for name in names)).where(
            undo_parts.c.tenant_id == tenant, undo_parts.c.import_id == number
        )
        rows = connection.execute(query.order_by(undo_parts.c.part))
        self.all = tuple(Part(row[0], row[1], tuple(row[2]), row[3], row[4]) for row in rows)

    def made(self, table: str, column: str) -> str:
        """The condition that a row is one of those that the import made."""
        ranges = [
            f"{column} between {one.first} and {one.last}" for one in self.all if one.made and one.subject == table
        ]
        return f"({' or '.join(ranges)})" if ranges else "(1 = 0)"

    def changes(self, table: str) -> Sequence[Part]:
        """The statements that changed rows of a table."""
        return [one for one in self.all if not one.made and one.subject == table]

    def rows(self, parts: Sequence[Part]) -> str:
        """The condition on `undo_rows` (as `u`) of these statements."""
        listed = ", ".join(str(one.part) for one in parts) or "0"
        return f"u.tenant_id = {self.tenant} and u.import_id = {self.number} and u.part in ({listed})"

    def changed(self, table: str) -> str:
        """A query for the numbers of the changed rows of a table."""
        return f"select distinct u.record_id from undo_rows u where {self.rows(self.changes(table))}"

    def bare_customers(self) -> list[int]:
        """Customers that the import brought and of whom nothing is left once its items are gone."""
        if not any(one.made and one.subject == "customers" for one in self.all):
            return []
        there = [self._others(name) for name in metadata.tables if self._is_about_customers(name)]
        there.append(
            f"select u.record_id as customer_id from undo_rows u join undo_parts p on p.tenant_id = {self.tenant} "
            "and p.import_id = u.import_id and p.part = u.part and p.subject = 'customers' "
            f"where u.tenant_id = {self.tenant} and u.import_id <> {self.number}"
        )
        made = (
            f"select customer_id from customers where tenant_id = {self.tenant} "
            f"and {self.made('customers', 'customer_id')}"
        )
        return [row[0] for row in self._connection.exec_driver_sql(" except ".join((made, *there)))]

    def _is_about_customers(self, name: str) -> bool:
        return name not in _GOES_ALONG and "customer_id" in metadata.tables[name].c

    def _others(self, name: str) -> str:
        """Customers of whom a table says something that the import did not bring."""
        query = f"select customer_id from {name} where tenant_id = {self.tenant} and customer_id is not null"
        if name == "actions":
            return f"{query} and state not in ({WAITING}, 'cancelled')"
        column = NUMBERS.get(name)
        return f"{query} and not {self.made(name, column)}" if column else query

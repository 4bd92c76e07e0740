"""Keeps what an import is about to change: one statement for all rows that another statement changes next (A6)."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select

from relance.adapters.store.engine import is_sqlite
from relance.adapters.store.tables.intake import imports
from relance.adapters.store.tables.undo import undo_parts, undo_rows
from relance.core.intake.undoing import UNDOABLE_IMPORTS
from relance.core.kernel.identifiers import ImportId, TenantId

NUMBERS = {
    "items": "item_id",
    "customers": "customer_id",
    "contacts": "contact_id",
    "payments": "payment_id",
} | dict.fromkeys(("customer_groups", "customer_colleagues"), "link_id")
"""The tables whose rows imports make and change, and the number that names a row."""


class UndoLog:
    """What one import does, in the order in which it does it."""

    def __init__(self, connection: Connection, tenant: TenantId, number: ImportId) -> None:
        self._connection, self._tenant, self._number = connection, tenant, number

    def created(self, table: str, first: int, count: int) -> None:
        """New rows need no copy: their numbers follow each other."""
        if count:
            self._part(table, (), first, first + count - 1)

    def before(self, table: str, names: Sequence[str], staged: str, only: str = "") -> int:
        """Keep the columns of the rows that a staged table names; returns the part, for `after`."""
        part, key = self._part(table, names), NUMBERS[table]
        self._connection.exec_driver_sql(
            "insert into undo_rows (tenant_id, import_id, part, record_id, before) "
            f"select {self._tenant}, {self._number}, {part}, {table}.{key}, {self._listed(table, names)} "
            f"from {staged} s cross join {table} "
            f"where {table}.tenant_id = {self._tenant} and {table}.{key} = s.{key}{only}"
        )
        return part

    def kept(self, table: str, names: Sequence[str], copied: str) -> None:
        """Keep the columns of rows of which a temporary table holds a copy."""
        part = self._part(table, names)
        self._connection.exec_driver_sql(
            "insert into undo_rows (tenant_id, import_id, part, record_id, before) "
            f"select {self._tenant}, {self._number}, {part}, {NUMBERS[table]}, {self._listed(copied, names)} "
            f"from {copied}"
        )

    def after(self, part: int, table: str, names: Sequence[str]) -> None:
        """Keep also what the rows became: what a person changes later is then told apart, and stays."""
        self._connection.exec_driver_sql(
            f"update undo_rows set after = {self._listed(table, names)} from {table} "
            f"where undo_rows.tenant_id = {self._tenant} and undo_rows.import_id = {self._number} "
            f"and undo_rows.part = {part} and {table}.tenant_id = {self._tenant} "
            f"and {table}.{NUMBERS[table]} = undo_rows.record_id"
        )

    def source(self, source: int) -> None:
        """Keep what a source remembers of its last good import."""
        names = ("last_import_id", "last_fingerprint", "last_good_at")
        part = self._part("sources", names)
        self._connection.exec_driver_sql(
            "insert into undo_rows (tenant_id, import_id, part, record_id, before) "
            f"select {self._tenant}, {self._number}, {part}, source_id, {self._listed('sources', names)} "
            f"from sources where tenant_id = {self._tenant} and source_id = {source}"
        )

    def forget_older(self, source: int) -> None:
        """Only the last imports of a source can be undone; the log does not grow for ever."""
        query = select(imports.c.import_id).where(
            imports.c.tenant_id == self._tenant, imports.c.source_id == source, imports.c.state == "done"
        )
        older = query.order_by(imports.c.import_id.desc()).offset(UNDOABLE_IMPORTS).limit(1000)
        numbers = list(self._connection.execute(older).scalars())
        for table in (undo_rows, undo_parts):
            place = (table.c.tenant_id == self._tenant, table.c.import_id.in_(numbers))
            if numbers:
                self._connection.execute(delete(table).where(*place))

    def _part(self, table: str, names: Sequence[str], first: int | None = None, last: int | None = None) -> int:
        query = f"select count(*) from undo_parts where tenant_id = {self._tenant} and import_id = {self._number}"
        part = int(self._connection.exec_driver_sql(query).scalar_one()) + 1
        row = {"tenant_id": self._tenant, "import_id": self._number, "part": part, "subject": table}
        self._connection.execute(insert(undo_parts), row | {"columns": list(names), "first": first, "last": last})
        return part

    def _listed(self, table: str, names: Sequence[str]) -> str:
        columns = ", ".join(f"{table}.{name}" for name in names)
        return f"json_array({columns})" if is_sqlite(self._connection) else f"json_build_array({columns})::text"


def assigned(settings: Sequence[str]) -> list[str]:
    """The columns that `name = value` terms of an update set."""
    return [setting.split(" =", 1)[0] for setting in settings]

"""What a day decided, written in a few statements."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update

from relance.adapters.store.action_rows import ACTION, cells_of
from relance.adapters.store.engine import is_sqlite
from relance.adapters.store.tables.collection import actions, decided_days
from relance.adapters.store.tables.intake import imports
from relance.adapters.store.upsert import upsert
from relance.core.collection.actions import OPEN_STATES, Action
from relance.core.kernel.identifiers import ActionId, CustomerId, ImportId, TenantId
from relance.ports.store.day import Change

_COLUMNS = ("tenant_id", *(column.name for column in ACTION), "mark")


class SqlDayWrite:
    """Adds, changes and cancels a tenant's planned actions."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def add_actions(self, new: Sequence[Action], marks: Sequence[str]) -> None:
        """Keep new actions with their marks: one COPY on PostgreSQL, one prepared insert on SQLite."""
        if not new:
            return
        names = ", ".join(_COLUMNS)
        if is_sqlite(self._connection):
            statement = f"insert into actions ({names}) values ({', '.join('?' * len(_COLUMNS))})"
            self._connection.exec_driver_sql(statement, list(self._rows(new, marks)))
            return
        driver: Any = self._connection.connection.driver_connection
        with driver.cursor() as cursor, cursor.copy(f"copy actions ({names}) from stdin") as copy:
            for row in self._rows(new, marks):
                copy.write_row(row)

    def change_actions(self, changes: Sequence[Change]) -> None:
        """Keep what open actions list now; one that moved meanwhile stays as it is."""
        if not changes:
            return
        statement = self._unmoved().values(
            item_ids=bindparam("ids"),
            amounts=bindparam("sums"),
            amount=bindparam("net"),
            mark=bindparam("new_mark"),
            fence=actions.c.fence + 1,
        )
        rows = [
            {
                "action": change.action,
                "seen": change.fence,
                "ids": change.listed.items,
                "sums": change.listed.amounts,
                "net": change.amount,
                "new_mark": change.mark,
            }
            for change in changes
        ]
        self._connection.execute(statement, rows)

    def cancel_actions(self, cancelled: Sequence[tuple[ActionId, int, str]]) -> None:
        """Cancel open actions: action, fence, reason."""
        if not cancelled:
            return
        statement = self._unmoved().values(state="cancelled", reason=bindparam("why"), fence=actions.c.fence + 1)
        self._connection.execute(statement, [{"action": a, "seen": f, "why": why} for a, f, why in cancelled])

    def with_open_action(self) -> frozenset[CustomerId]:
        """The accounts that have an open action now."""
        query = select(actions.c.customer_id).where(actions.c.tenant_id == self._tenant)
        opened = (actions.c.state.in_(OPEN_STATES), actions.c.specific_id.is_(None))
        return frozenset(self._connection.execute(query.where(*opened)).scalars())

    def newest_import(self) -> ImportId:
        """The highest number of an import, 0 before the first."""
        query = select(func.max(imports.c.import_id)).where(imports.c.tenant_id == self._tenant)
        return ImportId(self._connection.execute(query).scalar() or 0)

    def remember(self, today: date, now: datetime, seen: ImportId) -> None:
        """The day was decided, with what the imports up to this one had brought."""
        row = {"tenant_id": self._tenant, "day": today, "decided_at": now, "import_id": seen}
        self._connection.execute(upsert(self._connection, decided_days, ("tenant_id", "day")), [row])

    def _unmoved(self) -> Any:
        return update(actions).where(
            actions.c.tenant_id == self._tenant,
            actions.c.action_id == bindparam("action"),
            actions.c.fence == bindparam("seen"),
        )

    def _rows(self, new: Sequence[Action], marks: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """Plain driver values; the columns' types turn values as they do for single rows."""
        processors = [column.type.bind_processor(self._connection.dialect) for column in ACTION]
        binders = [(place, bind) for place, bind in enumerate(processors) if bind]
        for action, mark in zip(new, marks, strict=True):
            cells = list(cells_of(action))
            for place, bind in binders:
                if cells[place] is not None:
                    cells[place] = bind(cells[place])
            yield (self._tenant, *cells, mark)

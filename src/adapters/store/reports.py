"""Reports of messages on SQLAlchemy."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Select, literal_column, select, update
from sqlalchemy.dialects import postgresql, sqlite

from relance.adapters.store.engine import is_sqlite
from relance.adapters.store.tables.reports import message_reports
from relance.core.kernel.identifiers import ActionId, TenantId
from relance.ports.channels import Report
from relance.ports.store.reports import MessageReport

_R = message_reports.c


class SqlReports:
    """One tenant's reports."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def append(self, report: MessageReport) -> bool:
        """Keep a report; the key lets only one of many alike in, however many come at once."""
        told = report.report
        row = {
            "tenant_id": self._tenant,
            "event": told.event,
            "action_id": report.action,
            "generation": report.generation,
            "at": report.at,
            "status": told.status,
            "reference": told.reference,
            "detail": told.detail,
            "cost": told.cost,
            "folded": False,
        }
        make: Any = sqlite.insert if is_sqlite(self._connection) else postgresql.insert
        kept = make(message_reports).values(row).on_conflict_do_nothing().returning(_R.event)
        return self._connection.execute(kept).first() is not None

    def unfolded(self, limit: int) -> list[MessageReport]:
        """Reports of which nothing has followed yet."""
        return self._read(self._those().where(literal_column("not folded")).limit(limit))

    def folded(self, events: Collection[str]) -> None:
        """What follows of these was done."""
        if events:
            done = update(message_reports).where(_R.tenant_id == self._tenant, _R.event.in_(list(events)))
            self._connection.execute(done.values(folded=True))

    def of(self, action: ActionId) -> list[MessageReport]:
        """Every report of an action's messages."""
        return self._read(self._those().where(_R.action_id == action))

    def _those(self) -> Select[Any]:
        return select(message_reports).where(_R.tenant_id == self._tenant).order_by(_R.at, _R.event)

    def _read(self, query: Select[Any]) -> list[MessageReport]:
        return [
            MessageReport(
                action=ActionId(row.action_id),
                generation=row.generation,
                at=row.at,
                report=Report(
                    event=row.event, status=row.status, reference=row.reference, detail=row.detail, cost=row.cost
                ),
            )
            for row in self._connection.execute(query)
        ]

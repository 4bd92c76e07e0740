"""The audit trail as people read it."""

from typing import Any

from sqlalchemy import Connection, or_, select

from relance.adapters.store.search import contains
from relance.adapters.store.tables.tenancy import audit
from relance.core.kernel.identifiers import TenantId
from relance.ports.store.audit_log import AuditLine

_COLUMNS = (audit.c.seq, audit.c.at, audit.c.actor, audit.c.event, audit.c.subject, audit.c.detail)


class SqlAuditLog:
    """Reads one tenant's trail."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def lines(self, search: str, before: int | None, limit: int) -> list[AuditLine]:
        """The latest first."""
        query = select(*_COLUMNS).where(audit.c.tenant_id == self._tenant)
        if before is not None:
            query = query.where(audit.c.seq < before)
        if search.strip():
            query = query.where(or_(*(contains(column, search) for column in _COLUMNS[2:5])))
        return [_line(row) for row in self._connection.execute(query.order_by(audit.c.seq.desc()).limit(limit))]

    def latest_of(self, subjects: list[str]) -> AuditLine | None:
        """The last row about any of these."""
        query = select(*_COLUMNS).where(audit.c.tenant_id == self._tenant, audit.c.subject.in_(subjects))
        row = self._connection.execute(query.order_by(audit.c.seq.desc()).limit(1)).first()
        return _line(row) if row else None


def _line(row: Any) -> AuditLine:
    seq, at, actor, event, subject, detail = row
    return AuditLine(seq=seq, at=at, actor=actor, event=event, subject=subject, detail=detail)

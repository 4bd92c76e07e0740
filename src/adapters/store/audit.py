"""The audit table: each row's hash covers its content and the hash before it, one chain a tenant."""

import hashlib
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, literal_column, select

from relance.adapters.store.appending import append
from relance.adapters.store.tables.tenancy import audit
from relance.core.kernel.identifiers import TenantId
from relance.ports.store.audit import AuditVerdict

_START = "0" * 64
_NAMES = ("tenant_id", "seq", "at", "actor", "event", "subject", "detail", "previous_hash", "hash")
_LAST = (
    select(audit.c.seq, audit.c.hash)
    .where(audit.c.tenant_id == bindparam("tenant"))
    .order_by(audit.c.seq.desc())
    .limit(literal_column("1"))
)
"""Built once: building a statement costs as much as running it."""


class SqlAudit:
    """Appends and verifies; there is no way to change or delete."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def record(self, actor: str, event: str, subject: str, detail: dict[str, Any] | None = None) -> None:
        """Append one row in this transaction."""
        self.record_many(actor, event, [(subject, detail or {})])

    def record_many(self, actor: str, event: str, rows: list[tuple[str, dict[str, Any]]]) -> None:
        """Append rows in order, in one statement."""
        seq, previous = self._head()
        at = datetime.now(UTC)
        values: list[tuple[Any, ...]] = []
        for subject, detail in rows:
            seq += 1
            text = msgspec.json.encode(detail, order="sorted").decode()
            digest = _digest(previous, seq, at, actor, event, subject, text)
            values.append((self._tenant, seq, at, actor, event, subject, text, previous, digest))
            previous = digest
        append(self._connection, audit, _NAMES, values)

    def verify(self) -> AuditVerdict:
        """Recompute the chain; `first_bad` is the first row that does not follow from the one before it."""
        previous, expected = _START, 1
        query = select(audit).where(audit.c.tenant_id == self._tenant).order_by(audit.c.seq)
        for row in self._connection.execute(query):
            digest = _digest(previous, row.seq, row.at, row.actor, row.event, row.subject, row.detail)
            if row.seq != expected or row.previous_hash != previous or row.hash != digest:
                return AuditVerdict(ok=False, head=previous, first_bad=row.seq)
            previous, expected = digest, expected + 1
        return AuditVerdict(ok=True, head=previous, first_bad=None)

    def _head(self) -> tuple[int, str]:
        self._lock()
        row = self._connection.execute(_LAST, {"tenant": self._tenant}).first()
        return (row.seq, row.hash) if row else (0, _START)

    def _lock(self) -> None:
        """Two writers of one tenant append one after the other; SQLite has the write lock already."""
        if self._connection.dialect.name == "postgresql":
            self._connection.exec_driver_sql("select pg_advisory_xact_lock(%s, 7)", (self._tenant,))


def _digest(previous: str, seq: int, at: datetime, actor: str, event: str, subject: str, detail: str) -> str:
    line = msgspec.json.encode([previous, seq, at.astimezone(UTC).isoformat(), actor, event, subject, detail])
    return hashlib.sha256(line).hexdigest()

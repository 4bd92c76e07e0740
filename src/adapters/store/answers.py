"""Answers kept under an Idempotency-Key; each step is its own short transaction."""

from datetime import datetime, timedelta

from sqlalchemy import Engine, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from relance.adapters.store.tables.tenancy import kept_answers
from relance.core.kernel.identifiers import TenantId
from relance.ports.answers import KeptAnswer

_KEPT_FOR = timedelta(days=1)


class SqlAnswers:
    """Remembers requests by tenant and key for a day."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def begin(self, tenant: TenantId, key: str, fingerprint: str, now: datetime) -> KeptAnswer | None:
        """Take the key for this request, or return what is kept under it: of two at once, one wins the insert."""
        row = {"tenant_id": tenant, "key": key, "fingerprint": fingerprint, "at": now, "status": 0, "body": ""}
        mine = kept_answers.c.tenant_id == tenant
        try:
            with self._engine.begin() as connection:
                connection.execute(delete(kept_answers).where(mine, kept_answers.c.at < now - _KEPT_FOR))
                connection.execute(insert(kept_answers), row)
        except IntegrityError:
            return self._kept(tenant, key)
        return None

    def keep(self, tenant: TenantId, key: str, status: int, body: bytes) -> None:
        """Keep the answer."""
        mine = (kept_answers.c.tenant_id == tenant) & (kept_answers.c.key == key)
        with self._engine.begin() as connection:
            connection.execute(update(kept_answers).where(mine).values(status=status, body=body.decode()))

    def forget(self, tenant: TenantId, key: str) -> None:
        """Give the key back."""
        mine = (kept_answers.c.tenant_id == tenant) & (kept_answers.c.key == key)
        with self._engine.begin() as connection:
            connection.execute(delete(kept_answers).where(mine))

    def _kept(self, tenant: TenantId, key: str) -> KeptAnswer:
        query = select(kept_answers).where(kept_answers.c.tenant_id == tenant, kept_answers.c.key == key)
        with self._engine.connect().execution_options(relance_write=False) as connection:
            row = connection.execute(query).first()
        if row is None:
            return KeptAnswer(fingerprint="", status=0, body=b"")
        return KeptAnswer(fingerprint=row.fingerprint, status=row.status, body=row.body.encode())

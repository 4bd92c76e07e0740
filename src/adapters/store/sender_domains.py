"""Sender domains on SQLAlchemy."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from relance.adapters.store.tables.delivery import sender_domains
from relance.core.kernel.errors import Conflict, NotFound
from relance.core.kernel.identifiers import TenantId
from relance.core.tenancy.sender_domains import SenderDomain, Sight

_D = sender_domains.c


class SqlSenderDomains:
    """One tenant's domains."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def all(self) -> list[SenderDomain]:
        """By name."""
        query = select(sender_domains).where(_D.tenant_id == self._tenant).order_by(_D.domain)
        return [_domain(row) for row in self._connection.execute(query)]

    def add(self, one: SenderDomain, sealed: str) -> None:
        """Keep a new one; raises Conflict."""
        if any(known.domain == one.domain for known in self.all()):
            raise Conflict(f"{one.domain} is there already")
        row = {
            "tenant_id": self._tenant,
            "domain": one.domain,
            "selector": one.selector,
            "public_key": one.public,
            "sealed_key": sealed,
            "added_at": one.added_at,
            "sights": {},
        }
        self._connection.execute(insert(sender_domains), row)

    def saw(self, domain: str, sights: Mapping[str, Sight], at: datetime) -> None:
        """Keep what was seen of it; raises NotFound."""
        kept = update(sender_domains).where(*self._this(domain)).values(sights=dict(sights), checked_at=at)
        if not self._connection.execute(kept).rowcount:
            raise NotFound("no such domain")

    def remove(self, domain: str) -> None:
        """Forget it; raises NotFound."""
        if not self._connection.execute(delete(sender_domains).where(*self._this(domain))).rowcount:
            raise NotFound("no such domain")

    def sealed(self, domains: Collection[str]) -> dict[str, tuple[str, str]]:
        """Selector and sealed key of those whose key the world was seen to know."""
        query = select(_D.domain, _D.selector, _D.sealed_key, _D.sights).where(
            _D.tenant_id == self._tenant, _D.domain.in_(sorted(set(domains)))
        )
        rows = self._connection.execute(query)
        return {domain: (selector, key) for domain, selector, key, sights in rows if sights.get("dkim") == "seen"}

    def _this(self, domain: str) -> tuple[Any, ...]:
        return _D.tenant_id == self._tenant, _D.domain == domain


def _domain(row: Any) -> SenderDomain:
    return SenderDomain(
        domain=row.domain,
        selector=row.selector,
        public=row.public_key,
        added_at=row.added_at,
        sights=row.sights,
        checked_at=row.checked_at,
    )

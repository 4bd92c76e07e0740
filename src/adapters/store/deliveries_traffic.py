"""What each channel has to do and what it did last, from the indexes of open and of sent messages."""

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Connection, and_, func, literal_column, select

from relance.adapters.store.tables.collection import actions, attempts
from relance.core.kernel.identifiers import TenantId
from relance.ports.store.deliveries import ChannelTraffic

_A = actions.c
_LIVING: ColumnElement[bool] = literal_column("actions.state not in ('sent', 'done', 'cancelled')", Boolean)
_PARTS = {"confirmed": "waiting", "held": "held", "sending": "leaving", "unknown": "troubled", "failed": "troubled"}


class Traffic:
    """Reads for one tenant."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def by_kind(self) -> dict[str, ChannelTraffic]:
        """Of each kind of message that there is."""
        found: dict[str, dict[str, Any]] = {}
        query = (
            select(_A.kind, _A.state, func.count())
            .where(_A.tenant_id == self._tenant, _LIVING, _A.kind.not_in(["call", "task"]), _A.state.in_(list(_PARTS)))
            .group_by(_A.kind, _A.state)
        )
        for kind, state, count in self._connection.execute(query):
            part = found.setdefault(kind, {})
            part[_PARTS[state]] = part.get(_PARTS[state], 0) + count
        for kind, at in self._last_sent():
            found.setdefault(kind, {})["sent_at"] = at
        for kind, at, said in self._troubles():
            found.setdefault(kind, {}).update(trouble_at=at, trouble=said)
        return {kind: ChannelTraffic(**fields) for kind, fields in found.items()}

    def _last_sent(self) -> list[tuple[str, datetime]]:
        query = (
            select(_A.kind, func.max(_A.sent_at))
            .where(_A.tenant_id == self._tenant, _A.sent_at.is_not(None))
            .group_by(_A.kind)
        )
        return [(kind, at) for kind, at in self._connection.execute(query)]

    def _troubles(self) -> list[tuple[str, datetime, str]]:
        """What failed of messages that are still open, the latest last."""
        same = and_(attempts.c.tenant_id == _A.tenant_id, attempts.c.action_id == _A.action_id)
        query = (
            select(_A.kind, attempts.c.at, attempts.c.detail)
            .select_from(actions.join(attempts, same))
            .where(_A.tenant_id == self._tenant, _LIVING, attempts.c.outcome != "accepted")
            .order_by(attempts.c.at)
        )
        return [(kind, at, said) for kind, at, said in self._connection.execute(query)]

"""The outbox's screen: messages that were handed over."""

from typing import Any

from sqlalchemy import Connection, and_, select

from relance.adapters.store.agenda_terms import same_customer
from relance.adapters.store.tables.collection import actions, messages
from relance.adapters.store.tables.customers import customers
from relance.adapters.store.visibility import theirs
from relance.core.kernel.identifiers import TenantId
from relance.core.tenancy.users import Actor
from relance.ports.store.outbox import Written


class SqlOutbox:
    """Reads of one tenant."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def written(self, actor: Actor, limit: int) -> list[Written]:
        """The newest messages first."""
        of_action = and_(
            messages.c.tenant_id == actions.c.tenant_id,
            messages.c.action_id == actions.c.action_id,
            messages.c.generation == actions.c.generation,
        )
        query = (
            select(
                actions.c.action_id,
                actions.c.sent_at,
                customers.c.code,
                customers.c.name,
                actions.c.step,
                messages.c.content,
            )
            .select_from(actions.join(messages, of_action).join(customers, same_customer()))
            .where(actions.c.tenant_id == self._tenant, actions.c.state == "sent", actions.c.sent_at.is_not(None))
            .order_by(actions.c.sent_at.desc(), actions.c.action_id.desc())
            .limit(limit)
        )
        if actor.own_only:
            query = query.where(theirs(actor.user))
        return [_written(row) for row in self._connection.execute(query)]


def _at(to: dict[str, Any]) -> str:
    return str(to["email"] or to.get("phone", "") or ", ".join(to.get("lines", ())))


def _written(row: Any) -> Written:
    content = row.content.get("message", row.content)
    return Written(
        action=row.action_id,
        at=row.sent_at,
        customer_code=row.code,
        customer_name=row.name,
        step=row.step,
        to=", ".join(_at(to) for to in content["to"]),
        subject=content["subject"],
        language=content["language"],
    )

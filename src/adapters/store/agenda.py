"""The agenda's screen in set-based SQL."""

from datetime import date

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from relance.adapters.store.tables.collection import actions
from relance.adapters.store.tables.customers import customers
from relance.core.kernel.identifiers import TenantId
from relance.core.tenancy.users import Actor


class SqlAgenda:
    """Read models over actions, customers and account summaries."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def waiting(self, actor: Actor, today: date) -> int:
        """How many actions wait for a person today."""
        query = select(func.count()).select_from(actions).where(actions.c.tenant_id == self._tenant, _todo(today))
        if actor.own_only:
            query = query.join(customers, _same_customer()).where(customers.c.collector_id == actor.user)
        count: int = self._connection.execute(query).scalar_one()
        return count


def _same_customer() -> ColumnElement[bool]:
    return and_(customers.c.tenant_id == actions.c.tenant_id, customers.c.customer_id == actions.c.customer_id)


def _todo(today: date) -> ColumnElement[bool]:
    due = and_(actions.c.state.in_(("planned", "to-confirm")), actions.c.due_on <= today)
    return or_(due, actions.c.state.in_(("unknown", "failed")))

"""All messages as people look at them: part by part, each found by an index, so that pages stay quick for ever."""

from typing import Any

from sqlalchemy import Boolean, ColumnElement, Connection, and_, case, func, literal, literal_column, or_, select

from relance.adapters.store.agenda_terms import same_customer
from relance.adapters.store.columns import microseconds
from relance.adapters.store.deliveries_told import Told
from relance.adapters.store.deliveries_traffic import Traffic
from relance.adapters.store.search import contains
from relance.adapters.store.tables.collection import actions
from relance.adapters.store.tables.customers import customers
from relance.adapters.store.visibility import theirs
from relance.core.kernel.errors import NotFound
from relance.core.kernel.identifiers import ActionId, TenantId, UserId
from relance.ports.store.deliveries import ChannelTraffic, DeliveriesQuestion, DeliveryFile, DeliveryLine, Place

_A = actions.c
_LIVING: ColumnElement[bool] = literal_column("actions.state not in ('sent', 'done', 'cancelled')", Boolean)
"""In the words of the partial index, so that SQLite uses it."""
_PARTS: tuple[tuple[str, ...], ...] = (
    ("unknown", "failed"),
    ("sending", "confirmed", "held"),
    ("sent",),
    ("cancelled",),
)
_SENT, _CANCELLED = 2, 3
_TRIED = or_(_A.state != "cancelled", _A.attempts > 0)
"""A cancelled message is a delivery only where somebody tried to deliver it."""
_COLUMNS = (
    _A.action_id,
    _A.customer_id,
    customers.c.entity_id,
    customers.c.code,
    customers.c.name,
    _A.kind,
    _A.step,
    _A.channel,
    _A.state,
    _A.reason,
    _A.due_on,
    _A.sent_at,
    _A.not_before,
    _A.next_try_at,
    _A.generation,
    _A.attempts,
    _A.message_id,
    _A.warnings,
)
_NAMES = ("action", "customer", "entity", "customer_code", "customer_name", *(column.name for column in _COLUMNS[5:]))


class SqlDeliveries:
    """One tenant's messages."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant
        self._told = Told(connection, tenant)

    def lines(self, question: DeliveriesQuestion) -> tuple[list[DeliveryLine], Place | None]:
        """One page: as many of each part, in turn, as there is room for."""
        found: list[tuple[int, DeliveryLine]] = []
        for part, states in enumerate(_PARTS):
            wanted = [state for state in states if question.state in {None, state}]
            room = question.limit + 1 - len(found)
            if not wanted or room <= 0 or (question.after is not None and part < question.after[0]):
                continue
            found += [(part, line) for line in self._part(question, part, wanted, room)]
        page = found[: question.limit]
        after = _place(*page[-1]) if len(found) > question.limit else None
        return self._told.completed([line for _, line in page]), after

    def counts(self, question: DeliveriesQuestion) -> dict[str, int]:
        """How many are in each state."""
        states = [state for part in _PARTS for state in part]
        query = select(_A.state, func.count()).select_from(_WITH_CUSTOMER if _names(question) else actions)
        query = query.where(*self._chosen(question), _A.state.in_(states), _TRIED).group_by(_A.state)
        return {str(state): int(count) for state, count in self._connection.execute(query)}

    def traffic(self) -> dict[str, ChannelTraffic]:
        """By kind of message."""
        return Traffic(self._connection, self._tenant).by_kind()

    def file(self, action: ActionId, own: UserId | None) -> DeliveryFile:
        """One message with everything; raises NotFound."""
        query = _lines().where(_A.tenant_id == self._tenant, _A.action_id == action, _is_message())
        if own is not None:
            query = query.where(theirs(own))
        row = self._connection.execute(query).first()
        if row is None:
            raise NotFound("no such message")
        return self._told.file(_line(row))

    def _part(self, question: DeliveriesQuestion, part: int, states: list[str], room: int) -> list[DeliveryLine]:
        query = _lines().where(*self._chosen(question), _A.state.in_(states))
        after = question.after if question.after is not None and question.after[0] == part else None
        if part == _SENT:
            query = query.where(_A.sent_at.is_not(None)).order_by(_A.sent_at.desc(), _A.action_id.desc())
        else:
            query = query.where(_TRIED if part == _CANCELLED else _LIVING).order_by(_A.action_id.desc())
        if after is not None:
            query = query.where(_behind(after, part))
        return [_line(row) for row in self._connection.execute(query.limit(room))]

    def _chosen(self, question: DeliveriesQuestion) -> list[ColumnElement[bool]]:
        conditions: list[ColumnElement[bool]] = [_A.tenant_id == self._tenant, _is_message()]
        day = case((_A.state == "sent", _A.done_on), else_=_A.due_on)
        if question.since is not None:
            conditions.append(day >= question.since)
        if question.until is not None:
            conditions.append(day <= question.until)
        if question.channel:
            conditions.append(_A.channel == question.channel)
        if question.own is not None:
            conditions.append(theirs(question.own))
        if question.search.strip():
            places = (customers.c.code, customers.c.name)
            conditions.append(or_(*(contains(column, question.search) for column in places)))
        return conditions


_WITH_CUSTOMER = actions.join(customers, same_customer())


def _lines() -> Any:
    return select(*_COLUMNS).select_from(_WITH_CUSTOMER)


def _is_message() -> ColumnElement[bool]:
    return _A.kind.not_in(["call", "task"])


def _names(question: DeliveriesQuestion) -> bool:
    return question.own is not None or bool(question.search.strip())


def _behind(after: Place, part: int) -> ColumnElement[bool]:
    _, moment, action = after
    if part != _SENT:
        return _A.action_id < action
    at = literal(moment)
    same = and_(_raw(_A.sent_at) == at, _A.action_id < action)
    return or_(_raw(_A.sent_at) < at, same)


def _raw(column: Any) -> Any:
    """The column as the number that is kept."""
    return literal_column(f"actions.{column.name}")


def _line(row: Any) -> DeliveryLine:
    fields = dict(zip(_NAMES, row, strict=True))
    return DeliveryLine(**fields | {"warnings": tuple(fields["warnings"])})


def _place(part: int, line: DeliveryLine) -> Place:
    return part, microseconds(line.sent_at) if part == _SENT and line.sent_at else 0, line.action

"""What the agenda's pane says of one account."""

from datetime import date
from typing import Any

from sqlalchemy import Connection, and_, func, select

from relance.adapters.store.tables.collection import actions, listed_items
from relance.adapters.store.tables.customers import contacts, customers
from relance.adapters.store.tables.ledger import account_summaries, items
from relance.adapters.store.tables.tenancy import users
from relance.core.kernel.identifiers import ItemId, TenantId, UserId
from relance.ports.store.agenda import AgendaFacts, AgendaLine, ListedItem

_AMOUNTS = ("balance", "overdue", "disputed", "promised")


def facts_of(connection: Connection, tenant: TenantId, line: AgendaLine, today: date) -> AgendaFacts:
    """A handful of small reads by key."""
    summary = _summaries(connection, tenant, line)
    own = summary.get(line.currency, dict.fromkeys(_AMOUNTS, 0))
    card = _card(connection, tenant, line)
    leader = _leader(connection, tenant, line)
    before = _before(connection, tenant, line, leader.leader_item_id)
    return AgendaFacts(
        balance=own["balance"],
        overdue=own["overdue"],
        disputed=own["disputed"],
        promised=own["promised"],
        others=tuple(sorted(set(summary) - {line.currency})),
        last_contact_on=card.last_contact_on,
        last_paid_on=_last_paid(connection, tenant, line),
        collector=UserId(card.collector_id) if card.collector_id else None,
        collector_name=card.collector_name or "",
        comment=card.comment,
        blocked=card.blocked,
        phones=_phones(connection, tenant, line),
        leader_number=leader.number or "",
        leader_due_on=leader.due_on,
        items=_listed(connection, tenant, leader.item_ids),
        held_numbers=_held(connection, tenant, line, today),
        previous_step=before[0] if before else "",
        previous_on=before[1] if before else None,
    )


def _summaries(connection: Connection, tenant: TenantId, line: AgendaLine) -> dict[str, dict[str, int]]:
    c = account_summaries.c
    query = select(c.currency, *(c[name] for name in _AMOUNTS))
    query = query.where(c.tenant_id == tenant, c.customer_id == line.customer, c.open_items > 0)
    return {row[0]: dict(zip(_AMOUNTS, row[1:], strict=True)) for row in connection.execute(query)}


def _card(connection: Connection, tenant: TenantId, line: AgendaLine) -> Any:
    c = customers.c
    collector = and_(users.c.tenant_id == c.tenant_id, users.c.user_id == c.collector_id, users.c.active)
    query = (
        select(c.last_contact_on, c.collector_id, users.c.name.label("collector_name"), c.comment, c.blocked)
        .select_from(customers.outerjoin(users, collector))
        .where(c.tenant_id == tenant, c.customer_id == line.customer)
    )
    return connection.execute(query).one()


def _leader(connection: Connection, tenant: TenantId, line: AgendaLine) -> Any:
    item = and_(items.c.tenant_id == actions.c.tenant_id, items.c.item_id == actions.c.leader_item_id)
    query = select(actions.c.leader_item_id, actions.c.item_ids, items.c.number, items.c.due_on)
    query = query.select_from(actions.outerjoin(items, item))
    return connection.execute(query.where(actions.c.tenant_id == tenant, actions.c.action_id == line.action)).one()


def _listed(connection: Connection, tenant: TenantId, numbers: list[int]) -> tuple[ListedItem, ...]:
    c = items.c
    query = (
        select(c.item_id, c.number, c.due_on, c.open_amount, c.currency)
        .where(c.tenant_id == tenant, c.item_id.in_(numbers), c.open_amount > 0, c.hold.is_(None))
        .order_by(c.due_on, c.number)
    )
    return tuple(
        ListedItem(item=ItemId(number), number=name, due_on=due_on, open_amount=amount, currency=currency)
        for number, name, due_on, amount, currency in connection.execute(query)
    )


def _before(connection: Connection, tenant: TenantId, line: AgendaLine, leader: int) -> Any:
    """The last step that listed the leader, and its day."""
    listed = and_(listed_items.c.tenant_id == actions.c.tenant_id, listed_items.c.action_id == actions.c.action_id)
    query = (
        select(actions.c.step, actions.c.done_on)
        .select_from(actions.join(listed_items, listed))
        .where(actions.c.tenant_id == tenant, listed_items.c.item_id == leader, actions.c.action_id != line.action)
        .order_by(listed_items.c.step_number.desc(), actions.c.action_id.desc())
        .limit(1)
    )
    return connection.execute(query).first()


def _last_paid(connection: Connection, tenant: TenantId, line: AgendaLine) -> date | None:
    """The newest of payments received and of items settled."""
    c = items.c
    query = select(func.max(c.paid_on), func.max(c.settled_on)).where(
        c.tenant_id == tenant, c.customer_id == line.customer
    )
    known = [day for day in connection.execute(query).one() if day is not None]
    return max(known, default=None)


def _phones(connection: Connection, tenant: TenantId, line: AgendaLine) -> tuple[tuple[str, str], ...]:
    c = contacts.c
    query = (
        select(c.first_name, c.name, c.phone, c.mobile)
        .where(c.tenant_id == tenant, c.customer_id == line.customer)
        .order_by(c.collection.desc(), c.position, c.contact_id)
        .limit(10)
    )
    people = connection.execute(query)
    return tuple((f"{p.first_name} {p.name}".strip(), p.phone or p.mobile) for p in people if p.phone or p.mobile)


def _held(connection: Connection, tenant: TenantId, line: AgendaLine, today: date) -> tuple[tuple[str, str], ...]:
    c = items.c
    query = (
        select(c.number, c.hold)
        .where(c.tenant_id == tenant, c.customer_id == line.customer, c.open_amount > 0)
        .where(c.hold.is_not(None), c.due_on < today)
        .order_by(c.due_on, c.number)
        .limit(5)
    )
    return tuple((row.number, row.hold) for row in connection.execute(query))

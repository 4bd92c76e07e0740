"""The list of actions as commands and programs read it; few queries, however long the list."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Select, and_, select

from relance.adapters.store.action_rows import ACTION, action_of
from relance.adapters.store.tables.collection import actions
from relance.adapters.store.tables.customers import contacts, customers
from relance.adapters.store.tables.ledger import items
from relance.adapters.store.tenancy import SqlTenancy
from relance.adapters.store.visibility import theirs
from relance.core.collection.actions import Action
from relance.core.collection.kinds import MESSAGES, carries
from relance.core.kernel.identifiers import ActionId, ItemId, TenantId
from relance.ports.store.action_list import ActionLine, ActionsWanted

_CHUNK = 5000


class SqlActionList:
    """Reads one tenant's actions."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def lines(self, wanted: ActionsWanted) -> Sequence[ActionLine]:
        """The actions by due date and number."""
        rows = self._connection.execute(self._query(wanted)).all()
        found = [(action_of(row[:-2]), row[-2], row[-1]) for row in rows]
        numbers = self._numbers(action for action, _, _ in found)
        addresses = {kind: self._addresses(kind) for kind in {action.kind for action, _, _ in found} & MESSAGES.keys()}
        chosen = self._chosen([action for action, _, _ in found if action.brief and action.brief.to])
        people = {user.user: user for user in SqlTenancy(self._connection, self._tenant).users()}
        return [
            ActionLine(
                action=action,
                customer=code,
                collector=people.get(collector),
                addresses=chosen.get(action.action) or addresses.get(action.kind, {}).get(action.customer, ()),
                numbers=tuple(numbers[item] for item in action.items if item in numbers),
            )
            for action, code, collector in found
        ]

    def _query(self, wanted: ActionsWanted) -> Select[Any]:
        query = (
            select(*ACTION, customers.c.code, customers.c.collector_id)
            .join(
                customers,
                and_(customers.c.tenant_id == actions.c.tenant_id, customers.c.customer_id == actions.c.customer_id),
            )
            .where(actions.c.tenant_id == self._tenant)
            .order_by(actions.c.due_on, actions.c.action_id)
        )
        if wanted.state:
            query = query.where(actions.c.state == wanted.state)
        if wanted.due_on:
            query = query.where(actions.c.due_on == wanted.due_on)
        if wanted.own is not None:
            query = query.where(theirs(wanted.own))
        return query

    def _numbers(self, listed: Iterable[Action]) -> dict[ItemId, str]:
        ids = sorted({item for action in listed for item in action.items})
        found: dict[ItemId, str] = {}
        for start in range(0, len(ids), _CHUNK):
            query = select(items.c.item_id, items.c.number).where(
                items.c.tenant_id == self._tenant, items.c.item_id.in_(ids[start : start + _CHUNK])
            )
            found.update((item, number) for item, number in self._connection.execute(query))
        return found

    def _chosen(self, listed: Sequence[Action]) -> dict[ActionId, tuple[str, ...]]:
        """Where a message goes whose recipients a person chose."""
        ids = sorted({contact for action in listed if action.brief for contact in action.brief.to})
        places: dict[int, Any] = {}
        for start in range(0, len(ids), _CHUNK):
            query = select(contacts.c.contact_id, contacts.c.email, contacts.c.mobile_e164).where(
                contacts.c.tenant_id == self._tenant, contacts.c.contact_id.in_(ids[start : start + _CHUNK])
            )
            places |= {row.contact_id: row for row in self._connection.execute(query)}
        return {
            action.action: tuple(
                filter(None, (_place(places.get(contact), action.kind) for contact in action.brief.to))
            )
            for action in listed
            if action.brief
        }

    def _addresses(self, kind: str) -> dict[int, tuple[str, ...]]:
        """Where messages of a kind go, by customer; the address of a letter is the customer's own."""
        reach = carries(kind).reach
        if reach == "post":
            town = customers.c.zip + " " + customers.c.city
            query = select(customers.c.customer_id, customers.c.name + ", " + customers.c.street + ", " + town)
            rows = self._connection.execute(
                query.where(customers.c.tenant_id == self._tenant, customers.c.street != "")
            )
            return {customer: (" ".join(place.split()),) for customer, place in rows}
        at = contacts.c.mobile_e164 if reach == "mobile" else contacts.c.email
        query = (
            select(contacts.c.customer_id, at)
            .where(contacts.c.tenant_id == self._tenant, contacts.c.collection, at != "")
            .order_by(contacts.c.position, contacts.c.contact_id)
        )
        found: dict[int, tuple[str, ...]] = {}
        for customer, place in self._connection.execute(query):
            found[customer] = (*found.get(customer, ()), place)
        return found


def _place(contact: Any, kind: str) -> str:
    """Where a contact is reached by this kind; empty for a letter, which goes to the customer's own address."""
    if contact is None or carries(kind).reach == "post":
        return ""
    return str(contact.mobile_e164 if carries(kind).reach == "mobile" else contact.email)

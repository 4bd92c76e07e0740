"""Scenarios, and the actions of single accounts."""

from collections.abc import Collection, Sequence
from datetime import date
from functools import lru_cache

import msgspec
from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Text,
    bindparam,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    type_coerce,
    update,
)

from relance.adapters.store.action_rows import ACTION, action_of, values_of
from relance.adapters.store.among import among
from relance.adapters.store.grouping import Groupings
from relance.adapters.store.item_rows import ITEM_COLUMNS, item_of
from relance.adapters.store.scenario_changes import carry_steps, withdraw
from relance.adapters.store.scenarios import SqlScenarios
from relance.adapters.store.tables.collection import actions, listed_items, scenarios, templates
from relance.adapters.store.tables.customers import contacts, customers
from relance.adapters.store.tables.ledger import items
from relance.adapters.store.tables.scenarios import scenario_versions
from relance.adapters.store.tables.tenancy import users
from relance.adapters.store.tenancy import SqlTenancy
from relance.adapters.store.upsert import upsert
from relance.adapters.store.visibility import theirs
from relance.core.collection.accounts import Account
from relance.core.collection.actions import BLOCKING_STATES, OPEN_STATES, Action, ActionMoved, require
from relance.core.collection.cycles import steps_after
from relance.core.collection.scenarios import Scenario
from relance.core.collection.templates import Template
from relance.core.kernel.errors import NotFound
from relance.core.kernel.identifiers import ActionId, CustomerId, ItemId, TenantId, UserId
from relance.core.ledger.items import Item
from relance.ports.store.collection import ScenarioChange

_DEFINED = select(type_coerce(scenarios.c.definition, Text)).where(
    scenarios.c.tenant_id == bindparam("tenant"), scenarios.c.code == bindparam("code")
)
_CHASED_BY = select(customers.c.customer_id, customers.c.scenario).where(
    customers.c.tenant_id == bindparam("tenant"), among(customers.c.customer_id, "these")
)
"""Built once: building a statement costs as much as running it."""


class SqlCollection:
    """One tenant's scenarios and actions."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def scenario(self, code: str, version: int = 0) -> Scenario:
        """The scenario of this code as it chases now, or as it was in a version; raises NotFound."""
        definition = self._connection.execute(_DEFINED, {"tenant": self._tenant, "code": code}).scalar()
        if definition is None:
            raise NotFound(f"no scenario {code!r}")
        now = _scenario(definition)
        if version in {0, now.version}:
            return now
        return SqlScenarios(self._connection, self._tenant).version(code, version)

    def scenarios(self) -> list[Scenario]:
        """All scenarios by code."""
        query = select(scenarios.c.definition).where(*self._mine(scenarios.c.tenant_id)).order_by(scenarios.c.code)
        return [msgspec.convert(definition, Scenario) for definition in self._connection.execute(query).scalars()]

    def save_scenario(self, scenario: Scenario) -> None:
        """Keep a new or changed scenario."""
        row = {
            "tenant_id": self._tenant,
            "code": scenario.code,
            "definition": msgspec.to_builtins(scenario),
        }
        self._connection.execute(upsert(self._connection, scenarios, ("tenant_id", "code")), [row])
        published = row | {"version": scenario.version, "author": "", "at": None, "note": "", "in_flight": "move"}
        key = ("tenant_id", "code", "version")
        self._connection.execute(upsert(self._connection, scenario_versions, key), [published])

    def change_scenarios(self, changes: Sequence[ScenarioChange]) -> list[tuple[ActionId, CustomerId]]:
        """Carry the steps over and cancel what waits; the cancelled with their accounts."""
        known = {scenario.code: scenario for scenario in self.scenarios()}
        carry_steps(self._connection, self._tenant, known, changes)
        return withdraw(self._connection, self._tenant, changes)

    def by_default(self) -> list[CustomerId]:
        """Accounts without a scenario of their own."""
        query = select(customers.c.customer_id).where(*self._mine(customers.c.tenant_id))
        none = func.coalesce(customers.c.scenario, "") == ""
        return list(self._connection.execute(query.where(none).order_by(customers.c.customer_id)).scalars())

    def scenarios_of(self, accounts: Collection[CustomerId]) -> dict[CustomerId, str]:
        """The scenario that chases each of these accounts."""
        default = SqlTenancy(self._connection, self._tenant).settings().text("scenario")
        rows = self._connection.execute(_CHASED_BY, {"tenant": self._tenant, "these": list(accounts)})
        return {customer: scenario or default for customer, scenario in rows}

    def templates(self, code: str) -> list[Template]:
        """The texts of a template by language."""
        columns = (templates.c.code, templates.c.language, templates.c.subject, templates.c.body)
        query = select(*columns).where(*self._mine(templates.c.tenant_id), templates.c.code == code)
        return [Template(*row) for row in self._connection.execute(query.order_by(templates.c.language))]

    def save_template(self, template: Template) -> None:
        """Keep a new or changed text."""
        row = {"tenant_id": self._tenant} | msgspec.structs.asdict(template)
        self._connection.execute(upsert(self._connection, templates, ("tenant_id", "code", "language")), [row])

    def account(self, customer: CustomerId) -> Account:
        """What the customer file says about collecting; raises NotFound."""
        default = SqlTenancy(self._connection, self._tenant).settings().text("scenario")
        row = self._connection.execute(self._account_query(customer, default)).first()
        if row is None:
            raise NotFound("no such customer")
        return Account(**row._mapping)

    def account_items(self, customer: CustomerId, today: date) -> list[Item]:
        """The open items of the account and of those that are collected on it today, the oldest first."""
        theirs = Groupings.read(self._connection, self._tenant, today).with_companions([customer])
        query = (
            select(*ITEM_COLUMNS)
            .where(*self._mine(items.c.tenant_id), items.c.customer_id.in_(theirs), items.c.open_amount != 0)
            .order_by(items.c.due_on, items.c.issued_on, items.c.number, items.c.item_id)
        )
        return [item_of(row) for row in self._connection.execute(query)]

    def items_listed(self, customer: CustomerId, scenario: str, step: str) -> frozenset[ItemId]:
        """The items of the account, and of those collected on it, that a done step of this code has listed (D12)."""
        theirs = Groupings.read(self._connection, self._tenant, date.max).with_companions([customer])
        query = (
            select(listed_items.c.item_id)
            .join(
                actions,
                (actions.c.tenant_id == listed_items.c.tenant_id) & (actions.c.action_id == listed_items.c.action_id),
            )
            .where(
                *self._mine(actions.c.tenant_id),
                actions.c.customer_id.in_(theirs),
                actions.c.scenario == scenario,
                actions.c.step == step,
            )
        )
        return frozenset(self._connection.execute(query).scalars())

    def action(self, action: ActionId, own: UserId | None = None) -> Action:
        """One action; raises NotFound, also where `own` does not collect its customer."""
        query = self._actions().where(actions.c.action_id == action)
        if own is not None:
            seen = select(customers.c.customer_id).where(customers.c.tenant_id == self._tenant, theirs(own))
            query = query.where(or_(actions.c.customer_id.in_(seen), actions.c.assignee_id == own))
        row = self._connection.execute(query).first()
        if row is None:
            raise NotFound("no such action")
        return action_of(row)

    def open_actions(self, customer: CustomerId) -> list[Action]:
        """The account's actions that are not at their end."""
        states = (*OPEN_STATES, *BLOCKING_STATES)
        query = self._actions().where(actions.c.customer_id == customer, actions.c.state.in_(states))
        return [action_of(row) for row in self._connection.execute(query.order_by(actions.c.action_id))]

    def save_action(self, before: Action, after: Action) -> Action:
        """Keep the new state of an action that nobody changed meanwhile; raises ActionMoved."""
        if before.state != after.state:
            require(before.state, after.state)
        after = msgspec.structs.replace(after, fence=before.fence + 1)
        unmoved = (
            actions.c.action_id == before.action,
            actions.c.state == before.state,
            actions.c.fence == before.fence,
        )
        statement = update(actions).where(*self._mine(actions.c.tenant_id), *unmoved).values(values_of(after))
        if self._connection.execute(statement).rowcount != 1:
            raise ActionMoved(f"action {before.action} changed meanwhile: load it again")
        return after

    def mark_listed(self, action: Action, listed: Sequence[Item], scenario: Scenario | None, on: date) -> None:
        """Remember what a sent, done or skipped action listed, and move the items' steps (D7), if of a scenario."""
        if not listed:
            return
        row = {"tenant_id": self._tenant, "action_id": action.action, "step_number": action.step_number}
        rows = [row | {"item_id": item.item, "open_amount": item.open_amount} for item in listed]
        self._connection.execute(insert(listed_items), rows)
        if scenario is None:
            return
        moved = steps_after(listed, action.leader, scenario, action.step_number, on)
        for step in sorted(set(moved.values())):
            there = [item for item, after in moved.items() if after == step]
            statement = update(items).where(*self._mine(items.c.tenant_id), items.c.item_id.in_(there))
            self._connection.execute(statement.values(step_done=step, step_on=on))

    def contacted(self, customer: CustomerId, on: date) -> None:
        """An outgoing message or a conversation took place (D9)."""
        theirs = update(customers).where(*self._mine(customers.c.tenant_id), customers.c.customer_id == customer)
        self._connection.execute(theirs.values(last_contact_on=on))

    def _mine(self, column: ColumnElement[int]) -> tuple[ColumnElement[bool]]:
        return (column == self._tenant,)

    def _actions(self) -> Select[tuple[object, ...]]:
        return select(*ACTION).where(actions.c.tenant_id == self._tenant)

    def _account_query(self, customer: CustomerId, default: str) -> Select[tuple[object, ...]]:
        return select(
            customers.c.customer_id.label("customer"),
            customers.c.code,
            customers.c.name,
            func.coalesce(customers.c.scenario, literal(default)).label("scenario"),
            customers.c.collection_stop,
            customers.c.paused_until,
            customers.c.last_contact_on,
            has_collection_contact().label("has_collection_contact"),
            has_collector().label("has_collector"),
        ).where(customers.c.tenant_id == self._tenant, customers.c.customer_id == customer)


def has_collection_contact() -> ColumnElement[bool]:
    """The customer has a contact for collection with an address (S1.9)."""
    return exists().where(
        contacts.c.tenant_id == customers.c.tenant_id,
        contacts.c.customer_id == customers.c.customer_id,
        contacts.c.collection,
        contacts.c.email != "",
    )


def has_collector() -> ColumnElement[bool]:
    """The customer has an active collector; an inactive user counts as none (A1)."""
    return exists().where(
        users.c.tenant_id == customers.c.tenant_id,
        users.c.user_id == customers.c.collector_id,
        users.c.active,
    )


@lru_cache(maxsize=256)
def _scenario(definition: str) -> Scenario:
    """What a text defines; it is read in every transaction that sends, and hardly ever another one."""
    return msgspec.json.decode(definition, type=Scenario)

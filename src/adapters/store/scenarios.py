"""Scenarios in their versions and drafts."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, case, delete, distinct, func, insert, select, update

from relance.adapters.store.message_documents import forget_unsent
from relance.adapters.store.searching import Searching
from relance.adapters.store.tables.collection import actions, scenarios, templates
from relance.adapters.store.tables.customers import customer_colleagues, customers
from relance.adapters.store.tables.ledger import items
from relance.adapters.store.tables.scenarios import scenario_drafts, scenario_versions
from relance.adapters.store.tables.tenancy import users
from relance.adapters.store.tenancy import SqlTenancy
from relance.adapters.store.upsert import upsert
from relance.adapters.store.visibility import theirs
from relance.core.collection.actions import WAITING_STATES, State
from relance.core.collection.designing import Draft
from relance.core.collection.scenarios import Scenario
from relance.core.customers.search import Search
from relance.core.kernel.errors import NotFound
from relance.core.kernel.identifiers import ActionId, CustomerId, TenantId, UserId
from relance.ports.store.scenarios import Concerned, Publication, Version

_MOST_REVISIONS = 100


class SqlScenarios:
    """One tenant's scenarios as they were, are, and may become."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def versions(self, code: str) -> list[Version]:
        """All publications, the newest first."""
        v = scenario_versions.c
        query = select(v.version, v.author, v.at, v.note, v.in_flight).where(
            v.tenant_id == self._tenant, v.code == code
        )
        rows = self._connection.execute(query.order_by(v.version.desc()))
        return [Version(**row._mapping) for row in rows]

    def version(self, code: str, version: int) -> Scenario:
        """One publication; raises NotFound."""
        v = scenario_versions.c
        query = select(v.definition).where(v.tenant_id == self._tenant, v.code == code, v.version == version)
        definition = self._connection.execute(query).scalar()
        if definition is None:
            raise NotFound(f"no version {version} of scenario {code!r}")
        return msgspec.convert(definition, Scenario)

    def publish(self, publication: Publication) -> None:
        """Keep it as the scenario that chases from now on."""
        after = publication.after
        row = {"tenant_id": self._tenant, "code": after.code, "definition": msgspec.to_builtins(after)}
        self._connection.execute(upsert(self._connection, scenarios, ("tenant_id", "code")), [row])
        said = {"in_flight": publication.in_flight, "author": publication.author, "at": publication.at}
        said |= {"note": publication.note, "version": after.version}
        self._connection.execute(insert(scenario_versions), [row | said])

    def templates(self) -> dict[str, list[str]]:
        """The codes of all templates, with their languages."""
        query = select(templates.c.code, templates.c.language).where(templates.c.tenant_id == self._tenant)
        found: dict[str, list[str]] = {}
        for code, language in self._connection.execute(query.order_by(templates.c.code, templates.c.language)):
            found.setdefault(code, []).append(language)
        return found

    def short_templates(self) -> frozenset[str]:
        """The codes of those that are texts of SMS."""
        query = select(templates.c.code).where(templates.c.tenant_id == self._tenant, templates.c.subject == "")
        return frozenset(self._connection.execute(query).scalars())

    def draft(self, code: str) -> Draft | None:
        """What is being drafted."""
        return self.drafts().get(code)

    def drafts(self) -> dict[str, Draft]:
        """All drafts by code, each at its newest revision."""
        d = scenario_drafts.c
        query = select(d.code, d.definition, d.based_on, d.revision).where(d.tenant_id == self._tenant)
        found: dict[str, Draft] = {}
        for code, definition, based_on, revision in self._connection.execute(query.order_by(d.code, d.revision)):
            scenario = msgspec.convert(definition, Scenario)
            undo = code in found or based_on > 0
            found[code] = Draft(scenario=scenario, based_on=based_on, revision=revision, can_undo=undo)
        return found

    def save_draft(self, draft: Draft, author: str, at: datetime) -> Draft:
        """Keep one more revision, and forget the oldest of very many."""
        d, code = scenario_drafts.c, draft.scenario.code
        newest = select(func.max(d.revision)).where(d.tenant_id == self._tenant, d.code == code)
        before = self._connection.execute(newest).scalar()
        revision = max(before or 0, draft.revision) + 1
        row = {"code": code, "revision": revision, "based_on": draft.based_on, "author": author, "at": at}
        row |= {"tenant_id": self._tenant, "definition": msgspec.to_builtins(draft.scenario)}
        self._connection.execute(insert(scenario_drafts), [row])
        self._forget(code, d.revision <= revision - _MOST_REVISIONS)
        return msgspec.structs.replace(draft, revision=revision, can_undo=before is not None or draft.based_on > 0)

    def undo(self, code: str) -> None:
        """Forget the newest revision; the only one only where something is published below it."""
        draft = self.draft(code)
        if draft and draft.can_undo:
            self._forget(code, scenario_drafts.c.revision == draft.revision)

    def discard(self, code: str) -> None:
        """Forget the draft."""
        self._forget(code)

    def accounts(self) -> dict[str, int]:
        """How many accounts each scenario chases."""
        each = select(self._chasing().label("code")).where(customers.c.tenant_id == self._tenant).subquery()
        query = select(each.c.code, func.count()).group_by(each.c.code)
        return {row[0]: row[1] for row in self._connection.execute(query)}

    def concerned(self, code: str) -> Concerned:
        """Whom a new version would reach."""
        on_their_way = select(func.count(distinct(items.c.customer_id))).where(
            items.c.tenant_id == self._tenant, items.c.open_amount != 0, items.c.step_done > 0, self._theirs(code)
        )
        waiting = select(func.count(), func.count(actions.c.confirmed_at)).where(*self._waiting(code))
        waits, confirmed = self._connection.execute(waiting).one()
        return Concerned(
            accounts=self.accounts().get(code, 0),
            in_flight=self._connection.execute(on_their_way).scalar_one(),
            waiting=waits,
            confirmed=confirmed,
        )

    def carry(self, code: str, numbers: Sequence[int]) -> int:
        """Give the steps done their new numbers; an item without a step done has no day of one."""
        becomes = {was: now for was, now in enumerate(numbers, 1) if was != now}
        mine = (items.c.tenant_id == self._tenant, self._theirs(code))
        if not becomes:
            return 0
        for column in (items.c.step_elsewhere, items.c.step_done):
            values: dict[str, Any] = {column.name: case(becomes, value=column)}
            lost = [was for was, now in becomes.items() if not now]
            if column is items.c.step_done and lost:
                values["step_on"] = case((column.in_(lost), None), else_=items.c.step_on)
            self._connection.execute(update(items).where(*mine, column.in_(list(becomes))).values(values))
        return self.concerned(code).in_flight

    def renumber(self, publication: Publication) -> None:
        """Waiting actions of steps that still are there become actions of the new version."""
        before, after = publication.before, publication.after
        for step in before.steps if before else ():
            number = after.number_of(step.code)
            if number is None or after.step(number).kind != step.kind:
                continue
            these = (*self._waiting(after.code), actions.c.step == step.code)
            values: dict[str, Any] = {
                "step_number": number,
                "steps": len(after.steps),
                "scenario_version": after.version,
            }
            values["fence"] = actions.c.fence + 1
            self._connection.execute(update(actions).where(*these).values(values))

    def withdraw(self, code: str, below: int) -> list[tuple[ActionId, CustomerId]]:
        """Cancel what waits under older versions, and forget what was frozen for it."""
        gone = {"state": "cancelled", "reason": "scenario-changed", "not_before": None, "fence": actions.c.fence + 1}
        these = (*self._waiting(code), actions.c.scenario_version < below)
        statement = update(actions).where(*these).values(gone)
        rows = self._connection.execute(statement.returning(actions.c.action_id, actions.c.customer_id)).fetchall()
        withdrawn = [(ActionId(action), CustomerId(customer)) for action, customer in sorted(map(tuple, rows))]
        for start in range(0, len(withdrawn), 500):
            numbers = [str(action) for action, _ in withdrawn[start : start + 500]]
            forget_unsent(self._connection, self._tenant, ", ".join(numbers))
        return withdrawn

    def specifics_due(self, day: date) -> list[tuple[ActionId, CustomerId, State]]:
        """What persons began and what waits until this day at the latest."""
        own = (actions.c.tenant_id == self._tenant, actions.c.specific_id.is_not(None), actions.c.due_on <= day)
        query = select(actions.c.action_id, actions.c.customer_id, actions.c.state)
        rows = self._connection.execute(query.where(*own, actions.c.state.in_(WAITING_STATES)))
        return [(row[0], row[1], row[2]) for row in rows]

    def visible(self, own: UserId) -> frozenset[CustomerId]:
        """The customers that are this user's own."""
        query = select(customers.c.customer_id).where(customers.c.tenant_id == self._tenant, theirs(own))
        return frozenset([number for (number,) in self._connection.execute(query).fetchall()])

    def colleagues(self, accounts: Collection[CustomerId]) -> dict[CustomerId, list[tuple[str, UserId]]]:
        """The active colleagues of these accounts, each with the role, by name."""
        links, u = customer_colleagues.c, users.c
        query = select(links.customer_id, u.role, u.user_id).join(
            users, (u.tenant_id == links.tenant_id) & (u.user_id == links.user_id) & u.active
        )
        live = (links.tenant_id == self._tenant, links.ended_at.is_(None))
        found: dict[CustomerId, list[tuple[str, UserId]]] = {}
        wanted = sorted(set(accounts))
        for start in range(0, len(wanted), 500):
            these = query.where(*live, links.customer_id.in_(wanted[start : start + 500]))
            for customer, role, user in self._connection.execute(these.order_by(u.name, u.user_id)):
                found.setdefault(customer, []).append((role, user))
        return found

    def matching(self, search: Search, today: date) -> frozenset[CustomerId]:
        """The customers that a search finds."""
        condition = Searching(self._connection, self._tenant, today).customers(search)
        query = select(customers.c.customer_id).where(customers.c.tenant_id == self._tenant, condition)
        return frozenset([number for (number,) in self._connection.execute(query).fetchall()])

    def _chasing(self) -> ColumnElement[str]:
        default = SqlTenancy(self._connection, self._tenant).settings().text("scenario")
        return func.coalesce(func.nullif(customers.c.scenario, ""), default)

    def _theirs(self, code: str) -> ColumnElement[bool]:
        """Items of the accounts that a scenario chases."""
        accounts = select(customers.c.customer_id)
        accounts = accounts.where(customers.c.tenant_id == self._tenant, self._chasing() == code)
        return items.c.customer_id.in_(accounts)

    def _waiting(self, code: str) -> tuple[ColumnElement[bool], ...]:
        """Actions of a scenario that wait; what a person began apart from it is no matter of its versions."""
        own = (actions.c.tenant_id == self._tenant, actions.c.scenario == code, actions.c.specific_id.is_(None))
        return (*own, actions.c.state.in_(WAITING_STATES))

    def _forget(self, code: str, *which: ColumnElement[bool]) -> None:
        d = scenario_drafts.c
        self._connection.execute(delete(scenario_drafts).where(d.tenant_id == self._tenant, d.code == code, *which))

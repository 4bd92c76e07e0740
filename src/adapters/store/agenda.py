"""The agenda's screen in set-based SQL: keys first, then the columns of one page only."""

from datetime import date
from typing import Any

from sqlalchemy import Connection, case, func, select

from relance.adapters.store.agenda_facts import facts_of
from relance.adapters.store.agenda_lines import lines_of
from relance.adapters.store.agenda_terms import IS_OPEN, behind, group_terms, narrowed, order_term, totals, view_terms
from relance.adapters.store.tables.collection import actions
from relance.adapters.store.tables.ledger import items
from relance.core.kernel.identifiers import ActionId, TenantId
from relance.core.tenancy.users import Actor
from relance.ports.store.agenda import (
    AgendaFacts,
    AgendaGroup,
    AgendaLine,
    AgendaPage,
    AgendaQuestion,
    View,
)

_OVER = ("sent", "done", "cancelled")
_ALSO_OVER: tuple[View, ...] = ("done", "waiting")
"""Views that also show what has left."""


class SqlAgenda:
    """Read models over actions, customers and account summaries."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def waiting(self, actor: Actor, today: date) -> int:
        """How many actions wait for a person today."""
        return self._count_open(AgendaQuestion(actor=actor, today=today))["todo"]

    def counts(self, question: AgendaQuestion) -> dict[View, int]:
        """One pass over the open actions, one over what was done today, one over what persons began."""
        return self._count_open(question) | {view: self._count(question, view) for view in _ALSO_OVER}

    def groups(self, question: AgendaQuestion) -> list[AgendaGroup]:
        """The groups of the view in their order."""
        query = narrowed(totals(question.view), self._tenant, question, summaries=True)
        found: dict[tuple[int, str], AgendaGroup] = {}
        for rank, name, currency, count, overdue in self._connection.execute(self._viewed(query, question)):
            before = found.get((rank, name))
            sums = (before.overdue if before else {}) | ({currency: int(overdue)} if overdue else {})
            known = before.actions if before else 0
            found[rank, name] = AgendaGroup(group=(rank, name), actions=known + count, overdue=sums)
        return list(found.values())

    def page(self, question: AgendaQuestion) -> AgendaPage:
        """The rows behind `after`."""
        keys = select(actions.c.action_id, *group_terms(question.view), order_term(question)).select_from(actions)
        query = narrowed(keys, self._tenant, question, summaries=True)
        rows = self._connection.execute(
            behind(self._viewed(query, question), question).limit(question.limit + 1)
        ).fetchall()
        shown = rows[: question.limit]
        groups = {row[0]: (int(row[1]), str(row[2])) for row in shown}
        last = (int(shown[-1][1]), str(shown[-1][2]), int(shown[-1][3]), int(shown[-1][0])) if shown else None
        return AgendaPage(
            lines=lines_of(self._connection, self._tenant, question, groups),
            after=last if len(rows) > question.limit else None,
        )

    def lines(self, question: AgendaQuestion, chosen: list[ActionId]) -> list[AgendaLine]:
        """The rows of these actions, in the order given."""
        keys = select(actions.c.action_id, *group_terms(question.view)).select_from(actions)
        own = AgendaQuestion(actor=question.actor, today=question.today)
        query = narrowed(keys, self._tenant, own, summaries=False).where(actions.c.action_id.in_(chosen))
        groups = {ActionId(row[0]): (int(row[1]), str(row[2])) for row in self._connection.execute(query)}
        ordered: dict[int, tuple[int, str]] = {number: groups[number] for number in chosen if number in groups}
        return lines_of(self._connection, self._tenant, question, ordered)

    def view_of(self, line: AgendaLine, question: AgendaQuestion) -> View:
        """The view in which a row stands now."""
        if line.state == "held":
            return "held"
        if line.state in {"unknown", "failed"}:
            return "resolve"
        if line.state in {"confirmed", "sending"}:
            return "leaving"
        if line.state in _OVER:
            return "done"
        shown_on = max(line.due_on, line.snoozed_until or line.due_on)
        return "todo" if shown_on <= question.today else "upcoming"

    def facts(self, line: AgendaLine, today: date) -> AgendaFacts:
        """What the pane says beside the row."""
        return facts_of(self._connection, self._tenant, line, today)

    def steps(self, question: AgendaQuestion) -> list[str]:
        """The codes of the steps that the view has."""
        plain = AgendaQuestion(actor=question.actor, today=question.today, view=question.view)
        query = select(actions.c.step, func.min(actions.c.step_number)).select_from(actions).group_by(actions.c.step)
        query = self._viewed(narrowed(query, self._tenant, plain, summaries=False), question)
        return [row[0] for row in self._connection.execute(query.order_by(func.min(actions.c.step_number)))]

    def is_empty(self) -> bool:
        """Whether the ledger has no item at all yet."""
        query = select(items.c.item_id).where(items.c.tenant_id == self._tenant).limit(1)
        return self._connection.execute(query).first() is None

    def _viewed(self, query: Any, question: AgendaQuestion) -> Any:
        query = query.where(view_terms(question)[question.view])
        return query if question.view in _ALSO_OVER else query.where(IS_OPEN)

    def _count(self, question: AgendaQuestion, view: View) -> int:
        query = narrowed(select(func.count()).select_from(actions), self._tenant, question, summaries=False)
        return int(self._connection.execute(query.where(view_terms(question)[view])).scalar_one())

    def _count_open(self, question: AgendaQuestion) -> dict[View, int]:
        terms = {view: term for view, term in view_terms(question).items() if view not in _ALSO_OVER}
        sums = [func.coalesce(func.sum(case((term, 1), else_=0)), 0) for term in terms.values()]
        query = narrowed(select(*sums).select_from(actions), self._tenant, question, summaries=False)
        row = self._connection.execute(query.where(IS_OPEN)).one()
        return {view: int(count) for view, count in zip(terms, row, strict=True)}

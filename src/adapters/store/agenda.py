"""The agenda's screen in set-based SQL: keys first, then the columns of one page only."""

from datetime import date

from sqlalchemy import Connection, or_, select

from relance.adapters.store.agenda_facts import facts_of
from relance.adapters.store.agenda_lines import lines_of
from relance.adapters.store.agenda_reach import reach, stood_for
from relance.adapters.store.agenda_sweep import counted, swept, waiting_today
from relance.adapters.store.agenda_terms import group_terms
from relance.adapters.store.tables.collection import actions
from relance.adapters.store.tables.ledger import items
from relance.core.kernel.identifiers import ActionId, TenantId
from relance.core.tenancy.users import Actor
from relance.ports.store.agenda import (
    AgendaFacts,
    AgendaLine,
    AgendaPage,
    AgendaQuestion,
    AgendaScreen,
    View,
)

_OVER = ("sent", "done", "cancelled")


class SqlAgenda:
    """Read models over actions, customers and account summaries."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def waiting(self, actor: Actor, today: date) -> int:
        """How many actions wait for a person today."""
        return waiting_today(self._connection, self._tenant, AgendaQuestion(actor=actor, today=today))

    def counts(self, question: AgendaQuestion) -> dict[View, int]:
        """How many actions each view has under the question's filters."""
        return counted(self._connection, self._tenant, question)

    def screen(self, question: AgendaQuestion) -> AgendaScreen:
        """Everything in one pass over the person's actions, and the columns of the rows shown."""
        found = swept(self._connection, self._tenant, question)
        shown = found.keys[: question.limit]
        groups = {action: (rank, name) for rank, name, _, action in shown}
        lines = lines_of(self._connection, self._tenant, question, groups, found.grouped)
        after = shown[-1] if len(found.keys) > question.limit else None
        return AgendaScreen(
            counts=found.counts, groups=found.groups, steps=found.steps, page=AgendaPage(lines=lines, after=after)
        )

    def lines(self, question: AgendaQuestion, chosen: list[ActionId]) -> list[AgendaLine]:
        """The rows of these actions, in the order given."""
        keys = select(actions.c.action_id, *group_terms(question.view)).select_from(actions)
        own = AgendaQuestion(actor=question.actor, today=question.today)
        seen = or_(*reach(self._tenant, own, stood_for(self._connection, self._tenant, own), None))
        query = keys.where(actions.c.tenant_id == self._tenant, seen, actions.c.action_id.in_(chosen))
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

    def is_empty(self) -> bool:
        """Whether the ledger has no item at all yet."""
        query = select(items.c.item_id).where(items.c.tenant_id == self._tenant).limit(1)
        return self._connection.execute(query).first() is None

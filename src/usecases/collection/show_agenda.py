"""Show the agenda: tabs, groups and one page of rows."""

import msgspec

from relance.core.customers.groups import Group
from relance.core.customers.squares import Square
from relance.core.tenancy.users import Actor, require_right
from relance.ports.calendars import Calendars
from relance.ports.clock import Clock
from relance.ports.store.agenda import (
    AgendaGroup,
    AgendaPage,
    AgendaQuestion,
    Mark,
    Sort,
    View,
)
from relance.ports.work import Unit, Work
from relance.usecases.collection.qualifying import ended_question


class AgendaAsked(msgspec.Struct, frozen=True, kw_only=True):
    """What the screen asks. `overdue_from` is in whole units of money, whatever the currency."""

    actor: Actor
    zone: str
    view: View = "todo"
    mine: bool = False
    step: str = ""
    group: int = 0
    alert: int = 0
    overdue_from: int = 0
    sort: Sort = "priority"
    after: Mark | None = None
    limit: int = 40


class AgendaShown(msgspec.Struct, frozen=True, kw_only=True):
    """What the screen shows."""

    asked: AgendaAsked
    question: AgendaQuestion
    counts: dict[View, int]
    groups: list[AgendaGroup]
    page: AgendaPage
    steps: list[str]
    customer_groups: list[Group]
    alerts: list[Square]
    empty_ledger: bool


class ShowAgenda:
    """Reads in one transaction, so that tabs, totals and rows tell of the same moment."""

    def __init__(self, work: Work, clock: Clock, calendars: Calendars) -> None:
        self._work, self._clock, self._calendars = work, clock, calendars

    def __call__(self, asked: AgendaAsked) -> AgendaShown:
        """The agenda as this person may see it."""
        require_right(asked.actor, "see")
        question = question_of(asked, self._clock)
        with self._work.reading(asked.actor.tenant) as unit:
            screen = unit.agenda.screen(question)
            return AgendaShown(
                asked=asked,
                question=question,
                counts=screen.counts | {"qualify": self._ended(unit, question)},
                groups=screen.groups,
                page=screen.page,
                steps=screen.steps,
                customer_groups=_groups(unit, asked.actor),
                alerts=unit.squares.all(),
                empty_ledger=not any(screen.counts.values()) and unit.agenda.is_empty(),
            )

    def _ended(self, unit: Unit, question: AgendaQuestion) -> int:
        """How many customers have invoices past the last step, under the filters that apply to them."""
        filters = {name: getattr(question, name) for name in ("mine", "group", "alert", "overdue_from")}
        return unit.ended.count(ended_question(unit, self._calendars, question.actor, question.today, **filters))


def _groups(unit: Unit, actor: Actor) -> list[Group]:
    """Groups to filter by; who sees only their own customers is told of their groups only."""
    if not actor.own_only:
        return unit.groups.all()
    return [line.group for line in unit.groups.lines(actor.user) if line.customers]


def question_of(asked: AgendaAsked, clock: Clock) -> AgendaQuestion:
    """The question to the store: today is the tenant's own."""
    return AgendaQuestion(
        actor=asked.actor,
        today=clock.today(asked.zone),
        view=asked.view,
        mine=asked.mine,
        step=asked.step,
        group=asked.group,
        alert=asked.alert,
        overdue_from=asked.overdue_from * 100,
        sort=asked.sort,
        after=asked.after,
        limit=asked.limit,
    )

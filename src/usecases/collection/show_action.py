"""Show one action of the agenda beside what its account says."""

from datetime import datetime, timedelta

import msgspec

from relance.core.kernel.errors import NotFound
from relance.core.kernel.identifiers import ActionId
from relance.core.tenancy.users import require_right
from relance.ports.clock import Clock
from relance.ports.store.agenda import AgendaFacts, AgendaLine, AgendaQuestion, View
from relance.ports.work import Work
from relance.usecases.collection.show_agenda import AgendaAsked, question_of


class OneAction(msgspec.Struct, frozen=True, kw_only=True):
    """One action beside its facts, and the view in which it stands.

    `recall_until`: were it confirmed now, it could be taken back until then.
    """

    line: AgendaLine
    facts: AgendaFacts
    view: View
    question: AgendaQuestion
    hold_minutes: int
    recall_until: datetime


class ShowAction:
    """The pane of the agenda."""

    def __init__(self, work: Work, clock: Clock) -> None:
        self._work, self._clock = work, clock

    def __call__(self, asked: AgendaAsked, action: ActionId) -> OneAction:
        """The action; raises NotFound also for those that this person must not see."""
        require_right(asked.actor, "see")
        question = question_of(asked, self._clock)
        with self._work.reading(asked.actor.tenant) as unit:
            lines = unit.agenda.lines(question, [action])
            if not lines:
                raise NotFound("no such action")
            [line] = lines
            facts = unit.agenda.facts(line, question.today)
            minutes = unit.tenancy.settings().number("hold-minutes")
            return OneAction(
                line=line,
                facts=facts,
                view=unit.agenda.view_of(line, question),
                question=question,
                hold_minutes=minutes,
                recall_until=self._clock.now() + timedelta(minutes=minutes),
            )

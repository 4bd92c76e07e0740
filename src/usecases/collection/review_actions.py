"""Show chosen actions as rows, to be gone through one by one before they are sent."""

import msgspec

from relance.core.kernel.identifiers import ActionId
from relance.core.tenancy.users import require_right
from relance.ports.clock import Clock
from relance.ports.store.agenda import AgendaLine
from relance.ports.work import Work
from relance.usecases.collection.show_agenda import AgendaAsked, question_of


class Reviewed(msgspec.Struct, frozen=True, kw_only=True):
    """The rows in the order given, and for how many minutes a confirmation can be taken back."""

    lines: list[AgendaLine]
    hold_minutes: int


class ReviewActions:
    """Sending many is a review, never blind: each message is shown before all leave together."""

    def __init__(self, work: Work, clock: Clock) -> None:
        self._work, self._clock = work, clock

    def __call__(self, asked: AgendaAsked, chosen: list[ActionId]) -> Reviewed:
        """Those that this person may see, in the order given."""
        require_right(asked.actor, "see")
        question = question_of(asked, self._clock)
        with self._work.reading(asked.actor.tenant) as unit:
            minutes = unit.tenancy.settings().number("hold-minutes")
            return Reviewed(lines=unit.agenda.lines(question, chosen), hold_minutes=minutes)

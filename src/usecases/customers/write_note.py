"""Write a note in a customer's file."""

import msgspec

from relance.core.kernel.errors import BadInput
from relance.core.tenancy.users import Actor, require_right
from relance.ports.clock import Clock
from relance.ports.work import Work

LONGEST_NOTE = 4000


class NewNote(msgspec.Struct, frozen=True, kw_only=True):
    """What a person wants to remember."""

    actor: Actor
    code: str
    text: str


class WriteNote:
    """A sentence for the next person who opens this file."""

    def __init__(self, work: Work, clock: Clock) -> None:
        self._work, self._clock = work, clock

    def __call__(self, request: NewNote) -> None:
        """Append to the timeline; raises BadInput, NotFound, NotAllowed."""
        require_right(request.actor, "qualify")
        text = checked_note(request.text)
        own = request.actor.user if request.actor.own_only else None
        with self._work(request.actor.tenant) as unit:
            card = unit.customer_file.card(request.code, own)
            entry, by = unit.tenancy.next_numbers("timeline", 1), request.actor.name
            unit.customer_file.add_note(entry, card.customer, self._clock.now(), "note", by, {"text": text})
            unit.audit.record(by, "note-written", f"customer:{card.customer}", {"entry": entry})


def checked_note(text: str) -> str:
    """The text without blanks around it; raises BadInput for none or for more than a page."""
    text = text.strip().replace("\r\n", "\n")
    if not text or len(text) > LONGEST_NOTE:
        raise BadInput(f"a note has 1 to {LONGEST_NOTE} characters")
    return text

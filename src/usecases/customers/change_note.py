"""Change or take back a note that one has written."""

import msgspec

from relance.core.kernel.errors import NotFound
from relance.core.tenancy.users import Actor, require_right
from relance.ports.work import Work
from relance.usecases.customers.write_note import checked_note


class NoteChange(msgspec.Struct, frozen=True, kw_only=True):
    """Which entry of whose timeline, and its new text; None takes it back."""

    actor: Actor
    code: str
    entry: int
    text: str | None


class ChangeNote:
    """One's own words only; what they were stays in the audit trail."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, request: NoteChange) -> None:
        """Change it; raises BadInput, NotAllowed, NotFound also for somebody else's note."""
        require_right(request.actor, "qualify")
        text = None if request.text is None else checked_note(request.text)
        own = request.actor.user if request.actor.own_only else None
        by = request.actor.name
        with self._work(request.actor.tenant) as unit:
            card = unit.customer_file.card(request.code, own)
            before = unit.customer_file.note(card.customer, request.entry, by)
            if before is None:
                raise NotFound("no such note of yours")
            unit.customer_file.change_note(card.customer, request.entry, text)
            deed = "note-removed" if text is None else "note-changed"
            unit.audit.record(by, deed, f"customer:{card.customer}", {"entry": request.entry, "before": before})

"""Say what undoing an import would take away, before anybody decides."""

import msgspec

from relance.core.intake.undoing import Losses, reason_against
from relance.core.kernel.identifiers import ImportId
from relance.core.tenancy.users import Actor, require_right
from relance.ports.work import Work


class UndoQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """Which import."""

    actor: Actor
    number: ImportId


class UndoForeseen(msgspec.Struct, frozen=True, kw_only=True):
    """`reason` says why it cannot be undone, and is empty where it can; `imports` are those that come first then."""

    number: ImportId
    reason: str
    imports: tuple[ImportId, ...] = ()
    losses: Losses = Losses()


class ForeseeUndo:
    """What would be lost is said before it is lost (A6)."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, request: UndoQuestion) -> UndoForeseen:
        """The effect of an undo; raises NotFound, NotAllowed."""
        require_right(request.actor, "undo")
        with self._work.reading(request.actor.tenant) as unit:
            standing = unit.undo.standing(request.number)
            reason = reason_against(standing)
            if reason:
                before = (standing.newer,) if standing.newer else standing.changed_since
                return UndoForeseen(number=request.number, reason=reason, imports=before)
            return UndoForeseen(number=request.number, reason="", losses=unit.undo.losses(request.number))

"""Undo an import: the ledger is again what it was before, and the history says so."""

from collections.abc import Sequence

import msgspec

from relance.core.intake.reports import State
from relance.core.intake.undoing import Losses, Standing, reason_against
from relance.core.kernel.errors import Conflict
from relance.core.kernel.identifiers import ImportId
from relance.core.tenancy.users import Actor, require_right
from relance.ports.calendars import Calendars
from relance.ports.clock import Clock
from relance.ports.failpoints import failpoint
from relance.ports.store.undo import Undone
from relance.ports.work import Unit, Work
from relance.usecases.collection.replanning import Planner

_FEW = 200
"""So many accounts are decided again within an undo; more wait for the day, or the undo would."""
_WORDS = {
    "undone-already": "it was undone already",
    "changed-nothing": "it changed nothing",
    "kind-not-undoable": "imports of this kind cannot be undone",
    "undo-not-kept": "what it changed is no longer kept: only the last imports of a source can be undone",
    "newer-import": "its source has a newer import; undo import {imports} first",
    "items-changed-since": "later imports changed the same items; undo import {imports} first",
}


class ImportToUndo(msgspec.Struct, frozen=True, kw_only=True):
    """Which import."""

    actor: Actor
    number: ImportId


class ImportUndone(msgspec.Struct, frozen=True, kw_only=True, rename={"number": "import"}):
    """What became of it; `lost` is what went with it. `decided` accounts have new actions, others with the next day."""

    number: ImportId
    state: State
    lost: Losses
    accounts: int
    withdrawn: int
    decided: bool


class UndoImport:
    """The latest import of a source, then the one before (A6): all in one transaction (I-8)."""

    def __init__(self, work: Work, clock: Clock, calendars: Calendars, key: bytes) -> None:
        self._work, self._clock, self._calendars, self._key = work, clock, calendars, key

    def __call__(self, request: ImportToUndo) -> ImportUndone:
        """Undo it; raises NotFound, NotAllowed, and Conflict where something else must be undone first."""
        require_right(request.actor, "undo")
        by = request.actor.name
        with self._work(request.actor.tenant) as unit:
            unit.intake.lock()
            unit.day.lock()
            _refuse(request.number, unit.undo.standing(request.number))
            lost = unit.undo.losses(request.number)
            today = self._clock.today(unit.tenancy.tenant().timezone)
            undone = unit.undo.undo(request.number, today, self._clock.now(), by)
            decided = self._follow(unit, undone, by)
            counts = {name: count for name, count in msgspec.structs.asdict(lost).items() if count}
            unit.audit.record(by, "import-undone", f"import {request.number}", counts)
            failpoint("undo.before_commit")
        failpoint("undo.committed")
        return ImportUndone(
            number=request.number,
            state="undone",
            lost=lost,
            accounts=len(undone.accounts),
            withdrawn=len(undone.withdrawn),
            decided=decided,
        )

    def _follow(self, unit: Unit, undone: Undone, by: str) -> bool:
        """Planned actions follow the ledger: a few accounts are decided again now, many with the day (D10)."""
        rows = [(f"action:{action}", {"reason": "leader-gone"}) for action in undone.withdrawn]
        unit.audit.record_many(by, "action-cancelled", rows)
        moved = unit.collection.change_scenarios(undone.moved) if undone.moved else []
        unit.audit.record_many(by, "action-cancelled", [(f"action:{one}", {"reason": _MOVED}) for one, _ in moved])
        touched = {*undone.accounts, *(customer for _, customer in moved)}
        if not (undone.withdrawn or moved) and not unit.undo.open_accounts(touched):
            return True
        if len(touched) > _FEW:
            return False
        today = self._clock.today(unit.tenancy.tenant().timezone)
        Planner(unit, today, self._calendars, self._key).replan(touched, by)
        return True


_MOVED = "scenario-changed"


def _refuse(number: ImportId, standing: Standing) -> None:
    reason = reason_against(standing)
    if reason:
        first: Sequence[ImportId] = (standing.newer,) if standing.newer else tuple(reversed(standing.changed_since))
        words = _WORDS[reason].format(imports=", ".join(str(one) for one in first))
        raise Conflict(f"import {number} cannot be undone: {words}")

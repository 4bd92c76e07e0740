"""Let messages leave again from a database that came back from a backup, or was copied (I-16)."""

from datetime import date

import msgspec

from relance.core.collection.actions import Action
from relance.core.collection.kinds import MESSAGES
from relance.core.kernel.errors import BadInput
from relance.core.tenancy.installation import RESTORED
from relance.core.tenancy.tenants import Tenant
from relance.ports.clock import Clock
from relance.ports.fence import Fence
from relance.ports.store.tenancy import TenantDirectory
from relance.ports.work import Work

ASK_UNTIL = "ask-until"


class FenceOpening(msgspec.Struct, frozen=True, kw_only=True):
    """Who opens it, and why; the note is kept."""

    by: str
    note: str


class FenceOpened(msgspec.Struct, frozen=True, kw_only=True):
    """How many messages are `unknown` now, and how many wait for a person because they may have left already."""

    unknown: int = 0
    asked: int = 0


class OpenFence:
    """What may have left after the backup was made leaves by nobody's hand but a person's."""

    def __init__(self, tenants: TenantDirectory, work: Work, clock: Clock, fence: Fence) -> None:
        self._tenants, self._work, self._clock, self._fence = tenants, work, clock, fence

    def __call__(self, request: FenceOpening) -> FenceOpened:
        """Doubt first, open last: a crash on the way leaves the fence closed. Raises BadInput without a note."""
        if not request.note.strip():
            raise BadInput("say why messages may leave again: the note is kept in the audit trail")
        states = [state for tenant in self._tenants.all() for state in self._doubt(tenant, request)]
        self._fence.open()
        unknown = states.count("unknown")
        return FenceOpened(unknown=unknown, asked=len(states) - unknown)

    def _doubt(self, tenant: Tenant, request: FenceOpening) -> list[str]:
        """The tenant's changed states; steps that fall due until today ask first also where the day plans them anew."""
        today = self._clock.today(tenant.timezone)
        with self._work(tenant.tenant) as unit:
            open_states = ["planned", "to-confirm", "confirmed", "sending", "held"]
            rows = unit.delivery.in_state(open_states, MESSAGES)
            changed = [after for after in (doubted(action, today) for action in rows) if after]
            unit.delivery.save(changed)
            told = [(f"action:{one.action}", {"state": one.state, "reason": one.reason}) for one in changed]
            unit.audit.record_many(request.by, "action-moved", told)
            unit.tenancy.save_setting(ASK_UNTIL, today.isoformat(), self._clock.now(), request.by)
            unit.audit.record(request.by, "fence-opened", f"tenant:{tenant.code}", {"note": request.note.strip()})
        return [action.state for action in changed]


def doubted(action: Action, today: date) -> Action | None:
    """The action as it is once its database came back; None where nothing can have left of it."""
    if action.state in {"confirmed", "sending"}:
        return msgspec.structs.replace(action, state="unknown", reason=RESTORED)
    if action.state == "held":
        asks = action.held_from in {"planned", "confirmed"}
        return msgspec.structs.replace(action, held_from="to-confirm") if asks else None
    if action.due_on > today or (action.state == "planned" and action.automation != "automatic"):
        return None
    return msgspec.structs.replace(action, state="to-confirm", reason=RESTORED)

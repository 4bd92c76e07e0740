"""Stop all sending of the tenant at once, and let it go on."""

import msgspec

from relance.core.kernel.errors import BadInput
from relance.core.tenancy.users import Actor, require_right
from relance.ports.clock import Clock
from relance.ports.work import Work

SETTING = "sending-stopped"
LONGEST_REASON = 300


class SendingStop(msgspec.Struct, frozen=True, kw_only=True):
    """Why nothing may leave any more; `resume`: it may again."""

    actor: Actor
    reason: str = ""
    resume: bool = False


class StopSending:
    """What is confirmed stays confirmed and waits; what is on the wire at this moment is finished."""

    def __init__(self, work: Work, clock: Clock) -> None:
        self._work, self._clock = work, clock

    def __call__(self, request: SendingStop) -> str:
        """What every page says now, nothing while messages leave; raises BadInput without a reason, NotAllowed."""
        require_right(request.actor, "stop-sending")
        reason = " ".join(request.reason.split())
        if not request.resume and not 0 < len(reason) <= LONGEST_REASON:
            raise BadInput(f"say why, in 1 to {LONGEST_REASON} characters: every page shows it")
        said = "" if request.resume else f"{request.actor.name}: {reason}"
        with self._work(request.actor.tenant) as unit:
            unit.tenancy.save_setting(SETTING, said, self._clock.now(), request.actor.name)
            deed = "sending-resumed" if request.resume else "sending-stopped"
            unit.audit.record(request.actor.name, deed, "tenant", {"reason": reason} if reason else {})
        return said

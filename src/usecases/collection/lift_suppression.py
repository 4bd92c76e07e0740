"""Send to an address again."""

import msgspec

from relance.core.kernel.errors import BadInput
from relance.core.tenancy.users import Actor, require_right
from relance.ports.store.suppressions import Suppression
from relance.ports.work import Work
from relance.usecases.collection.suppress_address import LONGEST_NOTE


class AddressToLift(msgspec.Struct, frozen=True, kw_only=True):
    """Which address, and how the person knows that it works."""

    actor: Actor
    address: str
    note: str


class LiftSuppression:
    """What was held for the address is freed by the next dispatch (A16)."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, request: AddressToLift) -> Suppression:
        """What was kept; raises NotFound, BadInput, NotAllowed."""
        require_right(request.actor, "qualify")
        note = " ".join(request.note.split())
        if not 0 < len(note) <= LONGEST_NOTE:
            raise BadInput(f"say why, in 1 to {LONGEST_NOTE} characters")
        with self._work(request.actor.tenant) as unit:
            lifted = unit.suppressions.remove(request.address)
            told = {"reason": lifted.reason, "note": note}
            unit.audit.record(request.actor.name, "suppression-lifted", "suppressions", told)
        return lifted

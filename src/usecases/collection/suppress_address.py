"""Send nothing more to an address."""

import re

import msgspec

from relance.core.collection.bounces import SuppressionReason
from relance.core.kernel.addresses import is_mailbox
from relance.core.kernel.errors import BadInput
from relance.core.tenancy.users import Actor, require_right
from relance.ports.clock import Clock
from relance.ports.store.suppressions import Suppression
from relance.ports.work import Work

LONGEST_NOTE = 500
_NUMBER = re.compile(r"\+[1-9][0-9]{6,14}", re.ASCII)


class AddressToSuppress(msgspec.Struct, frozen=True, kw_only=True):
    """Which address, and how the person knows."""

    actor: Actor
    address: str
    note: str
    reason: SuppressionReason = "by-hand"


class SuppressAddress:
    """What is confirmed for the address is held, saying so, from the very next look on (I-5)."""

    def __init__(self, work: Work, clock: Clock) -> None:
        self._work, self._clock = work, clock

    def __call__(self, request: AddressToSuppress) -> Suppression:
        """As it is kept; the same again changes nothing. Raises BadInput, NotAllowed."""
        require_right(request.actor, "qualify")
        address, note = request.address.strip(), " ".join(request.note.split())
        if not is_mailbox(address) and not _NUMBER.fullmatch(address):
            raise BadInput(f"{address!r} is not one mailbox, nor a number like +33639980123")
        if not 0 < len(note) <= LONGEST_NOTE:
            raise BadInput(f"say why, in 1 to {LONGEST_NOTE} characters: it is kept with the address")
        one = Suppression(
            address=address, reason=request.reason, note=note, author=request.actor.name, since=self._clock.now()
        )
        with self._work(request.actor.tenant) as unit:
            if unit.suppressions.add(one):
                told = {"reason": one.reason, "note": note}
                unit.audit.record(request.actor.name, "address-suppressed", "suppressions", told)
        return one

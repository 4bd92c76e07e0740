"""Add a domain that messages are sent from; a key to sign them is made for it."""

import msgspec

from relance.core.tenancy.sender_domains import SELECTOR, SenderDomain, checked_domain
from relance.core.tenancy.users import Actor, require_right
from relance.ports.clock import Clock
from relance.ports.keyring import Keyring
from relance.ports.sender_domains import SIGNING_KEY, SigningKeys
from relance.ports.work import Work


class NewDomain(msgspec.Struct, frozen=True, kw_only=True):
    """Which domain."""

    actor: Actor
    domain: str


class AddDomain:
    """The private key never leaves the installation; messages are signed once the world knows the public one."""

    def __init__(self, work: Work, clock: Clock, keys: SigningKeys, keyring: Keyring) -> None:
        self._work, self._clock, self._keys, self._keyring = work, clock, keys, keyring

    def __call__(self, request: NewDomain) -> SenderDomain:
        """The domain; raises BadInput, Conflict, NotAllowed."""
        require_right(request.actor, "settings")
        domain, (private, public) = checked_domain(request.domain), self._keys.pair()
        one = SenderDomain(domain=domain, selector=SELECTOR, public=public, added_at=self._clock.now())
        sealed = self._keyring.seal(SIGNING_KEY, private)
        with self._work(request.actor.tenant) as unit:
            unit.sender_domains.add(one, sealed)
            unit.audit.record(request.actor.name, "sender-domain-added", f"domain:{domain}", {})
        return one

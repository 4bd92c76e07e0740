"""Stop sending from a domain; its key is forgotten."""

import msgspec

from relance.core.tenancy.sender_domains import checked_domain
from relance.core.tenancy.users import Actor, require_right
from relance.ports.work import Work


class DomainToRemove(msgspec.Struct, frozen=True, kw_only=True):
    """Which domain."""

    actor: Actor
    domain: str


class RemoveDomain:
    """Messages from it are not signed any more."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, request: DomainToRemove) -> None:
        """Forget it; raises NotFound, NotAllowed."""
        require_right(request.actor, "settings")
        domain = checked_domain(request.domain)
        with self._work(request.actor.tenant) as unit:
            unit.sender_domains.remove(domain)
            unit.audit.record(request.actor.name, "sender-domain-removed", f"domain:{domain}", {})

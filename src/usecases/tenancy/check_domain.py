"""Ask the world's name servers what they know of a sender domain."""

import msgspec

from relance.core.kernel.errors import NotFound
from relance.core.tenancy.sender_domains import SenderDomain, Sight, checked_domain, records_of, seen_of
from relance.core.tenancy.users import Actor, require_right
from relance.ports.clock import Clock
from relance.ports.sender_domains import Names
from relance.ports.work import Work
from relance.usecases.tenancy.list_domains import SPF


class DomainToCheck(msgspec.Struct, frozen=True, kw_only=True):
    """Which domain."""

    actor: Actor
    domain: str


class CheckDomain:
    """Nothing is asked inside a transaction: name servers take their time."""

    def __init__(self, work: Work, clock: Clock, names: Names) -> None:
        self._work, self._clock, self._names = work, clock, names

    def __call__(self, request: DomainToCheck) -> SenderDomain:
        """As it was seen now; raises NotFound, NamesSilent, NotAllowed."""
        require_right(request.actor, "settings")
        domain = checked_domain(request.domain)
        with self._work.reading(request.actor.tenant) as unit:
            one = next((known for known in unit.sender_domains.all() if known.domain == domain), None)
            spf = unit.tenancy.settings().text(SPF)
        if one is None:
            raise NotFound("no such domain")
        sights: dict[str, Sight] = {
            record.kind: seen_of(record.kind, self._names.texts(record.name), record.value, spf)
            for record in records_of(one, spf)
        }
        now = self._clock.now()
        with self._work(request.actor.tenant) as unit:
            unit.sender_domains.saw(domain, sights, now)
            unit.audit.record(request.actor.name, "sender-domain-checked", f"domain:{domain}", dict(sights))
        return msgspec.structs.replace(one, sights=dict(sights), checked_at=now)

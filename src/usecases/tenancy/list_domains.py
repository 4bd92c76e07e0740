"""List the domains that messages are sent from, with the records to publish and what of them was seen."""

import msgspec

from relance.core.tenancy.sender_domains import Record, SenderDomain, records_of
from relance.core.tenancy.users import Actor, require_right
from relance.ports.work import Work

SPF = "spf-servers"


class DomainShown(msgspec.Struct, frozen=True, kw_only=True):
    """One domain with its records."""

    domain: SenderDomain
    verified: bool
    records: tuple[Record, ...]


class ListDomains:
    """The tenant's sender domains."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, actor: Actor) -> list[DomainShown]:
        """By name; raises NotAllowed."""
        require_right(actor, "settings")
        with self._work.reading(actor.tenant) as unit:
            spf = unit.tenancy.settings().text(SPF)
            return [
                DomainShown(domain=one, verified=one.verified, records=records_of(one, spf))
                for one in unit.sender_domains.all()
            ]

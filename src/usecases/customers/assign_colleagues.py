"""Associate colleagues with one customer by hand, or dissociate them."""

import msgspec

from relance.core.kernel.identifiers import UserId
from relance.core.tenancy.users import Actor, require_right
from relance.ports.clock import Clock
from relance.ports.work import Work


class ColleaguesChoice(msgspec.Struct, frozen=True, kw_only=True):
    """All the users that shall be associated with the customer, those who cannot sign in included (S0.3)."""

    actor: Actor
    code: str
    colleagues: tuple[UserId, ...]


class AssignColleagues:
    """A person's choice with its author; dissociating ends the association and never the user (S0.9 to S0.12, A5)."""

    def __init__(self, work: Work, clock: Clock) -> None:
        self._work, self._clock = work, clock

    def __call__(self, request: ColleaguesChoice) -> None:
        """Keep the choice; raises NotFound for a customer or user that is not there, NotAllowed."""
        actor, now = request.actor, self._clock.now()
        require_right(actor, "assign")
        with self._work(actor.tenant) as unit:
            card = unit.customer_file.card(request.code, actor.user if actor.own_only else None)
            wanted = {user: unit.tenancy.user(user) for user in request.colleagues}
            emails = {given.email for given in unit.assigned.of(card.customer).colleagues}
            live = {known.user: known for known in unit.tenancy.users() if known.email in emails}
            begun, ended = [wanted[u] for u in wanted if u not in live], [live[u] for u in live if u not in wanted]
            for person in begun:
                unit.assigned.begin("colleague", card.customer, person.user, actor.name, now)
            for person in ended:
                unit.assigned.end("colleague", card.customer, person.user, now)
            if begun or ended:
                detail = {"added": [p.email for p in begun], "removed": [p.email for p in ended]}
                unit.audit.record(actor.name, "colleagues-assigned", f"customer:{card.customer}", detail)

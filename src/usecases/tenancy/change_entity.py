"""Change a legal entity of the tenant: its name, and what its messages are signed with."""

import msgspec

from relance.core.kernel.errors import BadInput, NotFound
from relance.core.tenancy.entities import DETAILS, Entity, checked_entity
from relance.core.tenancy.users import Actor, require_right
from relance.ports.standards import Standards
from relance.ports.work import Work
from relance.usecases.tenancy.add_entity import known_details


class EntityChange(msgspec.Struct, frozen=True, kw_only=True):
    """What is left out stays. The code never changes: files name the entity by it."""

    actor: Actor
    code: str
    name: str | None = None
    details: dict[str, str] = {}


class ChangeEntity:
    """A company is renamed, moves, or changes its bank; only messages written from then on say so."""

    def __init__(self, work: Work, standards: Standards) -> None:
        self._work, self._standards = work, standards

    def __call__(self, request: EntityChange) -> Entity:
        """Keep the change; raises BadInput, NotFound, NotAllowed."""
        require_right(request.actor, "settings")
        details = known_details(request.details, self._standards)
        with self._work(request.actor.tenant) as unit:
            known = unit.entities.all()
            before = next((one for one in known if one.code == request.code), None)
            if before is None:
                raise NotFound(f"no entity {request.code!r}")
            if before == known[0] and any(details.values()):
                raise BadInput("the first entity signs as the company of the settings; change it there")
            name = before.name if request.name is None else request.name
            after = checked_entity(msgspec.structs.replace(before, name=name, **details))
            changed = [field for field in ("name", *DETAILS) if getattr(before, field) != getattr(after, field)]
            if changed:
                unit.entities.save(after)
                both = {field: [getattr(before, field), getattr(after, field)] for field in changed}
                unit.audit.record(request.actor.name, "entity-changed", f"entity:{after.code}", both)
        return after

"""Add a legal entity to the tenant."""

import msgspec

from relance.core.kernel.identifiers import EntityId
from relance.core.tenancy.entities import Entity, checked_entity
from relance.core.tenancy.users import Actor, require_right
from relance.ports.standards import Standards
from relance.ports.work import Work
from relance.usecases.tenancy.places import checked_country


class NewEntity(msgspec.Struct, frozen=True, kw_only=True):
    """Its code, by which files and searches name it, its name, and what its messages are signed with."""

    actor: Actor
    code: str
    name: str
    details: dict[str, str] = {}


class AddEntity:
    """A second company of the same house starts to collect here (A23)."""

    def __init__(self, work: Work, standards: Standards) -> None:
        self._work, self._standards = work, standards

    def __call__(self, request: NewEntity) -> Entity:
        """Keep the entity; raises BadInput, Conflict when the code is taken, NotAllowed."""
        require_right(request.actor, "settings")
        details = known_details(request.details, self._standards)
        draft = checked_entity(Entity(entity=EntityId(0), code=request.code.strip(), name=request.name, **details))
        with self._work(request.actor.tenant) as unit:
            entity = unit.entities.add(draft)
            unit.audit.record(request.actor.name, "entity-added", f"entity:{entity.code}", {"name": entity.name})
        return entity


def known_details(given: dict[str, str], standards: Standards) -> dict[str, str]:
    """What was said of an entity, without blanks around it; raises BadInput for no country."""
    details = {name: value.strip() for name, value in given.items()}
    if details.get("country"):
        details["country"] = checked_country(details["country"], standards)
    return details

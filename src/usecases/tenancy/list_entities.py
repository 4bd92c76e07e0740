"""List the tenant's legal entities."""

from relance.core.tenancy.entities import Entity
from relance.core.tenancy.users import Actor, require_right
from relance.ports.work import Work


class ListEntities:
    """Every entity, the first one first (A23)."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, actor: Actor) -> list[Entity]:
        """All entities; raises NotAllowed."""
        require_right(actor, "settings")
        with self._work.reading(actor.tenant) as unit:
            return unit.entities.all()

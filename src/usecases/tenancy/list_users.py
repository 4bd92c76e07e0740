"""List the tenant's people."""

from relance.core.tenancy.users import Actor, User, require_right
from relance.ports.work import Work


class ListUsers:
    """Everybody of the tenant, by name."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, actor: Actor) -> list[User]:
        """All users; raises NotAllowed."""
        require_right(actor, "settings")
        with self._work.reading(actor.tenant) as unit:
            return unit.tenancy.users()

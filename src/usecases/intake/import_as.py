"""Find the person as whom a file is imported."""

from relance.core.kernel.errors import NotFound
from relance.core.kernel.identifiers import TenantId
from relance.core.tenancy.acting import actor_of
from relance.core.tenancy.users import Actor
from relance.ports.work import Work


class ImportAs:
    """An import on behalf of a person has this person's rights and name."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, tenant: TenantId, email: str) -> Actor:
        """The actor; raises NotFound for an address of no active user."""
        with self._work.reading(tenant) as unit:
            user, settings = unit.tenancy.user_by_email(email), unit.tenancy.settings()
        if user is None or not user.active:
            raise NotFound(f"no active user {email!r}")
        return actor_of(tenant, user, settings)

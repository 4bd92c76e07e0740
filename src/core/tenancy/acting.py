"""A person as the actor that verbs ask for: rights, and whose customers they see (A22, B16)."""

from relance.core.kernel.identifiers import TenantId
from relance.core.tenancy.settings import Settings
from relance.core.tenancy.users import Actor, User

CHOICE: dict[str, str] = {"collector": "collectors-see", "viewer": "viewers-see"}
"""Roles that see all customers or their own, each with the setting that decides where the person has no own tick."""


def actor_of(tenant: TenantId, user: User, settings: Settings) -> Actor:
    """The person, with what role, ticks and settings come to."""
    return Actor(
        tenant=tenant,
        user=user.user,
        name=user.name,
        role=user.role,
        rights=user.rights,
        own_only=sees_own_only(user, settings),
    )


def sees_own_only(user: User, settings: Settings) -> bool:
    """A colleague sees his own customers, collectors and viewers as they are ticked, the others all (B16)."""
    if user.role == "colleague":
        return True
    if user.role not in CHOICE:
        return False
    return (user.sees or settings.text(CHOICE[user.role])) == "own"

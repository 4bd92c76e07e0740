"""Users, their roles, and what a role may do (A22)."""

from datetime import datetime
from typing import Literal, get_args

import msgspec

from relance.core.kernel.errors import NotAllowed
from relance.core.kernel.identifiers import TenantId, UserId

Role = Literal["administrator", "manager", "collector", "colleague", "viewer"]
ROLES: tuple[Role, ...] = ("administrator", "manager", "collector", "colleague", "viewer")
Sees = Literal["all", "own"]
SEES: tuple[Sees, ...] = ("all", "own")
Right = Literal[
    "settings",
    "scenarios",
    "confirm",
    "qualify",
    "assign",
    "import",
    "undo",
    "override-guard",
    "export",
    "see",
    "stop-sending",
]

SINGLE_RIGHTS: tuple[Right, ...] = (
    "import",
    "undo",
    "override-guard",
    "assign",
    "scenarios",
    "export",
    "stop-sending",
)
"""Rights that can be ticked besides the role's own, or unticked (A22)."""

_BY_ROLE: dict[Role, frozenset[Right]] = {
    "administrator": frozenset(get_args(Right)),
    "manager": frozenset(
        {"scenarios", "confirm", "qualify", "assign", "import", "undo", "override-guard", "export", "see"}
    ),
    "collector": frozenset({"confirm", "qualify", "export", "see"}),
    "colleague": frozenset({"see"}),
    "viewer": frozenset({"export", "see"}),
}


class User(msgspec.Struct, frozen=True, kw_only=True):
    """A person of the tenant. Inactive: an internal contact who cannot sign in (S0.2).

    `rights` are ticked besides the role's own; a right written `-import` is unticked. `address_confirmed`: the address
    may be used as a sender (A15, B17). `sees`: all or their own customers, where the role leaves the choice; None:
    as the tenant says. `invited_until`: when somebody who was invited and has set no password becomes inactive (B17).
    """

    user: UserId
    email: str
    name: str
    role: Role
    active: bool = True
    address_confirmed: bool = False
    rights: tuple[str, ...] = ()
    language: str | None = None
    theme: str | None = None
    single_keys: bool = True
    sees: Sees | None = None
    invited_until: datetime | None = None


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks, in which tenant. The command line acts as `system` with every right."""

    tenant: TenantId
    user: UserId | None
    name: str
    role: Role = "administrator"
    rights: tuple[str, ...] = ()
    own_only: bool = False
    """Sees only the customers collected by or associated with this user."""


def may(actor: Actor, right: Right) -> bool:
    """Whether the role, with what is ticked besides, includes the right."""
    if f"-{right}" in actor.rights:
        return False
    return right in _BY_ROLE[actor.role] or right in actor.rights


def require_right(actor: Actor, right: Right) -> None:
    """Raise NotAllowed unless the actor has the right."""
    if not may(actor, right):
        raise NotAllowed(f"the role {actor.role} does not include: {right}")


def require_all(actor: Actor) -> None:
    """Raise NotAllowed for who sees their own customers only: what is asked concerns everybody's."""
    if actor.own_only:
        raise NotAllowed("this concerns customers that you do not see")


def sees_import(actor: Actor, author: str) -> bool:
    """A report tells of a whole file: who sees only their own customers sees the reports of their own imports."""
    return not actor.own_only or author == actor.name

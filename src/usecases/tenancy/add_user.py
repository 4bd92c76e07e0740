"""Add a person to the tenant."""

import msgspec

from relance.core.kernel.addresses import checked_mailbox
from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import UserId
from relance.core.tenancy.users import ROLES, Actor, Role, User, require_right
from relance.ports.passwords import Passwords
from relance.ports.work import Work

SHORTEST_PASSWORD, LONGEST_PASSWORD = 8, 128


class NewUser(msgspec.Struct, frozen=True, kw_only=True):
    """`vouched`: the person who adds this one vouches for the address, so that it may be a sender (A15)."""

    actor: Actor
    email: str
    name: str
    role: str
    active: bool = True
    password: str | None = None
    vouched: bool = False


class AddUser:
    """Someone joins: active people can sign in, inactive ones are named on accounts only (S0.2)."""

    def __init__(self, work: Work, passwords: Passwords) -> None:
        self._work, self._passwords = work, passwords

    def __call__(self, request: NewUser) -> User:
        """Keep the user; raises BadInput, Conflict when the address is taken, NotAllowed."""
        require_right(request.actor, "settings")
        draft = _checked(request)
        hashed = self._passwords.hash(checked_password(request.password)) if request.password is not None else None
        with self._work(request.actor.tenant) as unit:
            user = msgspec.structs.replace(draft, user=UserId(unit.tenancy.next_numbers("users", 1)))
            unit.tenancy.add_user(user, hashed)
            unit.audit.record(request.actor.name, "user-added", f"user:{user.user}", {"role": user.role})
        return user


def checked_password(password: str) -> str:
    """The password itself; raises BadInput when it is too short, or too long to hash in good time (T12)."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise BadInput(f"a password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters")
    return password


def checked_role(role: str) -> Role:
    """The role itself; raises BadInput."""
    for known in ROLES:
        if role == known:
            return known
    raise BadInput(f"role: one of {', '.join(ROLES)}, not {role!r}")


def _checked(request: NewUser) -> User:
    name = " ".join(request.name.split())
    if not name or not name.isprintable():
        raise BadInput("a user needs a name")
    return User(
        user=UserId(0),
        email=checked_mailbox(request.email).lower(),
        name=name,
        role=checked_role(request.role),
        active=request.active,
        address_confirmed=request.vouched,
    )

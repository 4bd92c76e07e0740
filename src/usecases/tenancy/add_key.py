"""Make an API key."""

import secrets

import msgspec

from relance.core.kernel.errors import NotFound
from relance.core.kernel.identifiers import UserId
from relance.core.tenancy.keys import ApiKey, Scope, checked_scopes, hash_of, key_text
from relance.core.tenancy.tenants import checked_name
from relance.core.tenancy.users import Actor, require_right
from relance.ports.clock import Clock
from relance.ports.work import Unit, Work


class NewKey(msgspec.Struct, frozen=True, kw_only=True):
    """What the key is for, and what it may do. `email`: the person for whom it acts; without one for the tenant."""

    actor: Actor
    name: str
    scopes: tuple[str, ...]
    email: str = ""


class KeyMade(msgspec.Struct, frozen=True, kw_only=True):
    """The key's text, which is shown this once, and the id by which it is listed."""

    key: str
    id: str
    scopes: tuple[Scope, ...]


class AddKey:
    """A program gets a door of its own: one tenant, named scopes, only the secret's hash is kept (T15)."""

    def __init__(self, work: Work, clock: Clock) -> None:
        self._work, self._clock = work, clock

    def __call__(self, request: NewKey) -> KeyMade:
        """Make the key; raises BadInput, NotAllowed."""
        require_right(request.actor, "settings")
        secret, scopes = secrets.token_hex(24), checked_scopes(request.scopes)
        key = ApiKey(
            tenant=request.actor.tenant,
            key=secrets.token_hex(6),
            name=checked_name(request.name),
            scopes=scopes,
            secret_hash=hash_of(secret),
            created_at=self._clock.now(),
        )
        with self._work(key.tenant) as unit:
            if request.email:
                key = msgspec.structs.replace(key, user=_person(unit, request.email))
            unit.keys.add(key)
            unit.audit.record(
                request.actor.name, "key-added", f"key:{key.key}", {"scopes": list(scopes), "user": key.user}
            )
        return KeyMade(key=key_text(key.tenant, key.key, secret), id=key.key, scopes=scopes)


def _person(unit: Unit, email: str) -> UserId:
    user = unit.tenancy.user_by_email(email)
    if user is None or not user.active:
        raise NotFound(f"no active user {email!r}")
    return user.user

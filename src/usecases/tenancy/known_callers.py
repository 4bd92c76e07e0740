"""Who a program is by its key's id and secret."""

import hmac
from datetime import timedelta

import msgspec

from relance.core.kernel.identifiers import TenantId
from relance.core.tenancy.keys import KeyRefused, Scope, hash_of, rights_of
from relance.core.tenancy.users import Actor
from relance.ports.clock import Clock
from relance.ports.work import Work

_NOTED_EVERY = timedelta(hours=1)


class Caller(msgspec.Struct, frozen=True, kw_only=True):
    """The program that calls, as an actor, and what its key was given."""

    actor: Actor
    key: str
    scopes: tuple[Scope, ...]


def known_caller(work: Work, clock: Clock, tenant: TenantId, name: str, secret: str) -> Caller:
    """The owner of the key; raises KeyRefused, with the same answer for an unknown, a revoked and a wrong one (T15)."""
    with work.reading(tenant) as unit:
        key = unit.keys.get(name)
    fits = hmac.compare_digest(key.secret_hash if key else hash_of(""), hash_of(secret))
    if key is None or not fits or key.revoked_at is not None:
        raise KeyRefused("this is no API key")
    now = clock.now()
    if key.last_used_at is None or now - key.last_used_at > _NOTED_EVERY:
        with work(tenant) as unit:
            unit.keys.used(name, now)
    actor = Actor(tenant=tenant, user=None, name=f"key:{name}", role="viewer", rights=rights_of(key.scopes))
    return Caller(actor=actor, key=name, scopes=key.scopes)

"""Who a program is by its key's id and secret."""

import hmac
from datetime import timedelta

import msgspec

from relance.core.kernel.identifiers import TenantId
from relance.core.tenancy.acting import actor_of
from relance.core.tenancy.keys import ApiKey, KeyRefused, Scope, hash_of, narrowed, rights_of
from relance.core.tenancy.users import Actor
from relance.ports.clock import Clock
from relance.ports.work import Unit, Work
from relance.usecases.tenancy.turning import turn_deputies

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
        actor = _actor(unit, key) if key else None
    fits = hmac.compare_digest(key.secret_hash if key else hash_of(""), hash_of(secret))
    if key is None or actor is None or not fits or key.revoked_at is not None:
        raise KeyRefused("this is no API key")
    now = clock.now()
    if key.user is not None:
        _keep_up(work, tenant, clock)
    if key.last_used_at is None or now - key.last_used_at > _NOTED_EVERY:
        with work(tenant) as unit:
            unit.keys.used(name, now)
    return Caller(actor=actor, key=name, scopes=key.scopes)


def _keep_up(work: Work, tenant: TenantId, clock: Clock) -> None:
    """What a person sees follows the day also where only a program asks."""
    with work.reading(tenant) as unit:
        today = clock.today(unit.tenancy.tenant().timezone)
        behind = unit.deputies.is_behind(today)
    if behind:
        with work(tenant) as unit:
            turn_deputies(unit, today)


def _actor(unit: Unit, key: ApiKey) -> Actor | None:
    """The program itself, or the person for whom it acts; None once that person has no access any more."""
    name = f"key:{key.key}"
    if key.user is None:
        return Actor(tenant=unit.tenant, user=None, name=name, role="viewer", rights=rights_of(key.scopes))
    user = unit.tenancy.user(key.user)
    if not user.active:
        return None
    person = actor_of(unit.tenant, user, unit.tenancy.settings())
    return msgspec.structs.replace(narrowed(person, key.scopes), name=f"{user.name} ({name})")

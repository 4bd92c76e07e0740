"""Find who a cookie belongs to."""

from datetime import date, datetime, timedelta

import msgspec

from relance.core.kernel.identifiers import EntityId
from relance.core.tenancy.acting import actor_of
from relance.core.tenancy.deputies import Deputy
from relance.core.tenancy.entities import Entity
from relance.core.tenancy.tenants import Tenant
from relance.core.tenancy.users import Actor, User
from relance.ports.clock import Clock
from relance.ports.store.sessions import Session
from relance.ports.work import Unit, Work
from relance.usecases.tenancy.opening import IDLE, digest, split
from relance.usecases.tenancy.turning import turn_deputies

_TOUCH_AFTER = timedelta(minutes=5)


class SignedIn(msgspec.Struct, frozen=True, kw_only=True):
    """Who is here: the tenant, the person, the actor that verbs ask for, and the session's token for forms."""

    tenant: Tenant
    user: User
    actor: Actor
    csrf_token: str
    deputies: tuple[Deputy, ...] = ()
    """Who stands in for this person today, and for whom this person stands in."""
    entities: dict[EntityId, Entity] = {}
    """The legal entities by number, where the tenant has several; screens say which only then (A23)."""
    sending_stopped: str = ""
    """Why nothing may leave at the moment, and who said so."""


class ResumeSession:
    """Answers None for anything but a live session of an active user whose password and role are as they were."""

    def __init__(self, work: Work, clock: Clock) -> None:
        self._work, self._clock = work, clock

    def __call__(self, cookie: str) -> SignedIn | None:
        """The person, or None."""
        parts = split(cookie)
        if parts is None:
            return None
        tenant, token = parts
        now = self._clock.now()
        with self._work.reading(tenant) as unit:
            session = unit.sessions.find(digest(token))
            if session is None:
                return None
            today = self._clock.today(unit.tenancy.tenant().timezone)
            found, behind = _who(unit, session, now, today), unit.deputies.is_behind(today)
        if found and behind:
            with self._work(tenant) as unit:
                turn_deputies(unit, today)
        if found and now - session.seen_at > _TOUCH_AFTER:
            with self._work(tenant) as unit:
                unit.sessions.touch(session.token_hash, now)
        return found


def _who(unit: Unit, session: Session, now: datetime, today: date) -> SignedIn | None:
    if now >= session.expires_at or now - session.seen_at > IDLE:
        return None
    if unit.sessions.stamp(session.user) != session.stamp:
        return None
    user = unit.tenancy.user(session.user)
    settings = unit.tenancy.settings()
    actor = actor_of(unit.tenant, user, settings)
    return SignedIn(
        tenant=unit.tenancy.tenant(),
        user=user,
        actor=actor,
        csrf_token=session.csrf_token,
        entities=several_entities(unit),
        sending_stopped=settings.text("sending-stopped"),
        deputies=tuple(unit.deputies.running(user.user, today)),
    )


def several_entities(unit: Unit) -> dict[EntityId, Entity]:
    """The entities by number where there are two or more."""
    found = {one.entity: one for one in unit.entities.all()}
    return found if len(found) > 1 else {}

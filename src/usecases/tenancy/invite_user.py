"""Invite a person to sign in and choose a password."""

from datetime import datetime, timedelta

import msgspec

from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import UserId
from relance.core.tenancy.users import Actor, User, require_right
from relance.ports.clock import Clock
from relance.ports.postman import Postman
from relance.ports.render import Letters
from relance.ports.store.sessions import LinkPurpose
from relance.ports.work import Unit, Work
from relance.usecases.tenancy.letters import Office
from relance.usecases.tenancy.opening import carried, digest, new_token

LASTS = timedelta(days=30)


class Invitation(msgspec.Struct, frozen=True, kw_only=True):
    """Whom. `site`: where the pages are, where the installation does not say it; without either nothing is mailed."""

    actor: Actor
    user: UserId
    site: str = ""


class Invited(msgspec.Struct, frozen=True, kw_only=True):
    """A link to hand over by another way, until when, and what became of the mail: `reason` says why none left."""

    link: str
    until: datetime
    mailed: bool
    reason: str = ""


class InviteUser:
    """Who sets no password within 30 days becomes inactive; another invitation makes them active again (B17)."""

    def __init__(self, work: Work, clock: Clock, letters: Letters, postman: Postman, site: str = "") -> None:
        self._work, self._clock, self._site = work, clock, site
        self._office = Office(letters, postman)

    def __call__(self, request: Invitation) -> Invited:
        """Make the links and mail one; raises BadInput where a password is set, NotFound, NotAllowed."""
        require_right(request.actor, "settings")
        now = self._clock.now()
        until = now + LASTS
        site = self._site or request.site.rstrip("/")
        with self._work(request.actor.tenant) as unit:
            user = unit.tenancy.user(request.user)
            if unit.sessions.password_hash(user.user) is not None:
                raise BadInput("this person has a password: a sign-in link is enough")
            unit.tenancy.save_user(msgspec.structs.replace(user, active=True, invited_until=until))
            shown = f"{site}/login/link/{_link(unit, user, until, 'sign-in')}"
            names = {"author": request.actor.name, "link": f"{site}/login/link/{_link(unit, user, until, 'mailed')}"}
            letter = self._office.write(unit, "invitation", user, names, until)
            unit.audit.record(request.actor.name, "user-invited", f"user:{user.user}", {"until": until.isoformat()})
        if not site:
            return Invited(link=shown, until=until, mailed=False, reason="no-site")
        done = self._office.post(letter, now)
        return Invited(link=shown, until=until, mailed=done.mailed, reason=done.reason)


def _link(unit: Unit, user: User, until: datetime, purpose: LinkPurpose) -> str:
    """Two links: the one that leaves by mail only proves that its user reads that address."""
    token = new_token()
    unit.sessions.add_link(digest(token), user.user, until, purpose)
    return carried(unit.tenant, token)

"""Change what a person may do."""

from datetime import timedelta

import msgspec

from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import UserId
from relance.core.tenancy.tenants import checked_name
from relance.core.tenancy.users import ROLES, SEES, SINGLE_RIGHTS, Actor, Sees, User, require_right
from relance.ports.clock import Clock
from relance.ports.work import Unit, Work
from relance.usecases.tenancy.turning import turn_deputies


class UserChange(msgspec.Struct, frozen=True, kw_only=True):
    """The person as it shall be. `rights`: single rights ticked besides the role's, or unticked as `-import`.

    `sees`: `all` or `own` customers, for collectors and viewers (B16); None: as the tenant says.
    """

    actor: Actor
    user: UserId
    name: str
    role: str
    active: bool
    rights: tuple[str, ...] = ()
    sees: str | None = None


class ChangeUser:
    """A new role, another right, or no access any more; open sessions of the person end (I-23).

    Who cannot sign in stands in for nobody: those days end, so that nobody believes themselves replaced.
    """

    def __init__(self, work: Work, clock: Clock) -> None:
        self._work, self._clock = work, clock

    def __call__(self, request: UserChange) -> User:
        """Keep the change; raises BadInput, NotFound, NotAllowed."""
        require_right(request.actor, "settings")
        with self._work(request.actor.tenant) as unit:
            before = unit.tenancy.user(request.user)
            after = _changed(before, request)
            others = [user for user in unit.tenancy.users() if user.user != after.user]
            if not any(_administers(user) for user in (*others, after)):
                raise BadInput("one active administrator must stay")
            unit.tenancy.save_user(after)
            if (before.role, before.active, before.rights) != (after.role, after.active, after.rights):
                unit.sessions.end_all(after.user)
            if before.active and not after.active:
                self._end_standing_in(unit, after.user, request.actor.name)
            detail = {"role": after.role, "active": after.active, "rights": list(after.rights), "sees": after.sees}
            unit.audit.record(request.actor.name, "user-changed", f"user:{after.user}", detail)
        return after

    def _end_standing_in(self, unit: Unit, user: UserId, author: str) -> None:
        today = self._clock.today(unit.tenancy.tenant().timezone)
        for one in unit.deputies.all():
            if one.deputy == user and one.last_on >= today:
                unit.deputies.end(one.number, today - timedelta(days=1))
                unit.audit.record(author, "deputy-stopped", f"deputy:{one.number}")
        turn_deputies(unit, today)


def _changed(before: User, request: UserChange) -> User:
    role = next((known for known in ROLES if known == request.role), None)
    if role is None:
        raise BadInput(f"role: one of {', '.join(ROLES)}, not {request.role!r}")
    wrong = [right for right in request.rights if right.removeprefix("-") not in SINGLE_RIGHTS]
    if wrong:
        raise BadInput(f"right: one of {', '.join(SINGLE_RIGHTS)}, not {wrong[0]!r}")
    return msgspec.structs.replace(
        before,
        name=checked_name(request.name),
        role=role,
        active=request.active,
        rights=request.rights,
        sees=_checked_view(request.sees),
    )


def _checked_view(wanted: str | None) -> Sees | None:
    for known in SEES:
        if wanted == known:
            return known
    if wanted:
        raise BadInput(f"sees: one of {', '.join(SEES)}, not {wanted!r}")
    return None


def _administers(user: User) -> bool:
    return user.active and user.role == "administrator"

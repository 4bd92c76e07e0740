"""Name who stands in for an absent person."""

from datetime import date

import msgspec

from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import UserId
from relance.core.tenancy.deputies import Deputy, checked
from relance.core.tenancy.users import Actor, require_right
from relance.ports.clock import Clock
from relance.ports.work import Work
from relance.usecases.tenancy.turning import turn_deputies


class Absence(msgspec.Struct, frozen=True, kw_only=True):
    """Who is away, who stands in, on which days, both included."""

    actor: Actor
    user: UserId
    deputy: UserId
    first_on: date
    last_on: date


class NameDeputy:
    """The deputy sees agenda and customers of the absent person; actions and senders stay the collector's (S2.15)."""

    def __init__(self, work: Work, clock: Clock) -> None:
        self._work, self._clock = work, clock

    def __call__(self, request: Absence) -> Deputy:
        """Keep it; everybody for themselves, an administrator for all. Raises BadInput, Conflict, NotFound."""
        actor = request.actor
        if request.user != actor.user:
            require_right(actor, "settings")
        with self._work(actor.tenant) as unit:
            today = self._clock.today(unit.tenancy.tenant().timezone)
            absent, standing = unit.tenancy.user(request.user), unit.tenancy.user(request.deputy)
            if not standing.active:
                raise BadInput(f"{standing.name} is inactive, and sees nothing")
            wanted = Deputy(
                number=unit.tenancy.next_numbers("deputies", 1),
                user=absent.user,
                user_name=absent.name,
                deputy=standing.user,
                deputy_name=standing.name,
                first_on=request.first_on,
                last_on=request.last_on,
            )
            unit.deputies.add(checked(wanted, unit.deputies.all(), today), actor.name, self._clock.now())
            days = {"first_on": wanted.first_on.isoformat(), "last_on": wanted.last_on.isoformat()}
            detail = {"user": wanted.user, "deputy": wanted.deputy} | days
            unit.audit.record(actor.name, "deputy-named", f"deputy:{wanted.number}", detail)
            turn_deputies(unit, today)
        return wanted

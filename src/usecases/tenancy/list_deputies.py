"""List deputies that run or are to come, and who could be one."""

import msgspec

from relance.core.tenancy.deputies import Deputy
from relance.core.tenancy.users import Actor, User, may
from relance.ports.clock import Clock
from relance.ports.work import Work


class Deputies(msgspec.Struct, frozen=True, kw_only=True):
    """Deputies by their last day, and the active people of the tenant."""

    deputies: list[Deputy]
    people: list[User]


class ListDeputies:
    """Administrators see all, the others those that concern them."""

    def __init__(self, work: Work, clock: Clock) -> None:
        self._work, self._clock = work, clock

    def __call__(self, actor: Actor) -> Deputies:
        """Deputies whose days are not over."""
        with self._work.reading(actor.tenant) as unit:
            today = self._clock.today(unit.tenancy.tenant().timezone)
            everyone = may(actor, "settings")
            shown = [
                one
                for one in unit.deputies.all()
                if one.last_on >= today and (everyone or actor.user in {one.user, one.deputy})
            ]
            people = [user for user in unit.tenancy.users() if user.active]
        return Deputies(deputies=sorted(shown, key=lambda one: (one.last_on, one.number)), people=people)

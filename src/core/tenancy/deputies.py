"""Who stands in for whom, and from when until when (B16, B17)."""

from collections.abc import Iterable
from datetime import date, timedelta

import msgspec

from relance.core.kernel.errors import BadInput, Conflict
from relance.core.kernel.identifiers import UserId

LONGEST = timedelta(days=366)


class Deputy(msgspec.Struct, frozen=True, kw_only=True):
    """During these days, both included, `deputy` also sees whom `user` sees. It never passes on to a third person."""

    number: int
    user: UserId
    user_name: str
    deputy: UserId
    deputy_name: str
    first_on: date
    last_on: date

    def runs(self, today: date) -> bool:
        """Whether today is one of the days."""
        return self.first_on <= today <= self.last_on


def checked(wanted: Deputy, others: Iterable[Deputy], today: date) -> Deputy:
    """The wanted absence; raises BadInput for days that make no sense, Conflict where another one covers them."""
    if wanted.user == wanted.deputy:
        raise BadInput("nobody stands in for themselves")
    if not wanted.first_on <= wanted.last_on <= wanted.first_on + LONGEST:
        raise BadInput("the last day comes after the first, within a year")
    if wanted.last_on < today:
        raise BadInput("these days are over")
    for other in others:
        if other.user == wanted.user and other.first_on <= wanted.last_on and wanted.first_on <= other.last_on:
            raise Conflict(f"{other.deputy_name} stands in until {other.last_on.isoformat()}")
    return wanted

"""Grouped collection: customers whose items are collected on another account, the lead (B5)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

import msgspec

from relance.core.collection.actions import Action
from relance.core.kernel.errors import Conflict
from relance.core.kernel.identifiers import CustomerId


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """A customer that is collected on a lead, and who said so when."""

    customer: CustomerId
    code: str
    name: str
    lead: CustomerId
    lead_code: str
    lead_name: str
    author: str
    at: datetime


class Companion(msgspec.Struct, frozen=True, kw_only=True):
    """A member as its lead's messages name it; what may not be asked for at all is not carried along."""

    customer: CustomerId
    code: str
    name: str
    collection_stop: bool = False
    paused_until: date | None = None
    last_contact_on: date | None = None
    penalties: bool = True

    def goes_along(self, today: date) -> bool:
        """Whether its items may be asked for on the lead: a stop or a pause of the member stays what it is (D2)."""
        return not self.collection_stop and not (self.paused_until and today <= self.paused_until)


def last_contact(own: date | None, companions: Iterable[Companion]) -> date | None:
    """The last contact of an account is also that of the customers collected on it (D9)."""
    return max((day for day in (own, *(one.last_contact_on for one in companions)) if day), default=None)


def check_members(lead: CustomerId, wanted: Mapping[CustomerId, str], known: Iterable[Member]) -> None:
    """Raise Conflict unless each wanted customer can join this lead: groupings have one level, and no two leads."""
    for member in known:
        if member.customer == lead:
            raise Conflict(f"{member.code} is itself collected on {member.lead_code}")
        if member.lead in wanted:
            raise Conflict(f"{member.lead_code} already collects for {member.code}")
        if member.customer in wanted and member.lead != lead:
            raise Conflict(f"{member.code} is collected on {member.lead_code}; end that first")
    if lead in wanted:
        raise Conflict(f"{wanted[lead]} cannot be collected on itself")


def check_quiet(code: str, actions: Iterable[Action]) -> None:
    """Raise Conflict while a message of the account is under way: nothing may be said twice (I-1)."""
    for action in actions:
        if action.state in {"sending", "unknown"}:
            raise Conflict(f"a message of {code} is {action.state}; wait for it, or resolve it first")

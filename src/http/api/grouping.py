"""Grouped collection: customers that are collected on another."""

from datetime import datetime
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from relance.core.collection.grouping import Member
from relance.http.addresses import code_of
from relance.http.api.access import caller_of, doing, reading, removing
from relance.http.api.once import Once
from relance.usecases.collection.collect_alone import CollectAlone, Separation
from relance.usecases.collection.collect_together import CollectTogether, Grouping
from relance.usecases.collection.list_groupings import ListGroupings

AnyRequest = Request[Any, Any, Any]


class MemberAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A customer and the lead that collects for it."""

    customer: str
    customer_name: str
    lead: str
    lead_name: str
    author: str
    at: datetime

    @classmethod
    def of(cls, one: Member) -> "MemberAnswer":
        """The answer of a member."""
        return cls(
            customer=one.code,
            customer_name=one.name,
            lead=one.lead_code,
            lead_name=one.lead_name,
            author=one.author,
            at=one.at,
        )


class MembersAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Members by lead."""

    rows: list[MemberAnswer]


class JoinedAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """All members of the lead; `already`: the codes of those named that were collected on it before."""

    rows: list[MemberAnswer]
    already: tuple[str, ...]


class GroupingWanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The lead's code, and the codes of those that are collected on it from now on."""

    lead: str
    members: tuple[str, ...]


@reading("/groupings", summary="Customers that are collected on another")
def groupings(request: AnyRequest, list_groupings: NamedDependency[ListGroupings]) -> MembersAnswer:
    """Every member with its lead."""
    return MembersAnswer(rows=[MemberAnswer.of(one) for one in list_groupings(caller_of(request).actor)])


@doing("/groupings", "assign", summary="Collect customers on a lead account")
def collect_together(
    request: AnyRequest,
    data: JSONBody[GroupingWanted],
    collect_together: NamedDependency[CollectTogether],
    once: NamedDependency[Once],
) -> Response[bytes]:
    """All members of the lead; 409 where one cannot join, and nothing is changed then."""

    def joined() -> JoinedAnswer:
        done = collect_together(Grouping(actor=caller_of(request).actor, lead=data.lead, members=data.members))
        return JoinedAnswer(rows=[MemberAnswer.of(one) for one in done.members], already=done.already)

    return once(request, msgspec.json.encode(data), joined)


@removing("/groupings/{customer:str}", "assign", summary="Collect a customer by itself again")
def collect_alone(request: AnyRequest, customer: FromPath[str], collect_alone: NamedDependency[CollectAlone]) -> None:
    """The customer goes on by itself from where its lead had come."""
    collect_alone(Separation(actor=caller_of(request).actor, members=(code_of(customer),)))


HANDLERS = [groupings, collect_together, collect_alone]

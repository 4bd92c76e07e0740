"""Who looks after one customer, and why: collector, scenario, groups and colleagues."""

from datetime import datetime
from typing import Any

import msgspec
from litestar import Request
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import UNSET, UnsetType

from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import UserId
from relance.core.tenancy.users import User
from relance.http.addresses import code_of
from relance.http.api.access import caller_of, editing, reading
from relance.ports.store.assigned import Given
from relance.usecases.customers.assign_customer import AssignCustomer, CustomerChoice
from relance.usecases.insight.open_customer import CustomerOpened, CustomerWanted, OpenCustomer

AnyRequest = Request[Any, Any, Any]


class GivenAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One value and where it comes from: `origin` import, rule, person or default."""

    value: str
    name: str
    origin: str
    author: str
    at: datetime | None

    @classmethod
    def of(cls, given: Given) -> "GivenAnswer":
        """The answer of a group or a colleague."""
        value = given.email or given.name
        return cls(value=value, name=given.name, origin=given.origin, author=given.author, at=given.at)


class AssignmentAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """All that is assigned to a customer; `collector` and `scenario` are null where there is none of its own."""

    code: str
    collector: GivenAnswer | None
    scenario: GivenAnswer | None
    groups: list[GivenAnswer]
    colleagues: list[GivenAnswer]


class AssignmentWanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What to assign; what is left out stays. People by their addresses.

    `collector` null: none. `scenario` empty: the tenant's default. `groups` and `colleagues` are all that there shall
    be; groups that are not there are made.
    """

    collector: str | UnsetType | None = UNSET
    scenario: str | UnsetType = UNSET
    groups: tuple[str, ...] | UnsetType = UNSET
    colleagues: tuple[str, ...] | UnsetType = UNSET


@reading("/customers/{code:str}/assignment", summary="Who looks after a customer, and why")
def assigned(
    request: AnyRequest, code: FromPath[str], open_customer: NamedDependency[OpenCustomer]
) -> AssignmentAnswer:
    """Each value with its origin, author and time (A5)."""
    return _answer(open_customer(CustomerWanted(actor=caller_of(request).actor, code=code_of(code), reading=True)))


@editing("/customers/{code:str}/assignment", "assign", summary="Assign one customer, as a person's choice")
def assign(
    request: AnyRequest,
    code: FromPath[str],
    data: JSONBody[AssignmentWanted],
    open_customer: NamedDependency[OpenCustomer],
    assign_customer: NamedDependency[AssignCustomer],
) -> AssignmentAnswer:
    """Kept against rules and imports; agendas follow at once."""
    asked = CustomerWanted(actor=caller_of(request).actor, code=code_of(code))
    users = open_customer(asked).users
    assign_customer(
        CustomerChoice(
            actor=asked.actor,
            code=asked.code,
            collector=_user(users, data.collector) if isinstance(data.collector, str) else data.collector,
            scenario=data.scenario,
            groups=data.groups,
            colleagues=UNSET if data.colleagues is UNSET else tuple(_user(users, one) for one in data.colleagues),
        )
    )
    return _answer(open_customer(asked))


def _user(users: list[User], email: str) -> UserId:
    for user in users:
        if user.email.lower() == email.strip().lower():
            return user.user
    raise BadInput(f"no user {email!r}; add this person first")


def _answer(opened: CustomerOpened) -> AssignmentAnswer:
    card = opened.card
    emails = {user.name: user.email for user in opened.users if user.user == card.collector}
    return AssignmentAnswer(
        code=card.code,
        collector=GivenAnswer(
            value=emails.get(card.collector_name, ""),
            name=card.collector_name,
            origin=card.collector_origin,
            author=card.collector_by,
            at=card.collector_at,
        )
        if card.collector
        else None,
        scenario=GivenAnswer(
            value=card.scenario,
            name=opened.scenarios.get(card.scenario, {}).get("en", card.scenario),
            origin=card.scenario_origin,
            author=card.scenario_by,
            at=card.scenario_at,
        )
        if card.scenario
        else None,
        groups=[GivenAnswer.of(one) for one in opened.assigned.groups],
        colleagues=[GivenAnswer.of(one) for one in opened.assigned.colleagues],
    )


HANDLERS = [assigned, assign]

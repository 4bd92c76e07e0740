"""Domains that messages are sent from: the records to publish, and what of them the world sees."""

from datetime import datetime
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from relance.core.kernel.errors import NotFound
from relance.core.tenancy.sender_domains import Record
from relance.http.api.access import caller_of, doing, reading, removing
from relance.http.api.once import Once
from relance.usecases.tenancy.add_domain import AddDomain, NewDomain
from relance.usecases.tenancy.check_domain import CheckDomain, DomainToCheck
from relance.usecases.tenancy.list_domains import DomainShown, ListDomains
from relance.usecases.tenancy.remove_domain import DomainToRemove, RemoveDomain

AnyRequest = Request[Any, Any, Any]


class RecordAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A TXT record to publish: `sight` is `unasked`, `missing`, `other`, `several`, `weak` or `seen`."""

    kind: str
    name: str
    value: str
    sight: str

    @classmethod
    def of(cls, one: Record) -> "RecordAnswer":
        """The answer of a record."""
        return cls(kind=one.kind, name=one.name, value=one.value, sight=one.sight)


class DomainAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A sender domain; `verified`: its messages are signed with a key that the world sees. The key itself stays."""

    domain: str
    verified: bool
    added_at: datetime
    checked_at: datetime | None
    records: list[RecordAnswer]

    @classmethod
    def of(cls, one: DomainShown) -> "DomainAnswer":
        """The answer of what is shown."""
        return cls(
            domain=one.domain.domain,
            verified=one.verified,
            added_at=one.domain.added_at,
            checked_at=one.domain.checked_at,
            records=[RecordAnswer.of(record) for record in one.records],
        )


class DomainsAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Every sender domain by name."""

    rows: list[DomainAnswer]


class DomainWanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A domain such as acme.example."""

    domain: str


@reading("/domains", "settings", summary="Sender domains with the records to publish")
def domains(request: AnyRequest, list_domains: NamedDependency[ListDomains]) -> DomainsAnswer:
    """As they were last seen."""
    return DomainsAnswer(rows=[DomainAnswer.of(one) for one in list_domains(caller_of(request).actor)])


@doing("/domains", "settings", summary="Add a sender domain, with a key of its own")
def add_domain(
    request: AnyRequest,
    data: JSONBody[DomainWanted],
    add_domain: NamedDependency[AddDomain],
    list_domains: NamedDependency[ListDomains],
    once: NamedDependency[Once],
) -> Response[bytes]:
    """Its messages are signed once the world knows the key."""
    actor = caller_of(request).actor

    def deed() -> DomainAnswer:
        added = add_domain(NewDomain(actor=actor, domain=data.domain)).domain
        return _named(list_domains(actor), added)

    return once(request, msgspec.json.encode(data), deed)


@doing("/domains/{domain:str}/check", "settings", summary="Ask the name servers what they know of a domain now")
def check_domain(
    request: AnyRequest,
    domain: FromPath[str],
    check_domain: NamedDependency[CheckDomain],
    list_domains: NamedDependency[ListDomains],
) -> DomainAnswer:
    """503 where they do not answer: nothing is known then, and nothing changes."""
    actor = caller_of(request).actor
    checked = check_domain(DomainToCheck(actor=actor, domain=domain)).domain
    return _named(list_domains(actor), checked)


@removing("/domains/{domain:str}", "settings", summary="Forget a sender domain and its key")
def remove_domain(request: AnyRequest, domain: FromPath[str], remove_domain: NamedDependency[RemoveDomain]) -> None:
    """Messages from it are not signed any more."""
    remove_domain(DomainToRemove(actor=caller_of(request).actor, domain=domain))


def _named(shown: list[DomainShown], domain: str) -> DomainAnswer:
    found = next((one for one in shown if one.domain.domain == domain), None)
    if found is None:
        raise NotFound("no such domain")
    return DomainAnswer.of(found)


HANDLERS = [domains, add_domain, check_domain, remove_domain]

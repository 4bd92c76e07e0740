"""A sender domain gets a key, is checked, and signs what leaves from it; an unverified one is a warning."""

import asyncio

import dkim
import pytest
from sqlalchemy import Engine

from relance.adapters.calendars import HolidayCalendars
from relance.adapters.keyring import SealingKeyring
from relance.adapters.mail.signing_keys import RsaKeys
from relance.adapters.render.renderer import JinjaRenderer
from relance.adapters.store.workers import workers_for
from relance.core.kernel.errors import Conflict, NotFound
from relance.core.kernel.identifiers import TenantId
from relance.plugins.channels.dkim import signed
from relance.plugins.channels.mime import mime
from relance.usecases.collection.dispatch import Dispatch, DispatchRequest
from relance.usecases.tenancy.add_domain import AddDomain, NewDomain
from relance.usecases.tenancy.check_domain import CheckDomain, DomainToCheck
from relance.usecases.tenancy.list_domains import ListDomains
from relance.usecases.tenancy.remove_domain import DomainToRemove, RemoveDomain
from tests.usecases.collection.mailroom import Mailroom

KEYRING = SealingKeyring(b"s" * 40)


class PublishedNames:
    """What the world knows."""

    def __init__(self, records: dict[str, str]) -> None:
        self.records = records

    def texts(self, name: str) -> tuple[str, ...]:
        return (self.records[name],) if name in self.records else ()


@pytest.fixture
def room(engine: Engine, tenant: TenantId) -> Mailroom:
    room = Mailroom(engine, tenant)
    keys = RsaKeys()
    AddDomain(room.work, room.clock, keys, KEYRING)(NewDomain(actor=room.actor, domain="ACME.example"))
    return room


def published(room: Mailroom) -> dict[str, str]:
    [one] = ListDomains(room.work)(room.actor)
    return {record.name: record.value for record in one.records}


def check(room: Mailroom, records: dict[str, str]) -> bool:
    verb = CheckDomain(room.work, room.clock, PublishedNames(records))
    return verb(DomainToCheck(actor=room.actor, domain="acme.example")).verified


def dispatch(room: Mailroom) -> None:
    outside = (HolidayCalendars(), JinjaRenderer(), workers_for(room.engine), lambda: [room.channel], room.fence)
    verb = Dispatch(room.work, room.clock, *outside, KEYRING)
    asyncio.run(verb(DispatchRequest(tenants=(room.tenant,))))


def test_what_is_published_is_seen_and_messages_are_signed(room: Mailroom) -> None:
    records = published(room)
    assert check(room, records)
    room.confirm()
    dispatch(room)
    [message] = room.channel.carried
    assert message.signature is not None
    raw = signed(mime(message), message.signature)
    assert dkim.verify(raw, dnsfunc=lambda name, **_: records[name.decode().rstrip(".")].encode())
    [kept] = room.rows("messages")
    assert "PRIVATE" not in str(kept.content)
    assert room.rows("actions")[0].warnings == []


def test_an_unverified_domain_is_a_warning_and_signs_nothing(room: Mailroom) -> None:
    assert not check(room, {})
    room.confirm()
    assert room.rows("actions")[0].warnings == ["sender-domain-unverified acme.example"]
    dispatch(room)
    assert room.channel.carried[0].signature is None


def test_a_domain_is_added_once_and_forgotten(room: Mailroom) -> None:
    with pytest.raises(Conflict):
        AddDomain(room.work, room.clock, RsaKeys(), KEYRING)(NewDomain(actor=room.actor, domain="acme.example"))
    RemoveDomain(room.work)(DomainToRemove(actor=room.actor, domain="acme.example"))
    assert ListDomains(room.work)(room.actor) == []
    with pytest.raises(NotFound):
        RemoveDomain(room.work)(DomainToRemove(actor=room.actor, domain="acme.example"))
    with pytest.raises(NotFound):
        check(room, {})

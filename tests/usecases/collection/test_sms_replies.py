"""Who answers STOP gets no more SMS; other answers are for a person; prices stay with their messages."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from relance.adapters.store.tenancy import SqlTenantDirectory
from relance.core.collection.replies import replies_path, token_of
from relance.core.kernel.identifiers import ActionId, TenantId
from relance.usecases.collection.dispatch import Dispatched
from relance.usecases.collection.show_channels import ShowChannels
from relance.usecases.collection.suppress_address import AddressToSuppress, SuppressAddress
from relance.usecases.collection.take_reply import ReplyTold, TakeReply
from relance.usecases.collection.take_report import ReportRefused
from tests.servers.twilio import ACCOUNT, SENDER, TOKEN, TwilioPlace, signature
from tests.usecases.collection.test_sms import NUMBER, SITE, SmsRoom


@pytest.fixture(scope="module")
def place() -> Iterator[TwilioPlace]:
    made = TwilioPlace()
    yield made
    made.end()


@pytest.fixture
def room(engine: Engine, tenant: TenantId, place: TwilioPlace) -> SmsRoom:
    place.says, place.asked, place.taken = [], [], []
    return SmsRoom(engine, tenant, place)


def answered(room: SmsRoom, text: str, sid: str = "SM9", secret: str = TOKEN, **changed: str) -> bool:
    code = _code(room)
    fields = {"AccountSid": ACCOUNT, "MessageSid": sid, "From": NUMBER, "To": SENDER, "Body": text}
    address = replies_path(code, b"key")
    signed = signature(SITE + address, fields, secret)
    given = {"tenant": code, "token": token_of(code, b"key"), "address": address, "signature": signed} | changed
    verb = TakeReply(SqlTenantDirectory(room.engine), room.work, room.clock, lambda: room.channels, b"key")
    return verb(ReplyTold(fields=fields, **given))


def _code(room: SmsRoom) -> str:
    with room.work.reading(room.tenant) as unit:
        return unit.tenancy.tenant().code


def silenced(room: SmsRoom) -> list[tuple[str, str, str]]:
    with room.work.reading(room.tenant) as unit:
        return [(one.address, one.reason, one.note) for one in unit.suppressions.listed("", "", 9)]


def test_who_answers_stop_gets_no_more_and_the_answer_counts_once(room: SmsRoom) -> None:
    room.confirm()
    assert answered(room, "Stop merci")
    assert not answered(room, "Stop merci")
    assert silenced(room) == [(NUMBER, "opted-out", "Stop merci")]
    assert room.dispatch() == Dispatched(held=1)
    assert (room.place.asked, room.state()) == ([], ("held", "suppressed"))
    with room.work.reading(room.tenant) as unit:
        [told] = [one for one in unit.customer_file.timeline(1, 9) if one.kind == "message-reply"]
    assert told.detail == {"from": NUMBER, "comment": "Stop merci", "outcome": "opted-out"}


def test_another_answer_stands_on_the_timeline_and_stops_nothing(room: SmsRoom) -> None:
    room.confirm()
    assert answered(room, "Paid this morning, Anna")
    assert silenced(room) == []
    assert room.timeline() == ["message-reply"]
    assert room.dispatch() == Dispatched(sent=1)


@pytest.mark.parametrize(
    "changed",
    [
        {"token": "0123456789abcdef"},
        {"tenant": "globex"},
        {"signature": ""},
        {"address": "/tw/x"},
        {"secret": "another"},
    ],
)
def test_what_is_not_signed_for_this_tenant_stops_nobody(room: SmsRoom, changed: dict[str, str]) -> None:
    with pytest.raises(ReportRefused):
        answered(room, "STOP", **changed)
    assert silenced(room) == []


def test_a_number_that_the_gateway_refuses_for_good_is_not_asked_again(room: SmsRoom) -> None:
    room.place.says = ["403"]
    room.confirm()
    assert room.dispatch() == Dispatched(failed=1)
    assert [one[:2] for one in silenced(room)] == [(NUMBER, "opted-out")]


def test_a_person_suppresses_a_number_too(room: SmsRoom) -> None:
    verb = SuppressAddress(room.work, room.clock)
    verb(AddressToSuppress(actor=room.actor, address=NUMBER, note="asked by phone"))
    room.confirm()
    assert room.state() == ("held", "suppressed")


def test_what_a_report_says_of_the_price_stays_with_the_message(room: SmsRoom) -> None:
    room.confirm()
    room.dispatch()
    assert room.told("delivered", Price="-0.07500", PriceUnit="usd")
    room.dispatch()
    with room.work.reading(room.tenant) as unit:
        [kept] = unit.deliveries.file(ActionId(1), None).messages
    assert kept.cost == "0.07500 USD"


def test_the_channels_page_knows_where_answers_come_in(room: SmsRoom) -> None:
    shown = ShowChannels(room.work, lambda: room.channels, b"key", SITE)(room.actor)
    assert [one.replies_at for one in shown] == ["", SITE + replies_path(_code(room), b"key"), ""]

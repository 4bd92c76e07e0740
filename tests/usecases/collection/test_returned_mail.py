"""Returned mail is matched by our own word, marks contacts and suggests; a suppressed address gets nothing more."""

import msgspec
import pytest
from sqlalchemy import Engine

from relance.adapters.calendars import HolidayCalendars
from relance.adapters.mail.reports import MimeReports
from relance.adapters.store.tables.customers import contacts
from relance.adapters.store.tenancy import SqlTenantDirectory
from relance.core.collection.bounce_signing import SignatureRefused, secret_of, signature
from relance.core.kernel.errors import BadInput, NotFound
from relance.core.kernel.identifiers import ActionId, TenantId
from relance.plugins.channels.mime import mime
from relance.ports.mailbox import Letter
from relance.usecases.collection.lift_suppression import AddressToLift, LiftSuppression
from relance.usecases.collection.list_suppressions import ListSuppressions, SuppressionsFound, SuppressionsWanted
from relance.usecases.collection.open_delivery import DeliveryWanted, OpenDelivery
from relance.usecases.collection.read_bounces import BouncesRead, ReadBounces
from relance.usecases.collection.suppress_address import AddressToSuppress, SuppressAddress
from relance.usecases.collection.take_bounces import BounceReport, ReportTaken, TakeBounces
from tests.adapters.mail.letters import complaint, dsn, out_of_office
from tests.usecases.collection.mailroom import UNKNOWN, Mailroom

PAYER = "pay1@customer1.example"
KEY = b"key"


class Pile:
    """A mailbox that is a list."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []

    def put(self, to: str, content: bytes) -> None:
        self.letters.append(Letter(key=str(len(self.letters)), recipients=(to,), content=content))

    def unread(self, limit: int) -> list[Letter]:
        return self.letters[:limit]

    def done(self, keys: list[str]) -> None:
        self.letters = [letter for letter in self.letters if letter.key not in keys]

    def close(self) -> None:
        pass


@pytest.fixture
def room(engine: Engine, tenant: TenantId) -> Mailroom:
    room = Mailroom(engine, tenant)
    room.setting("bounce-address", "bounces@acme.example")
    room.setting("bounce-tokens", "on")
    return room


def read(room: Mailroom, pile: Pile) -> BouncesRead:
    directory = SqlTenantDirectory(room.engine)
    return ReadBounces(directory, room.work, room.clock, HolidayCalendars(), MimeReports(), KEY, pile)()


def listed(room: Mailroom) -> SuppressionsFound:
    return ListSuppressions(room.work)(SuppressionsWanted(actor=room.actor))


def sent_to(room: Mailroom) -> str:
    room.confirm()
    room.dispatch()
    return room.channel.carried[0].mail_from


def test_a_report_to_our_own_word_marks_the_contact_and_suggests_but_never_unsends(room: Mailroom) -> None:
    path, pile = sent_to(room), Pile()
    assert path.startswith("bounces+acme.1.1.")
    pile.put(path, dsn(path, PAYER))
    assert read(room, pile) == BouncesRead(letters=1, kept=1, ignored=0)
    assert room.state() == ("sent", "")
    assert [(one.address, one.said) for one in listed(room).suggested] == [(PAYER, "5.1.1 550 no such user")]
    assert listed(room).rows == []
    remarks = OpenDelivery(room.work)(DeliveryWanted(actor=room.actor, action=ActionId(1))).remarks
    assert [one.kind for one in remarks] == ["message-returned", "message-sent"]
    pile.put(path, dsn(path, PAYER))
    assert read(room, pile).kept == 0, "the same report again has no effect"


def test_forged_and_foreign_reports_are_ignored(room: Mailroom) -> None:
    path, pile = sent_to(room), Pile()
    pile.put("bounces@acme.example", dsn("bounces@acme.example", PAYER))
    pile.put(path.replace("acme.1.1.", "acme.2.1."), dsn(path, PAYER))
    pile.put(path, dsn(path, "somebody@else.example"))
    pile.put(path, out_of_office(path))
    assert read(room, pile) == BouncesRead(letters=4, kept=0, ignored=4)
    assert listed(room).suggested == []


def test_a_soft_bounce_marks_nobody(room: Mailroom) -> None:
    path, pile = sent_to(room), Pile()
    pile.put(path, dsn(path, PAYER, "4.2.2"))
    assert read(room, pile).kept == 1
    assert listed(room).suggested == []


def test_where_the_tenant_says_so_a_hard_bounce_suppresses_at_once(room: Mailroom) -> None:
    room.setting("bounce-suppress", "at-once")
    path, pile = sent_to(room), Pile()
    pile.put(path, complaint(path, PAYER))
    read(room, pile)
    assert [(one.address, one.reason, one.author) for one in listed(room).rows] == [
        (PAYER, "complaint", "returned-mail")
    ]


def test_what_comes_back_has_left_so_an_unknown_message_was_sent(room: Mailroom) -> None:
    room.channel.late = [UNKNOWN]
    path, pile = sent_to(room), Pile()
    assert room.state()[0] == "unknown"
    pile.put(path, dsn(path, PAYER, "4.4.7", "delayed"))
    read(room, pile)
    assert room.state() == ("sent", "")
    assert len(room.rows("listed_items")) == 1


def test_a_suppressed_address_gets_nothing_until_it_is_lifted(room: Mailroom) -> None:
    room.confirm()
    SuppressAddress(room.work, room.clock)(
        AddressToSuppress(actor=room.actor, address=PAYER.upper(), note="left the company")
    )
    assert room.dispatch().held == 1
    assert room.state() == ("held", "suppressed")
    with pytest.raises(BadInput):
        LiftSuppression(room.work)(AddressToLift(actor=room.actor, address=PAYER, note=" "))
    LiftSuppression(room.work)(AddressToLift(actor=room.actor, address=PAYER, note="works again"))
    assert room.dispatch().sent == 1
    with pytest.raises(NotFound):
        LiftSuppression(room.work)(AddressToLift(actor=room.actor, address=PAYER, note="again"))


def test_an_address_suppressed_after_the_claim_stops_the_message_before_its_body(room: Mailroom) -> None:
    room.confirm()
    note = AddressToSuppress(actor=room.actor, address=PAYER, note="complained by phone")
    room.channel.before = lambda: SuppressAddress(room.work, room.clock)(note) and None
    room.dispatch()
    assert room.channel.carried == []
    assert room.state() == ("held", "suppressed")


def test_of_two_recipients_the_suppressed_one_is_left_out(room: Mailroom) -> None:
    with room.engine.begin() as connection:
        row = {"tenant_id": room.tenant, "contact_id": 9, "customer_id": 1, "name": "Roux", "collection": True}
        connection.execute(contacts.insert(), row | {"first_name": "Ida", "email": "ida@customer1.example"})
    SuppressAddress(room.work, room.clock)(AddressToSuppress(actor=room.actor, address=PAYER, note="gone"))
    sent_to(room)
    assert [to.email for to in room.channel.carried[0].to] == ["ida@customer1.example"]
    assert room.rows("actions")[0].warnings == ["contact-suppressed Zoé Martin"]


def report(room: Mailroom, said: dict[str, object], **changes: str) -> ReportTaken:
    raw, moment = msgspec.json.encode(said), str(int(room.clock.moment.timestamp()))
    signed = signature(secret_of("acme", 1, KEY), moment, raw)
    asked = BounceReport(tenant="acme", body=raw, moment=moment, signature=signed)
    directory = SqlTenantDirectory(room.engine)
    verb = TakeBounces(directory, room.work, room.clock, HolidayCalendars(), KEY)
    return verb(msgspec.structs.replace(asked, **changes))


def test_a_mail_provider_reports_over_http_with_the_tenants_own_signature(room: Mailroom) -> None:
    sent_to(room)
    named = room.channel.carried[0].message_id
    event = {"id": "e1", "address": PAYER, "type": "hard", "status": "5.1.1", "message_id": named}
    with pytest.raises(SignatureRefused):
        report(room, {"events": [event]})
    room.setting("bounce-webhook", "1")
    assert report(room, {"events": [event, event]}) == ReportTaken(kept=1)
    assert [one.address for one in listed(room).suggested] == [PAYER]
    with pytest.raises(BadInput):
        report(room, {"events": [event | {"state": "sent"}]})


@pytest.mark.parametrize("changes", [{"signature": "sha256=0"}, {"moment": "1"}, {"tenant": "globex"}, {"body": b"{}"}])
def test_a_report_with_anything_changed_is_refused(room: Mailroom, changes: dict[str, str]) -> None:
    room.setting("bounce-webhook", "1")
    with pytest.raises(SignatureRefused):
        report(room, {"events": []}, **changes)


def answer(text: str, number: int = 1) -> bytes:
    head = f"From: Zoé <{PAYER}>\r\nMessage-ID: <{number}@customer1.example>\r\nSubject: Re: Reminder\r\n\r\n"
    return (head + text).encode()


def test_an_answer_goes_to_the_collector_and_to_the_mailbox_that_knows_its_message(room: Mailroom) -> None:
    path, pile = sent_to(room), Pile()
    [message] = room.channel.carried
    assert message.answers_to == path
    assert b'Reply-To: "Ann Lee" <ann@acme.example>,\r\n ' + path.encode() + b"\r\n" in mime(message)
    for _ in range(2):
        pile.put(path, answer("Paid this morning.\r\n\r\n> Dear Zoé"))
        pile.put("bounces@acme.example", answer("Whose is this?", 2))
    assert read(room, pile) == BouncesRead(letters=4, kept=1, ignored=3)
    with room.work.reading(room.tenant) as unit:
        told = unit.customer_file.timeline(1, 9)[0]
    assert told.kind == "message-reply"
    assert told.detail == {"from": PAYER, "subject": "Re: Reminder", "comment": "Paid this morning."}
    assert listed(room).suggested == []


def test_an_answer_proves_that_its_message_had_left(room: Mailroom) -> None:
    room.channel.late = [UNKNOWN]
    path, pile = sent_to(room), Pile()
    pile.put(path, answer("Paid."))
    read(room, pile)
    assert room.state() == ("sent", "")


def test_without_a_mailbox_answers_go_to_the_sender_alone(room: Mailroom) -> None:
    room.setting("bounce-tokens", "off")
    sent_to(room)
    [message] = room.channel.carried
    assert (message.answers_to, b"Reply-To" in mime(message)) == ("", False)

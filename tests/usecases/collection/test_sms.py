"""An SMS from its plan to its report (A26, I-1, I-3; reliability, section 3)."""

from collections.abc import Iterator
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import Engine, select, update

from relance.adapters.calendars import HolidayCalendars
from relance.adapters.render.renderer import JinjaRenderer
from relance.adapters.store.tables.collection import actions
from relance.adapters.store.tables.customers import contacts
from relance.adapters.store.tables.reports import message_reports
from relance.adapters.store.tenancy import SqlTenantDirectory
from relance.adapters.store.work import SqlWork
from relance.adapters.supplied.files import SuppliedFiles
from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import ItemId, TenantId
from relance.plugins.channels.outbox import OutboxChannel
from relance.plugins.channels.sms import SmsChannel, Twilio
from relance.ports.channels import Channel
from relance.ports.render import TemplateBroken
from relance.usecases.collection.begin_specific import BeginSpecific, NewSpecific
from relance.usecases.collection.desk import Desk
from relance.usecases.collection.dispatch import Dispatched
from relance.usecases.collection.edit_action import ActionEdit, EditAction
from relance.usecases.collection.folding import fold
from relance.usecases.collection.list_actions import ActionsQuestion, ListActions
from relance.usecases.collection.take_report import ReportRefused, ReportTold, TakeReport
from relance.usecases.collection.wording import Words
from tests.delivery_ledger import TestClock, decide, fill, system
from tests.servers.twilio import ACCOUNT, SENDER, TOKEN, TwilioPlace, report, signature
from tests.usecases.collection.mailroom import Mailroom

SITE = "https://relance.example"
NUMBER = "+33639980123"


class SmsRoom(Mailroom):
    """One customer whose reminders are SMS, and a Twilio of our own."""

    def __init__(self, engine: Engine, tenant: TenantId, place: TwilioPlace, automation: str = "to-confirm") -> None:
        super().__init__(engine, tenant, automation=automation)
        account = Twilio(account=ACCOUNT, token=TOKEN, sender=SENDER, url=place.url, site=SITE, answer_seconds=0.5)
        self.sms, self.place = SmsChannel(account), place
        self.channels: list[Channel] = [self.channel, self.sms]
        self.change(contacts, contacts.c.contact_id == 1, mobile_e164=NUMBER)
        self.change_action(1, kind="sms", channel="sms", template="sms-reminder")

    def reports(self) -> list[tuple[str, bool]]:
        with self.engine.connect() as connection:
            query = select(message_reports.c.event, message_reports.c.folded).order_by(message_reports.c.event)
            return [tuple(row) for row in connection.execute(query)]

    def address(self) -> str:
        """Where reports of the message come in."""
        with self.engine.connect() as connection:
            reference = str(connection.execute(select(actions.c.message_id)).scalar_one())
        tenant, _, rest = reference.strip("<").partition("@")[0].partition(".")
        return f"/tw/{tenant}/{rest}"

    def told(self, status: str = "delivered", sid: str = "SM1", token: str = TOKEN, **changed: str) -> bool:
        more = {name: changed.pop(name) for name in list(changed) if name.istitle() or name == "PriceUnit"}
        fields, address = report(sid, status, **more), self.address()
        signed = signature(SITE + address, fields, token)
        tenant, reference = address.split("/")[2:]
        given = {"tenant": tenant, "reference": reference, "address": address, "signature": signed} | changed
        verb = TakeReport(SqlTenantDirectory(self.engine), self.work, self.clock, lambda: self.channels, b"key")
        return verb(ReportTold(fields=fields, **given))

    def timeline(self) -> list[str]:
        with self.work.reading(self.tenant) as unit:
            return [entry.kind for entry in unit.customer_file.timeline(1, 9)]


@pytest.fixture(scope="module")
def place() -> Iterator[TwilioPlace]:
    made = TwilioPlace()
    yield made
    made.end()


@pytest.fixture
def room(engine: Engine, tenant: TenantId, place: TwilioPlace) -> SmsRoom:
    place.says, place.asked, place.taken, place.before = [], [], [], lambda: None
    place.listed, place.searched = [], []
    return SmsRoom(engine, tenant, place)


def test_a_confirmed_sms_leaves_once_through_its_own_channel(room: SmsRoom) -> None:
    assert room.confirm().changed == 1
    assert room.dispatch() == Dispatched(sent=1)
    assert room.dispatch() == Dispatched()
    [form] = room.place.taken
    assert (form["To"], form["StatusCallback"]) == (NUMBER, SITE + room.address())
    assert "C1" in form["Body"] and "1 000,01 €" in form["Body"]
    assert (room.channel.carried, room.state()) == ([], ("sent", ""))
    [kept] = room.rows("messages")
    assert kept.relay_reply.startswith("201 SM") and form["Body"] in kept.sent_raw


def test_the_preview_says_what_will_be_said_and_to_which_number(room: SmsRoom) -> None:
    seen = room.preview()
    assert (seen.subject, seen.html, [one.at for one in seen.to], seen.cc) == ("", "", [NUMBER], ())
    assert "1 000,01 €" in seen.text
    room.confirm()
    kept = room.preview()
    assert (kept.text, kept.frozen, kept.to) == (seen.text, True, seen.to)


def test_without_a_mobile_number_it_is_held_until_there_is_one(room: SmsRoom) -> None:
    room.change(contacts, contacts.c.contact_id == 1, mobile_e164="")
    room.confirm()
    assert room.state() == ("held", "no-mobile-number")
    room.change(contacts, contacts.c.contact_id == 1, mobile_e164=NUMBER)
    room.dispatch()
    assert room.state()[0] == "to-confirm"


def test_without_an_account_it_is_held_and_emails_are_not(room: SmsRoom) -> None:
    room.confirm()
    room.channels = [room.channel, SmsChannel(Twilio())]
    assert room.dispatch() == Dispatched(held=1)
    assert room.state() == ("held", "no-sms-account")
    room.channels = [room.channel, room.sms]
    assert room.dispatch() == Dispatched(sent=1)


def test_an_email_text_is_no_text_for_an_sms(room: SmsRoom) -> None:
    room.change_action(1, template="first-reminder")
    room.confirm()
    assert room.state() == ("held", "no-template")


def test_another_number_since_the_confirmation_asks_again(room: SmsRoom) -> None:
    room.confirm()
    room.change(contacts, contacts.c.contact_id == 1, mobile_e164="+33639980199")
    assert room.dispatch() == Dispatched(to_confirm=1)
    assert (room.place.asked, room.state()) == ([], ("to-confirm", "changed-since-confirmed"))


def test_an_email_and_an_sms_may_leave_on_one_day_but_not_two_sms(
    engine: Engine, tenant: TenantId, place: TwilioPlace
) -> None:
    """A26: one automatic message a customer, channel and day."""
    place.says, place.asked, place.taken = [], [], []
    room = SmsRoom(engine, tenant, place, automation="automatic")
    room.setting("minimum-delay", "0")
    room.change_action(1, state="planned", reason="")
    assert room.dispatch(ignore_windows=True) == Dispatched(sent=1)
    with room.engine.begin() as connection:
        row = dict(connection.execute(select(actions)).one()._mapping)
        more = {"message_id": "", "content_hash": "", "sent_at": None, "done_on": None, "attempts": 0}
        for number, kind in ((2, "email"), (3, "sms")):
            new = row | more | {"action_id": number, "state": "sent", "kind": kind, "channel": kind}
            connection.execute(actions.insert(), new | {"leader_item_id": number + 100, "automatic": False})
    with room.work.reading(tenant) as unit:
        since = room.clock.now() - timedelta(days=1)
        assert unit.delivery.messaged([1], "sms", since) == {1}
        assert unit.delivery.messaged([1], "email", since) == frozenset()


@pytest.mark.parametrize(
    ("said", "state", "counted"),
    [
        ("400", ("failed", "refused-by-gateway"), Dispatched(failed=1)),
        ("429", ("confirmed", "gateway-busy"), Dispatched(waiting=1)),
        ("500", ("unknown", "no-clear-answer"), Dispatched(unknown=1)),
        ("hang", ("unknown", "no-clear-answer"), Dispatched(unknown=1)),
        ("reset", ("unknown", "no-clear-answer"), Dispatched(unknown=1)),
    ],
)
def test_each_answer_has_its_state_and_nothing_is_sent_twice(
    room: SmsRoom, said: str, state: tuple[str, str], counted: Dispatched
) -> None:
    room.place.says = [said]
    room.confirm()
    assert room.dispatch() == counted
    assert room.state() == state
    room.dispatch()
    assert len(room.place.asked) == 1


def test_what_was_too_much_leaves_later(room: SmsRoom) -> None:
    room.place.says = ["429"]
    room.confirm()
    room.dispatch()
    room.clock.moment += timedelta(minutes=2)
    assert room.dispatch() == Dispatched(sent=1)
    assert len(room.place.taken) == 1


def test_a_report_turns_unknown_into_sent(room: SmsRoom) -> None:
    room.place.says = ["500"]
    room.confirm()
    room.dispatch()
    assert room.told("sent") is True
    assert room.state()[0] == "unknown"  # the report is written down, and no more
    assert room.dispatch() == Dispatched()
    assert room.state() == ("sent", "")
    assert (room.reports(), len(room.place.asked)) == ([("SM1:sent", True)], 1)
    assert room.timeline()[0] == "message-sent"


def listed(room: SmsRoom, minutes: int = 0, **changed: object) -> dict[str, object]:
    """The message as Twilio's own list has it."""
    made = format_datetime(room.clock.moment + timedelta(minutes=minutes))
    body = room.place.asked[0]["Body"]
    return {"sid": "SM9", "body": body, "status": "delivered", "date_created": made, "error_code": None} | changed


def test_what_is_in_doubt_is_looked_for_after_ten_minutes(room: SmsRoom) -> None:
    room.place.says = ["reset"]
    room.confirm()
    room.dispatch()
    room.place.listed = [listed(room), listed(room, sid="SM8", body="another"), listed(room, -60, sid="SM7")]
    room.clock.moment += timedelta(minutes=9)
    room.dispatch()
    assert (room.state()[0], room.place.searched) == ("unknown", [])
    room.clock.moment += timedelta(minutes=2)
    room.dispatch()
    assert (room.state(), len(room.place.searched), len(room.place.asked)) == (("sent", ""), 1, 1)
    assert "To=%2B33639980123" in room.place.searched[0]


def test_what_is_not_found_or_found_twice_stays_for_a_person(room: SmsRoom) -> None:
    room.place.says = ["reset"]
    room.confirm()
    room.dispatch()
    room.place.listed = [listed(room), listed(room, sid="SM8")]
    for minutes in (11, 1, 31, 60 * 24):
        room.clock.moment += timedelta(minutes=minutes)
        room.dispatch()
    assert (room.state()[0], len(room.place.searched), len(room.place.asked)) == ("unknown", 2, 1)


def test_a_report_before_the_answer_waits_for_it(room: SmsRoom) -> None:
    """It may come while the POST still waits for its answer: it is kept, and concluded from afterwards."""
    seen = []

    def early() -> None:
        room.told("queued")
        with room.work(room.tenant) as unit:
            fold(Desk(unit, room.clock.now(), HolidayCalendars()))
        seen.append((room.state(), room.reports()))

    room.confirm()
    room.place.before = early
    assert room.dispatch() == Dispatched(sent=1)
    assert seen == [(("sending", ""), [("SM1:queued", False)])]
    room.dispatch()
    assert (room.state()[0], room.reports(), room.timeline()) == ("sent", [("SM1:queued", True)], ["message-sent"])


def test_a_report_before_a_lost_answer_settles_it(room: SmsRoom) -> None:
    room.place.says = ["reset"]
    room.place.before = lambda: room.told("queued") and None
    room.confirm()
    assert room.dispatch() == Dispatched(unknown=1)
    room.dispatch()
    assert (room.state()[0], len(room.place.asked)) == ("sent", 1)


def test_a_report_of_what_seemed_not_taken_keeps_it_from_leaving_again(room: SmsRoom) -> None:
    room.place.says = ["429"]
    room.confirm()
    room.dispatch()
    room.told("delivered")
    room.clock.moment += timedelta(minutes=2)
    room.dispatch()
    room.dispatch()
    assert (room.state()[0], len(room.place.asked)) == ("sent", 1)


def test_what_was_not_delivered_stays_sent_and_is_told(room: SmsRoom) -> None:
    room.confirm()
    room.dispatch()
    room.told("undelivered")
    room.dispatch()
    assert room.state() == ("sent", "")
    assert room.timeline() == ["message-undelivered", "message-sent"]


def test_a_report_twice_has_one_effect(room: SmsRoom) -> None:
    room.confirm()
    room.dispatch()
    assert [room.told() for _ in range(3)] == [True, False, False]
    room.dispatch()
    room.told()
    room.dispatch()
    assert room.timeline() == ["message-delivered", "message-sent"]


def test_a_late_report_of_an_earlier_sending_does_not_speak_for_the_newer(room: SmsRoom) -> None:
    room.place.says = ["500", "500"]
    room.confirm()
    room.dispatch()
    old = room.address()
    room.resolve("resend")
    room.dispatch()
    assert (room.state()[0], room.address() != old, len(room.place.asked)) == ("unknown", True, 2)
    fields = report("SM1", "delivered")
    signed = signature(SITE + old, fields)
    room.told(reference=old.rsplit("/", 1)[1], address=old, signature=signed)
    room.dispatch()
    assert room.state()[0] == "unknown"


@pytest.mark.parametrize(
    "forged",
    [
        {"signature": ""},
        {"signature": "AAAAAAAAAAAAAAAAAAAAAAAAAAA="},
        {"token": "another-account"},
        {"address": "/tw/acme/1.1.0000000000000000"},
        {"reference": "1.1.0000000000000000"},
        {"reference": "2.1.0000000000000000"},
        {"tenant": "globex"},
    ],
)
def test_a_forged_report_is_refused_and_leaves_no_row(room: SmsRoom, forged: dict[str, str]) -> None:
    room.confirm()
    room.dispatch()
    with pytest.raises(ReportRefused):
        room.told(**forged)
    assert room.reports() == []


def test_a_person_writes_an_sms_about_chosen_items(room: SmsRoom) -> None:
    """B6: the supplied short words where none are written; an SMS has no subject and no tables."""
    room.change_action(1, state="cancelled")
    begin = BeginSpecific(room.work, room.clock, HolidayCalendars(), JinjaRenderer(), SuppliedFiles(), b"key")
    wanted = NewSpecific(actor=room.actor, code="C1", items=(ItemId(1),), kind="sms", language="de")
    with pytest.raises(TemplateBroken):
        begin(msgspec.structs.replace(wanted, body="Bitte zahlen:\n\n[items]"))
    with pytest.raises(BadInput):
        begin(msgspec.structs.replace(wanted, topic="dispute"))
    begun = begin(wanted)
    assert begun.state == "to-confirm"
    assert "überfällig" in room.preview(begun.action).text
    EditAction(room.work, room.clock, HolidayCalendars(), JinjaRenderer())(
        ActionEdit(actor=room.actor, action=begun.action, words=Words("de", "", "Bitte zahlen Sie {{ total }}."))
    )
    room.confirm(begun.action)
    assert room.dispatch() == Dispatched(sent=1)
    assert room.place.taken[0]["Body"] == "Bitte zahlen Sie 1.000,01 €."


def test_the_outbox_folder_takes_sms_too(room: SmsRoom, tmp_path: Path) -> None:
    """A25."""
    room.channels = [room.channel, room.sms, OutboxChannel(tmp_path / "outbox")]
    room.confirm()
    assert room.dispatch() == Dispatched(sent=1)
    assert (room.place.asked, [file.suffix for file in (tmp_path / "outbox").iterdir()]) == ([], [".txt"])


def test_a_step_by_sms_is_planned_for_its_channel_and_shows_in_the_list(engine: Engine, tenant: TenantId) -> None:
    work, clock = SqlWork(engine), TestClock()
    fill(work, tenant)
    with work(tenant) as unit:
        standard = unit.collection.scenario("standard")
        steps = tuple(
            msgspec.structs.replace(step, kind="sms", template="sms-reminder") if step.kind == "email" else step
            for step in standard.steps
        )
        unit.collection.save_scenario(msgspec.structs.replace(standard, steps=steps))
        unit.connection.execute(update(contacts).values(mobile_e164=NUMBER))
    decide(work, tenant, clock)
    [row] = ListActions(work)(ActionsQuestion(actor=system(tenant)))
    assert (row.kind, row.channel, row.recipient, row.state) == ("sms", "sms", NUMBER, "to-confirm")

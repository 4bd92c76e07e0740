"""SIGKILL around the POST of an SMS: nothing twice, nothing lost, and reports settle what is in doubt (rows 1, 10)."""

import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from relance.adapters.calendars import HolidayCalendars
from relance.adapters.store.tables.customers import contacts
from relance.adapters.store.tenancy import SqlTenantDirectory
from relance.core.kernel.identifiers import ActionId
from relance.plugins.channels.sms import SmsChannel, Twilio
from relance.usecases.collection.desk import Desk
from relance.usecases.collection.folding import fold
from relance.usecases.collection.take_report import ReportTold, TakeReport
from tests.journeys.dispatcher import ended, prepared, started
from tests.servers.twilio import ACCOUNT, SENDER, TOKEN, TwilioPlace, report, signature
from tests.usecases.collection.mailroom import Mailroom

SITE, NOBODY = "https://relance.example", 9
COUNT = 12


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Iterator[TwilioPlace]:
    made = TwilioPlace()
    told = {"ACCOUNT": ACCOUNT, "TOKEN": TOKEN, "FROM": SENDER, "URL": made.url}
    for name, value in told.items():
        monkeypatch.setenv(f"RELANCE_TWILIO_{name}", value)
    monkeypatch.setenv("RELANCE_URL", SITE)
    yield made
    made.end()


def texting(url: str) -> Mailroom:
    """A ledger whose messages are confirmed SMS."""
    room = prepared(url, COUNT)
    with room.work(room.tenant) as unit:
        unit.delivery.thaw([ActionId(n) for n in range(1, COUNT + 1)])
    for n in range(1, COUNT + 1):
        room.change(contacts, contacts.c.contact_id == n, mobile_e164=f"+3363998{n:04d}")
        room.change_action(n, state="to-confirm", kind="sms", channel="sms", template="sms-reminder", confirmed_at=None)
    assert room.confirm().changed == COUNT
    return room


@pytest.mark.parametrize(
    ("database", "failpoints"),
    [("sqlite", ("reply.read",)), ("postgresql", ("sending.committed",))],
)
def test_killed_around_its_post_an_sms_never_leaves_twice(
    database: str, failpoints: tuple[str, ...], place: TwilioPlace, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = f"sqlite:///{tmp_path}/relance.db" if database == "sqlite" else request.getfixturevalue("postgres_url")
    room = texting(url)
    try:
        for failpoint in failpoints:
            code, said = ended(started(url, NOBODY, f"{failpoint}=kill"))
            assert code == -signal.SIGKILL, (failpoint, said)
        code, said = ended(started(url, NOBODY))
        assert code == 0, said
        _nothing_twice_nothing_lost(room, place)
        _reports_settle_what_left(room, place)
        with room.work(room.tenant) as unit:
            fold(Desk(unit, room.clock.now(), HolidayCalendars()))
        _nothing_twice_nothing_lost(room, place)
        doubted = {row.action_id for row in room.rows("actions") if row.state == "unknown"}
        assert doubted.isdisjoint(_taken(place))
    finally:
        room.engine.dispose()


def _taken(place: TwilioPlace) -> Counter[int]:
    return Counter(int(form["To"].removeprefix("+3363998")) for form in place.taken)


def _nothing_twice_nothing_lost(room: Mailroom, place: TwilioPlace) -> None:
    taken = _taken(place)
    assert max(taken.values()) == 1, "sent twice"
    for row in room.rows("actions"):
        assert row.state in {"sent", "unknown"}, "stuck"
        assert row.state != "sent" or taken[row.customer_id], "lost"


def _reports_settle_what_left(room: Mailroom, place: TwilioPlace) -> None:
    channel = SmsChannel(Twilio(account=ACCOUNT, token=TOKEN, sender=SENDER, site=SITE))
    verb = TakeReport(SqlTenantDirectory(room.engine), room.work, room.clock, lambda: [channel], b"key")
    for number, form in enumerate(place.taken):
        address = form["StatusCallback"].removeprefix(SITE)
        tenant, reference = address.split("/")[2:]
        fields = report(f"SM{number}", "delivered")
        signed = signature(SITE + address, fields)
        verb(ReportTold(tenant=tenant, reference=reference, address=address, fields=fields, signature=signed))

"""Every answer and every report of Twilio, many times over (matrix, row 10); RELANCE_SMS_EACH=200 for all."""

import os
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import Engine, func, select, update

from relance.adapters.store.tables.collection import actions
from relance.adapters.store.tables.customers import contacts
from relance.adapters.store.tables.reports import message_reports
from relance.adapters.store.tenancy import SqlTenantDirectory
from relance.core.kernel.identifiers import TenantId
from relance.plugins.channels.sms import SmsChannel, Twilio
from relance.usecases.collection.take_report import ReportRefused, ReportTold, TakeReport
from tests.servers.twilio import ACCOUNT, SENDER, TOKEN, TwilioPlace, report, signature
from tests.usecases.collection.mailroom import Mailroom

EACH = int(os.environ.get("RELANCE_SMS_EACH", "3"))
SITE = "https://relance.example"
ANSWERS = {"201": "sent", "400": "failed", "429": "confirmed"} | dict.fromkeys(
    ("500", "503", "hang", "reset"), "unknown"
)


@pytest.fixture
def place() -> Iterator[TwilioPlace]:
    made = TwilioPlace()
    yield made
    made.end()


def test_every_answer_has_its_state_and_every_report_one_effect(
    engine: Engine, tenant: TenantId, place: TwilioPlace
) -> None:
    room = Mailroom(engine, tenant, EACH * len(ANSWERS))
    channel = SmsChannel(
        Twilio(account=ACCOUNT, token=TOKEN, sender=SENDER, url=place.url, site=SITE, answer_seconds=0.5)
    )
    room.channels = [room.channel, channel]
    expected = _texting(room, place)
    assert room.confirm().changed == len(expected)
    room.dispatch()
    assert _states(room) == expected
    verb = TakeReport(SqlTenantDirectory(engine), room.work, room.clock, lambda: [channel], b"key")
    with ThreadPoolExecutor(4) as many:
        told = list(many.map(lambda form: _reports(verb, form), place.taken))
    answers = Counter(one for several in told for one in several)
    assert answers == {"new": len(place.taken), "known": len(place.taken), "refused": 2 * len(place.taken)}
    for _ in range(2 + len(place.taken) // 200):
        room.dispatch()
    after = {number: "sent" if state == "unknown" else state for number, state in expected.items()}
    assert _states(room) == after
    room.clock.moment += timedelta(minutes=2)
    place.by_number = {}
    room.dispatch()
    assert _states(room) == {number: "failed" if state == "failed" else "sent" for number, state in after.items()}
    assert max(Counter(form["To"] for form in place.taken).values()) == 1
    with engine.connect() as connection:
        kept = connection.execute(select(func.count()).select_from(message_reports)).scalar_one()
    assert kept == answers["new"]


def _texting(room: Mailroom, place: TwilioPlace) -> dict[int, str]:
    """Every customer's reminder is an SMS; the state that each shall have, by the answer that its number gets."""
    expected = {}
    with room.engine.begin() as connection:
        connection.execute(update(actions).values(kind="sms", channel="sms", template="sms-reminder"))
        for number in range(1, EACH * len(ANSWERS) + 1):
            said = list(ANSWERS)[number % len(ANSWERS)]
            mobile = f"+336399{number:05d}"
            connection.execute(update(contacts).where(contacts.c.contact_id == number).values(mobile_e164=mobile))
            place.by_number[mobile], expected[number] = said, ANSWERS[said]
    return expected


def _states(room: Mailroom) -> dict[int, str]:
    return {row.customer_id: row.state for row in room.rows("actions")}


def _reports(verb: TakeReport, form: dict[str, str]) -> list[str]:
    """The same report twice, one that was changed, and one of somebody else's account."""
    address = form["StatusCallback"].removeprefix(SITE)
    tenant, reference = address.split("/")[2:]
    fields = report(f"SM{form['To']}", "delivered")
    tries = [(fields, TOKEN), (fields, TOKEN), (fields | {"MessageStatus": "failed"}, ""), (fields, "another")]
    told = []
    for said, token in tries:
        signed = signature(SITE + address, fields, token or TOKEN)
        wanted = ReportTold(tenant=tenant, reference=reference, address=address, fields=said, signature=signed)
        try:
            told.append("new" if verb(wanted) else "known")
        except ReportRefused:
            told.append("refused")
    return told

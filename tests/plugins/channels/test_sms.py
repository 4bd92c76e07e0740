"""The SMS channel against a Twilio of our own (matrix, row 10)."""

import asyncio
import socket
from collections.abc import Iterator

import msgspec
import pytest

from relance.plugins import BadInput
from relance.plugins.channels.sms import SmsChannel, Twilio
from relance.ports.channels import Address, Message, Outcome
from tests.servers.twilio import ACCOUNT, SENDER, TOKEN, TwilioPlace, report, signature

SITE = "https://relance.example"
MESSAGE = Message(
    action="12.1",
    kind="sms",
    message_id="<acme.12.1.0123456789abcdef@acme.example>",
    to=(Address("Ann Lee", "", phone="+33639980123"),),
    sender=Address("Zoé Martin", "zoe@acme.example"),
    mail_from="zoe@acme.example",
    subject="",
    html="",
    text="Acme : 120,00 € échus depuis le 5 mars.\n",
    language="fr",
)


@pytest.fixture(scope="module")
def place() -> Iterator[TwilioPlace]:
    made = TwilioPlace()
    yield made
    made.end()


def channel(place: TwilioPlace, **changed: object) -> SmsChannel:
    settings = {"account": ACCOUNT, "token": TOKEN, "sender": SENDER, "url": place.url, "site": SITE}
    return SmsChannel(Twilio(**(settings | {"answer_seconds": 0.5} | changed)))  # type: ignore[arg-type] # of the case


def carried(channel: SmsChannel, message: Message = MESSAGE, goes: bool = True) -> tuple[Outcome, int]:
    asked = 0

    async def about_to_send() -> bool:
        nonlocal asked
        asked += 1
        return goes

    outcome = asyncio.run(channel.carry(message, about_to_send))
    return outcome, asked


def test_one_post_says_all_that_twilio_needs(place: TwilioPlace) -> None:
    place.asked.clear()
    outcome, asked = carried(channel(place))
    [form] = place.asked
    assert (outcome.kind, asked) == ("accepted", 1)
    assert outcome.reply.startswith("201 SM") and "1 segments" in outcome.reply
    assert form == {
        "path": f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json",
        "who": f"{ACCOUNT}:{TOKEN}",
        "To": "+33639980123",
        "From": SENDER,
        "Body": "Acme : 120,00 € échus depuis le 5 mars.",
        "StatusCallback": f"{SITE}/tw/acme/12.1.0123456789abcdef",
    }
    assert "Acme : 120,00 €" in outcome.raw and TOKEN not in outcome.raw


def test_a_messaging_service_is_named_as_one_and_without_a_site_nothing_is_reported(place: TwilioPlace) -> None:
    carried(channel(place, sender="MG01", site=""))
    assert place.asked[-1]["MessagingServiceSid"] == "MG01"
    assert {"From", "StatusCallback"}.isdisjoint(place.asked[-1])


@pytest.mark.parametrize(
    ("said", "kind", "reason"),
    [
        ("400", "refused", "refused-by-gateway"),
        ("401", "refused", "refused-by-gateway"),
        ("404", "refused", "refused-by-gateway"),
        ("403", "refused", "opted-out"),
        ("429", "retry-later", "gateway-busy"),
        ("500", "unknown", "no-clear-answer"),
        ("503", "unknown", "no-clear-answer"),
        ("302", "unknown", "no-clear-answer"),
        ("200", "unknown", "no-clear-answer"),
        ("garbage", "unknown", "no-clear-answer"),
        ("hang", "unknown", "no-clear-answer"),
        ("reset", "unknown", "no-clear-answer"),
        ("deaf", "unknown", "no-clear-answer"),
    ],
)
def test_only_a_clear_answer_is_an_answer_and_nothing_is_tried_twice(
    place: TwilioPlace, said: str, kind: str, reason: str
) -> None:
    place.asked.clear()
    place.says = [said]
    outcome, asked = carried(channel(place))
    assert (outcome.kind, outcome.reason, asked) == (kind, reason, 1)
    assert len(place.asked) == (said != "deaf")


def test_a_line_that_never_stood_took_nothing(place: TwilioPlace) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}"
        outcome, asked = carried(channel(place, url=url))
    assert (outcome.kind, outcome.reason, asked) == ("retry-later", "connection", 1)


def test_what_must_not_leave_does_not_leave(place: TwilioPlace) -> None:
    place.asked.clear()
    outcome, asked = carried(channel(place), goes=False)
    assert (outcome.kind, outcome.reason, asked, place.asked) == ("retry-later", "withdrawn", 1, [])


def test_a_number_that_is_none_is_refused_before_anything_leaves(place: TwilioPlace) -> None:
    wrong = msgspec.structs.replace(MESSAGE, to=(Address("Ann", "ann@c.example"),))
    outcome, asked = carried(channel(place), wrong)
    assert (outcome.kind, outcome.reason, asked) == ("refused", "bad-message", 0)


def test_without_an_account_it_says_so_and_plain_http_is_for_this_machine(place: TwilioPlace) -> None:
    assert SmsChannel(Twilio()).ready() == "no-sms-account"
    assert channel(place).ready() is None
    with pytest.raises(BadInput):
        channel(place, url="http://api.twilio.example")


@pytest.mark.parametrize(
    ("status", "fate"), [("queued", "on-its-way"), ("delivered", "delivered"), ("failed", "undelivered")]
)
def test_a_report_is_believed_when_twilio_signed_its_whole_address(place: TwilioPlace, status: str, fate: str) -> None:
    fields, there = report("SM1", status, ErrorCode="30003"), "/tw/acme/12.1.0123456789abcdef"
    heard = channel(place).report(there, fields, signature(SITE + there, fields))
    assert heard is not None
    assert (heard.event, heard.status, heard.reference, heard.detail) == (
        f"SM1:{status}",
        fate,
        "SM1",
        f"{status} 30003",
    )


def test_a_report_with_anything_changed_is_not_believed(place: TwilioPlace) -> None:
    fields, there = report("SM1", "delivered"), "/tw/acme/12.1.0123456789abcdef"
    good = signature(SITE + there, fields)
    hears = channel(place).report
    assert hears(there, fields, good) is not None
    assert hears(there.replace("12.1", "13.1"), fields, good) is None
    assert hears(there, fields | {"MessageStatus": "failed"}, good) is None
    assert hears(there, fields | {"More": "1"}, good) is None
    assert hears(there, fields, signature(SITE + there, fields, "another-token")) is None
    assert hears(there, fields, "") is None
    assert hears(there, fields, "é" + good[1:]) is None
    assert channel(place, token=None).report(there, fields, signature(SITE + there, fields, "")) is None

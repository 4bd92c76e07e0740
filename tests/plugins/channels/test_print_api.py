"""The channel of letters against a print service of our own over HTTP: what is certain, and what is not."""

import asyncio
import socket
from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec
import pytest

from relance.plugins import BadInput
from relance.plugins.channels.letter import LetterChannel, provide_channels
from relance.plugins.channels.print_api import PrintApi, PrintApiChannel
from relance.ports.channels import Address, Attachment, Message, Outcome
from tests.servers.printer import PrinterPlace

PAGES = b"%PDF-1.7\r\nthe pages\x00\xff"
REFERENCE = "acme.12.1.0123456789abcdef@acme.example"
MESSAGE = Message(
    action="12.1",
    kind="letter",
    message_id=f"<{REFERENCE}>",
    to=(Address("Müller GmbH", "", lines=("Straße 1", "10115 Berlin")),),
    sender=Address("Acme", "zoe@acme.example"),
    mail_from="zoe@acme.example",
    subject="Mise en demeure",
    html="",
    text="",
    language="fr",
    attachments=(Attachment("letter-12.1.pdf", "application/pdf", PAGES),),
    registered=True,
)


@pytest.fixture(scope="module")
def place() -> Iterator[PrinterPlace]:
    made = PrinterPlace()
    yield made
    made.end()


def channel(url: str, in_test: bool = True) -> PrintApiChannel:
    return PrintApiChannel(PrintApi(url=url, token="a-key", answer_seconds=0.5), in_test=in_test)


def carried(channel: PrintApiChannel, message: Message = MESSAGE, goes: bool = True) -> tuple[Outcome, int]:
    asked = 0

    async def about_to_send() -> bool:
        nonlocal asked
        asked += 1
        return goes

    return asyncio.run(channel.carry(message, about_to_send)), asked


def test_one_post_says_all_that_a_print_service_needs(place: PrinterPlace) -> None:
    place.gives = {"tracking": "rk 123 456 789 fr", "price": "6.34", "currency": "eur"}
    outcome, asked = carried(channel(place.url))
    place.gives = {}
    assert (outcome.kind, asked) == ("accepted", 1)
    assert (outcome.tracking, outcome.cost) == ("RK123456789FR", "6.34 EUR")
    letter = place.asked[-1]
    assert (letter["document"], letter["key"]) == (PAGES, "Bearer a-key")
    assert (letter["reference"], letter["once"], letter["registered"]) == (REFERENCE, REFERENCE, True)
    assert letter["recipient"] == {"name": "Müller GmbH", "lines": ["Straße 1", "10115 Berlin"]}
    assert "a-key" not in outcome.raw


@pytest.mark.parametrize(
    ("said", "kind", "reason"),
    [
        ("400", "refused", "refused-by-gateway"),
        ("409", "refused", "refused-by-gateway"),
        ("429", "retry-later", "gateway-busy"),
        ("302", "unknown", "no-clear-answer"),
        ("500", "unknown", "no-clear-answer"),
        ("503", "unknown", "no-clear-answer"),
        ("garbage", "unknown", "no-clear-answer"),
        ("hang", "unknown", "no-clear-answer"),
        ("reset", "unknown", "no-clear-answer"),
        ("deaf", "unknown", "no-clear-answer"),
    ],
)
def test_only_what_is_certain_is_called_certain(place: PrinterPlace, said: str, kind: str, reason: str) -> None:
    place.says[:] = [said]
    before = len(place.asked)
    outcome, asked = carried(channel(place.url))
    assert (outcome.kind, outcome.reason, asked) == (kind, reason, 1)
    assert len(place.asked) <= before + 1


def test_without_a_connection_it_is_tried_again() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        outcome, asked = carried(channel(f"http://127.0.0.1:{closed.getsockname()[1]}/letters"))
    assert (outcome.kind, outcome.reason, asked) == ("retry-later", "connection", 1)


@pytest.mark.parametrize("host", ["127.0.0.1", "169.254.169.254", "10.0.0.7", "[::1]"])
def test_an_address_inside_is_never_connected_to(place: PrinterPlace, host: str) -> None:
    before = len(place.asked)
    outcome, _ = carried(channel(f"https://{host}:{place.port}/letters", in_test=False))
    assert (outcome.kind, outcome.reason, len(place.asked)) == ("retry-later", "connection", before)


@pytest.mark.parametrize(
    "url", ["http://print.example/letters", "https://user:secret@print.example/", "ftp://x.example"]
)
def test_only_a_plain_https_address_is_taken(url: str) -> None:
    with pytest.raises(BadInput):
        channel(url, in_test=False)


@pytest.mark.parametrize(
    "message",
    [
        msgspec.structs.replace(MESSAGE, attachments=()),
        msgspec.structs.replace(MESSAGE, to=(Address("Ann", "ann@acme.example"),)),
    ],
)
def test_a_letter_without_pages_or_address_does_not_leave(place: PrinterPlace, message: Message) -> None:
    outcome, asked = carried(channel(place.url), message)
    assert (outcome.kind, outcome.reason, asked) == ("refused", "bad-message", 0)


def test_what_must_not_leave_does_not_leave(place: PrinterPlace) -> None:
    before = len(place.asked)
    outcome, _ = carried(channel(place.url), goes=False)
    assert (outcome.kind, len(place.asked)) == ("retry-later", before)


def test_a_letter_of_which_nobody_can_tell_is_found_again(place: PrinterPlace) -> None:
    message = msgspec.structs.replace(
        MESSAGE, message_id="<acme.13.1.0123@acme.example>", date=datetime(2026, 3, 3, 9, tzinfo=UTC)
    )
    assert asyncio.run(channel(place.url).search(message)) is None
    place.says[:] = ["reset"]
    assert carried(channel(place.url), message)[0].kind == "unknown"
    found = asyncio.run(channel(place.url).search(message))
    assert found is not None
    assert (found.status, found.detail) == ("on-its-way", "printed")


def test_the_address_decides_which_channel_carries_letters(place: PrinterPlace) -> None:
    [by_http] = provide_channels({"api_url": place.url, "api_token": "a-key", "env": "test"})
    assert isinstance(by_http, PrintApiChannel)
    assert not by_http.capabilities.batched
    [on_paper] = provide_channels({"env": "test"})
    assert isinstance(on_paper, LetterChannel)

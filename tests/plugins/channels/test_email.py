import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from relance.core.kernel.errors import BadInput
from relance.plugins.channels.email import EmailChannel, Relay
from relance.ports.channels import Address, Outcome
from tests.plugins.channels.test_mime import MESSAGE
from tests.sink import Sink


def carried(
    folder: Path,
    rules: list[dict[str, Any]],
    messages: int = 1,
    gate: Callable[[], Awaitable[bool]] | None = None,
    **change: Any,
) -> tuple[list[Outcome], Sink, list[str]]:
    """Carry messages over one channel; the answers, the sink, and when the commit was asked for."""
    told: list[str] = []

    async def run() -> tuple[list[Outcome], Sink]:
        sink = Sink(folder / "ledger", rules)
        server = await asyncio.start_server(sink.session, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        channel = EmailChannel(Relay(host="127.0.0.1", port=port, tls="none", final_seconds=1, answer_seconds=2))

        async def about_to_send() -> bool:
            told.append(f"accepted {len(sink.accepted)}")
            return await gate() if gate else True

        message = msgspec.structs.replace(MESSAGE, cc=(), **change)
        outcomes = [await channel.carry(message, about_to_send) for _ in range(messages)]
        await channel.close()
        server.close()
        return outcomes, sink

    outcomes, sink = asyncio.run(run())
    return outcomes, sink, told


def test_a_message_is_accepted_once_and_the_commit_comes_before_its_body(tmp_path: Path) -> None:
    [outcome], sink, told = carried(tmp_path, [])
    assert (outcome.kind, outcome.reply) == ("accepted", "250 queued")
    assert [row["to"] for row in sink.accepted] == [["zoe@customer.example"]]
    assert sink.accepted[0]["from"] == "bounce@acme.example"
    assert outcome.raw.encode() == sink.raw[0]
    assert told == ["accepted 0"]


def test_a_connection_is_kept_for_the_next_message(tmp_path: Path) -> None:
    outcomes, sink, _ = carried(tmp_path, [], messages=5)
    assert {outcome.kind for outcome in outcomes} == {"accepted"}
    assert (len(sink.accepted), sink.connections) == (5, 1)


@pytest.mark.parametrize(
    ("at", "do", "kind"),
    [
        ("greet", "421", "retry-later"),
        ("greet", "554", "refused"),
        ("greet", "drop", "retry-later"),
        ("mail", "451", "retry-later"),
        ("mail", "421", "retry-later"),
        ("mail", "550", "refused"),
        ("rcpt", "450", "retry-later"),
        ("rcpt", "452", "retry-later"),
        ("rcpt", "550", "refused"),
        ("rcpt", "rst", "retry-later"),
        ("data", "421", "retry-later"),
        ("data", "451", "retry-later"),
        ("data", "554", "refused"),
        ("data", "drop", "retry-later"),
    ],
)
def test_before_the_body_every_trouble_is_certain(tmp_path: Path, at: str, do: str, kind: str) -> None:
    [outcome], sink, told = carried(tmp_path, [{"at": at, "do": do}])
    assert outcome.kind == kind
    assert (sink.accepted, told) == ([], [])


@pytest.mark.parametrize(
    ("do", "kind", "accepted"),
    [
        ("451", "retry-later", 0),
        ("452", "retry-later", 0),
        ("552", "refused", 0),
        ("554", "refused", 0),
        ("slow", "accepted", 1),
        ("drop", "unknown", 1),
        ("rst", "unknown", 1),
        ("cut", "unknown", 1),
        ("garbage", "unknown", 1),
        ("hang", "unknown", 1),
        ("999", "unknown", 0),
        ("354", "unknown", 0),
    ],
)
def test_after_the_dot_only_an_exact_reply_is_an_answer(tmp_path: Path, do: str, kind: str, accepted: int) -> None:
    [outcome], sink, told = carried(tmp_path, [{"at": "dot", "do": do}])
    assert (outcome.kind, len(sink.accepted), len(told)) == (kind, accepted, 1)


def test_after_an_unclear_answer_the_next_message_has_a_new_connection(tmp_path: Path) -> None:
    outcomes, sink, _ = carried(tmp_path, [{"at": "dot", "do": "garbage"}], messages=2)
    assert [outcome.kind for outcome in outcomes] == ["unknown", "accepted"]
    assert sink.connections == 2


def test_a_refused_address_is_left_out_with_a_warning(tmp_path: Path) -> None:
    to = (Address("", "gone@customer.example"), Address("", "zoe@customer.example"))
    [outcome], sink, _ = carried(tmp_path, [{"at": "rcpt", "do": "550", "to": "gone"}], to=to)
    assert outcome.kind == "accepted"
    assert outcome.warnings == ("recipient-refused gone@customer.example 550 no",)
    assert sink.accepted[0]["to"] == ["zoe@customer.example"]


def test_a_message_that_is_withdrawn_at_the_gate_does_not_leave(tmp_path: Path) -> None:
    async def no() -> bool:
        return False

    [outcome], sink, _ = carried(tmp_path, [], gate=no)
    assert (outcome.kind, outcome.reason, sink.accepted) == ("retry-later", "withdrawn", [])


def test_leading_dots_are_stuffed(tmp_path: Path) -> None:
    _, sink, _ = carried(tmp_path, [], text=".\n..\n.x")
    assert b"\r\n=2E\r\n..\r\n.x" in sink.raw[0]


def test_starttls_that_is_not_offered_sends_nothing(tmp_path: Path) -> None:
    async def run() -> tuple[Outcome, Sink]:
        sink = Sink(tmp_path / "ledger")
        server = await asyncio.start_server(sink.session, "127.0.0.1", 0)
        channel = EmailChannel(Relay(host="127.0.0.1", port=server.sockets[0].getsockname()[1], tls="starttls"))

        async def never() -> bool:
            raise AssertionError("asked to commit")

        outcome = await channel.carry(MESSAGE, never)
        server.close()
        await asyncio.sleep(0.05)
        return outcome, sink

    outcome, sink = asyncio.run(run())
    assert (outcome.kind, outcome.reason, sink.accepted) == ("refused", "tls", [])


def test_plain_text_to_another_machine_is_refused() -> None:
    with pytest.raises(BadInput):
        EmailChannel(Relay(host="mail.example", tls="none"))


def test_without_a_relay_it_is_not_ready() -> None:
    assert EmailChannel(Relay()).ready() == "no-relay"


def test_an_address_that_is_no_mailbox_is_refused_before_the_relay_is_asked(tmp_path: Path) -> None:
    [outcome], sink, told = carried(tmp_path, [], to=(Address("Zoé", "no mailbox"),))
    assert (outcome.kind, outcome.reason) == ("refused", "bad-message")
    assert (sink.connections, told) == (0, [])

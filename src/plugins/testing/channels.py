"""What every channel must do, whatever carries it."""

import asyncio
import re
from collections.abc import Callable

from relance.ports.channels import Address, Capabilities, Channel, Message, Outcome


def channel_suite(make: Callable[[], Channel], *, to: str = "payer@customer.example") -> type:
    """A test class for a channel. `make` gives a fresh one that is ready to carry to `to`.

    `to` is an address, or a number in E.164 for a channel of SMS.
    """

    class Suite:
        def test_it_has_a_name_a_label_and_capabilities(self) -> None:
            channel = make()
            assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", channel.name)
            assert channel.label.strip()
            assert isinstance(channel.capabilities, Capabilities)
            assert channel.capabilities.concurrency >= 1

        def test_it_says_when_it_is_ready(self) -> None:
            assert make().ready() is None

        def test_a_message_is_accepted_after_one_word_that_it_is_about_to_leave(self) -> None:
            asked, outcome = _carried(make(), _message(to), answer=True)
            assert outcome.kind == "accepted"
            assert asked == 1

        def test_what_must_not_leave_does_not_leave(self) -> None:
            asked, outcome = _carried(make(), _message(to), answer=False)
            assert outcome.kind == "retry-later"
            assert asked == 1

        def test_an_address_that_is_no_mailbox_is_refused_before_anything_leaves(self) -> None:
            asked, outcome = _carried(make(), _message("no mailbox"), answer=True)
            assert (asked, outcome.kind) == (0, "refused")
            assert outcome.reason

        def test_it_closes_twice_without_a_word(self) -> None:
            async def close_twice(channel: Channel) -> None:
                await channel.close()
                await channel.close()

            asyncio.run(close_twice(make()))

    return Suite


def _carried(channel: Channel, message: Message, *, answer: bool) -> tuple[int, Outcome]:
    asked = 0

    async def about_to_send() -> bool:
        nonlocal asked
        asked += 1
        return answer

    async def carry() -> Outcome:
        try:
            return await channel.carry(message, about_to_send)
        finally:
            await channel.close()

    outcome = asyncio.run(carry())
    return asked, outcome


def _message(to: str) -> Message:
    return Message(
        action="7.1",
        kind="sms" if to.startswith("+") else "email",
        message_id="<7.1.suite@relance.example>",
        to=(Address("Pat Payer", "", phone=to) if to.startswith("+") else Address("Pat Payer", to),),
        sender=Address("Ann Collector", "ann@seller.example"),
        mail_from="bounce@seller.example",
        subject="Invoice 4711 : réglée ?",
        html="<p>Invoice 4711</p>",
        text="Invoice 4711\n",
        language="en",
    )

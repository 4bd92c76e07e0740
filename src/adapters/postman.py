"""Letters of the product, carried by the channel that carries reminders (A25)."""

import asyncio
from collections.abc import Callable

from relance.ports.channels import Channel, Message, Outcome, carrier
from relance.ports.plugins import Plugins


class ChannelPostman:
    """Opens a channel of its own for each letter: connections of the dispatcher belong to another loop."""

    def __init__(self, plugins: Callable[[], Plugins]) -> None:
        self._plugins = plugins

    def absent(self) -> str | None:
        """None, or the reason of the channel."""
        channel = self._channel()
        return channel.ready() if channel else "no-relay"

    def post(self, message: Message) -> Outcome:
        """Carry the letter."""
        channel = self._channel()
        if channel is None:
            return Outcome(kind="refused", reason="no-relay")
        return asyncio.run(_carried(channel, message))

    def _channel(self) -> Channel | None:
        return carrier(self._plugins().channels(), "email")


async def _carried(channel: Channel, message: Message) -> Outcome:
    try:
        return await channel.carry(message, _may_leave)
    finally:
        await channel.close()


async def _may_leave() -> bool:
    """Nothing is committed for a letter: it may be asked for again, and its link works once."""
    return True

"""The email channel: one relay or several, of which each message takes the first that fits it and answers."""

import ssl
from collections.abc import Awaitable, Callable
from typing import Any, ClassVar

import msgspec

from relance.plugins import Capabilities, Channel, Message, Outcome, hookimpl
from relance.plugins.channels.smtp import Relay, RelayClient

__all__ = ["EmailChannel", "Relay", "Relays", "provide_channels"]

api = 1


class Relays(Relay, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The relay of everybody, and besides it those that are there for some tenants or senders' domains."""

    relays: tuple[Relay, ...] = ()


settings_type = Relays


class EmailChannel:
    """Chooses a relay for each message: one that names its tenant or its sender's domain comes before the others."""

    name: ClassVar[str] = "email"
    label: ClassVar[str] = "Email"
    capabilities: ClassVar[Capabilities] = Capabilities(
        automatic=True, subject=True, html=True, attachments=True, concurrency=4
    )

    def __init__(self, settings: Relay, tls_context: ssl.SSLContext | None = None) -> None:
        known = (*(settings.relays if isinstance(settings, Relays) else ()), settings)
        self._relays = [(relay, RelayClient(relay, tls_context)) for relay in known if relay.host]
        if not self._relays:
            RelayClient(settings, tls_context)  # what cannot be is refused, also where it is not used

    def ready(self) -> str | None:
        """None, or `no-relay`."""
        return None if self._relays else "no-relay"

    async def carry(self, message: Message, about_to_send: Callable[[], Awaitable[bool]]) -> Outcome:
        """One transaction. Only where a relay could not be reached, and certainly took nothing, the next is asked."""
        asked = False

        async def once() -> bool:
            nonlocal asked
            asked = True
            return await about_to_send()

        outcome = Outcome(kind="retry-later", reason="no-relay")
        for client in self._fitting(message):
            outcome = await client.carry(message, once)
            if asked or outcome.kind != "retry-later" or outcome.reason != "connection":
                return outcome
        return outcome

    async def close(self) -> None:
        """Say goodbye on every idle connection."""
        for _, client in self._relays:
            await client.close()

    def _fitting(self, message: Message) -> list[RelayClient]:
        """Those that may carry it, the most particular first, else as they are listed."""
        fits = [(_particular(relay, message), client) for relay, client in self._relays]
        return [client for much, client in sorted(fits, key=lambda one: -one[0]) if much >= 0]


def _particular(relay: Relay, message: Message) -> int:
    """How many of the message's own traits a relay names; negative where it names others."""
    domain = message.sender.email.rpartition("@")[2].lower()
    said = ((relay.tenants, message.tenant), (relay.domains, domain))
    if any(named and value not in named for named, value in said):
        return -1
    return sum(bool(named) for named, _ in said)


@hookimpl
def provide_channels(settings: dict[str, Any]) -> list[Channel]:
    """The channel to the relays that `settings` name."""
    return [EmailChannel(msgspec.convert(settings, Relays))]

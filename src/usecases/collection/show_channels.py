"""Show how each channel does: whether it can carry, what waits for it, what it did last."""

from collections.abc import Callable, Sequence

import msgspec

from relance.core.collection.kinds import MESSAGES
from relance.core.collection.replies import replies_path
from relance.core.tenancy.users import Actor, require_right
from relance.ports.channels import Answered, Channel, carrier
from relance.ports.store.deliveries import ChannelTraffic
from relance.ports.work import Work

PAUSED = "channels-paused"


class ChannelHealth(msgspec.Struct, frozen=True, kw_only=True):
    """One channel of the tenant. `absent`: why nothing can leave by it; `carried_by`: the outbox folder takes its
    place where one is set.
    """

    channel: str
    carried_by: str
    absent: str
    paused: bool
    traffic: ChannelTraffic
    replies_at: str = ""
    """The address at which the other side is to bring what people answer."""


class ShowChannels:
    """The health of every channel."""

    def __init__(self, work: Work, channels: Callable[[], Sequence[Channel]], key: bytes = b"", site: str = "") -> None:
        self._work, self._channels, self._key, self._site = work, channels, key, site

    def __call__(self, actor: Actor) -> list[ChannelHealth]:
        """In the order of the kinds of messages; raises NotAllowed."""
        require_right(actor, "settings")
        channels = self._channels()
        with self._work.reading(actor.tenant) as unit:
            paused = unit.tenancy.settings().several(PAUSED)
            traffic, code = unit.deliveries.traffic(), unit.tenancy.tenant().code
        replies = self._site + replies_path(code, self._key) if self._site else ""
        return [_health(kind, channels, kind in paused, traffic.get(kind), replies) for kind in MESSAGES]


def _health(
    kind: str, channels: Sequence[Channel], paused: bool, traffic: ChannelTraffic | None, replies: str
) -> ChannelHealth:
    found = carrier(channels, kind)
    absent = MESSAGES[kind].silent if found is None else found.ready() or ""
    return ChannelHealth(
        channel=kind,
        carried_by=found.name if found else "",
        absent=absent,
        paused=paused,
        traffic=traffic or ChannelTraffic(),
        replies_at=replies if isinstance(found, Answered) and not absent else "",
    )

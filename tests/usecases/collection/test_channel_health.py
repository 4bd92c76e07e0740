"""Each channel says what waits for it and what it did last; a paused one keeps everything."""

import pytest
from sqlalchemy import Engine

from relance.core.kernel.identifiers import TenantId
from relance.ports.store.deliveries import ChannelTraffic
from relance.usecases.collection.dispatch import Dispatched
from relance.usecases.collection.show_channels import ChannelHealth, ShowChannels
from tests.usecases.collection.mailroom import LATER, REFUSED, UNKNOWN, Mailroom


@pytest.fixture
def room(engine: Engine, tenant: TenantId) -> Mailroom:
    return Mailroom(engine, tenant, count=5)


def health(room: Mailroom) -> dict[str, ChannelHealth]:
    return {one.channel: one for one in ShowChannels(room.work, lambda: [room.channel])(room.actor)}


def test_a_channel_tells_its_queue_its_last_success_and_its_last_failure(room: Mailroom) -> None:
    assert health(room)["email"].traffic == ChannelTraffic()
    room.confirm(1, 2, 3, 4)
    room.channel.early, room.channel.late = [LATER], [REFUSED, UNKNOWN]
    room.dispatch()
    traffic = health(room)["email"].traffic
    assert (traffic.waiting, traffic.troubled, traffic.leaving) == (1, 2, 0)
    assert traffic.sent_at == traffic.trouble_at == room.clock.moment
    assert traffic.trouble in {"relay-busy 451 later", "refused-by-relay 550 no", "no-clear-answer"}


def test_what_carries_nothing_says_why(room: Mailroom) -> None:
    found = health(room)
    assert (found["email"].absent, found["letter"].absent) == ("", "no-letter-channel")
    room.channel.reason = "no-relay"
    assert health(room)["email"].absent == "no-relay"


def test_a_paused_channel_keeps_what_is_confirmed(room: Mailroom) -> None:
    room.confirm(1, 2)
    room.setting("channels-paused", "email")
    assert room.dispatch() == Dispatched(waiting=2)
    assert health(room)["email"].paused
    room.setting("channels-paused", "")
    assert room.dispatch() == Dispatched(sent=2)


def test_a_channel_that_is_paused_while_messages_leave_lets_no_more_go(room: Mailroom) -> None:
    room.confirm(1)
    room.channel.before = lambda: (room.setting("channels-paused", "email"), setattr(room.clock, "ticks", 9))[0]
    room.dispatch()
    assert room.channel.carried == []
    assert room.state()[0] == "confirmed"

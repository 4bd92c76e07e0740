"""The list of messages tells the same on SQLite and PostgreSQL: what needs a person first, page by page, for ever."""

from datetime import timedelta

import msgspec
import pytest
from sqlalchemy import Engine

from relance.core.kernel.errors import NotFound
from relance.core.kernel.identifiers import ActionId, TenantId, UserId
from relance.core.tenancy.users import Actor
from relance.ports.store.deliveries import DeliveryLine, Place
from relance.usecases.collection.browse_deliveries import BrowseDeliveries, DeliveriesFound, DeliveriesWanted
from relance.usecases.collection.open_delivery import DeliveryWanted, OpenDelivery
from tests.delivery_ledger import TODAY
from tests.usecases.collection.mailroom import LATER, REFUSED, UNKNOWN, Mailroom


@pytest.fixture
def room(engine: Engine, tenant: TenantId) -> Mailroom:
    """Seven messages: one unknown, one refused, one to be tried again, one not confirmed, three sent."""
    room = Mailroom(engine, tenant, count=7)
    room.confirm(1, 2, 3, 4, 5, 6)
    room.channel.early = [LATER]
    room.channel.late = [REFUSED, UNKNOWN]
    room.dispatch()
    return room


def found(room: Mailroom, **asked: object) -> DeliveriesFound:
    actor = asked.pop("actor", room.actor)
    return BrowseDeliveries(room.work)(DeliveriesWanted(actor=actor, **asked))  # type: ignore[arg-type]  # as asked


def states(lines: list[DeliveryLine]) -> list[str]:
    return [line.state for line in lines]


def test_what_needs_a_person_comes_first_then_what_is_on_its_way_then_what_was_sent(room: Mailroom) -> None:
    shown = found(room)
    assert set(states(shown.lines[:2])) == {"unknown", "failed"}
    assert states(shown.lines[2:]) == ["confirmed", "sent", "sent", "sent"]
    assert shown.counts == {"unknown": 1, "failed": 1, "confirmed": 1, "sent": 3}
    said = {line.state: line.said for line in shown.lines}
    assert said["sent"] == "250 queued"
    assert said["failed"] == "refused-by-relay 550 no"
    assert said["confirmed"] == "relay-busy 451 later"
    assert all(line.to == (f"pay{line.customer}@customer{line.customer}.example",) for line in shown.lines)


def test_small_pages_one_after_the_other_are_the_whole_list(room: Mailroom) -> None:
    room.change_action(int(found(room, state="sent").lines[0].action), sent_at=room.clock.moment + timedelta(hours=1))
    whole = [line.action for line in found(room).lines]
    seen: list[ActionId] = []
    after: Place | None = None
    while not seen or after:
        page = found(room, limit=2, after=after)
        seen, after = seen + [line.action for line in page.lines], page.after
    assert seen == whole
    assert len(whole) == 6


def test_filters_narrow_the_list_and_its_counts(room: Mailroom) -> None:
    assert states(found(room, state="unknown").lines) == ["unknown"]
    assert found(room, channel="letter").counts == {}
    assert found(room, since=TODAY + timedelta(days=1)).lines == []
    assert len(found(room, state="sent", since=TODAY, until=TODAY).lines) == 3
    one = found(room).lines[0]
    assert [line.action for line in found(room, search=one.customer_name.upper()).lines] == [one.action]


def test_every_attempt_and_every_sending_is_kept(room: Mailroom) -> None:
    action = found(room, state="unknown").lines[0].action
    room.resolve("resend", int(action))
    room.dispatch()
    file = OpenDelivery(room.work)(DeliveryWanted(actor=room.actor, action=action))
    assert [(one.generation, one.outcome) for one in file.attempts] == [(2, "accepted"), (1, "unknown")]
    assert [(one.frozen.generation, one.raw) for one in file.messages] == [(2, "raw"), (1, None)]
    first, second = (one.frozen.message for one in file.messages)
    assert first.message_id != second.message_id
    assert (first.subject, first.html) == (second.subject, second.html)
    assert [one.kind for one in file.remarks] == ["message-sent", "message-resend", "message-unknown"]


def test_what_a_person_said_is_the_evidence(room: Mailroom) -> None:
    action = found(room, state="unknown").lines[0].action
    room.resolve("sent", int(action))
    [line] = [line for line in found(room).lines if line.action == action]
    assert (line.state, line.evidence) == ("sent", "system: asked the relay")


def test_who_sees_their_own_customers_sees_their_messages(room: Mailroom) -> None:
    stranger = Actor(tenant=room.tenant, user=UserId(9), name="Zed", role="collector", own_only=True)
    assert found(room, actor=stranger) == DeliveriesFound(lines=[], after=None, counts={})
    with pytest.raises(NotFound):
        OpenDelivery(room.work)(DeliveryWanted(actor=stranger, action=ActionId(1)))
    ann = msgspec.structs.replace(stranger, user=UserId(1))
    assert len(found(room, actor=ann).lines) == 6

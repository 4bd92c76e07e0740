"""Manners of automatic messages: how many, when, never on old news, never against a credit (issue 5, item 6)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine

from relance.adapters.store.tables.collection import actions
from relance.adapters.store.tables.customers import customers
from relance.adapters.store.tables.intake import sources
from relance.core.kernel.identifiers import TenantId
from relance.usecases.collection.dispatch import Dispatched
from tests.delivery_ledger import NOW, TODAY, decide
from tests.usecases.collection.ledgers import item, put_items
from tests.usecases.collection.mailroom import Mailroom


@pytest.fixture
def room(engine: Engine, tenant: TenantId) -> Mailroom:
    """One account whose fully automatic first message is due."""
    room = Mailroom(engine, tenant, automation="automatic")
    room.change(actions, actions.c.action_id == 1, state="planned", reason="")
    return room


def older_messages(room: Mailroom, count: int, days_ago: int, scenario: str = "other", channel: str = "letter") -> None:
    """What left before, of another scenario and channel, and by a person's hand."""
    [row] = room.rows("actions")
    with room.engine.begin() as connection:
        for n in range(count):
            sent = {"sent_at": NOW - timedelta(days=days_ago + n), "state": "sent", "automatic": False}
            other = {"action_id": 100 + n, "scenario": scenario, "step": f"s{n}", "channel": channel}
            connection.execute(actions.insert(), dict(row._mapping) | sent | other)


@pytest.mark.parametrize(("count", "ago", "leaves"), [(1, 6, True), (2, 6, False), (2, 30, True)])
def test_an_account_has_so_many_messages_in_thirty_days_whatever_the_scenario_or_channel(
    room: Mailroom, count: int, ago: int, leaves: bool
) -> None:
    room.setting("contact-budget", "2")
    older_messages(room, count, ago)
    assert room.dispatch() == (Dispatched(sent=1) if leaves else Dispatched(held=1))
    if not leaves:
        assert room.state() == ("held", "capped")
        room.change(sources, sources.c.source_id == 1, last_good_at=NOW + timedelta(days=22))
        room.setting("late-step-days", "0")
        room.clock.moment += timedelta(days=22)
        assert room.dispatch() == Dispatched()
        room.clock.moment += timedelta(days=1)
        assert room.dispatch() == Dispatched(sent=1), "the oldest is thirty days old"


def test_what_a_person_sends_again_counts_and_is_never_stopped(room: Mailroom) -> None:
    room.setting("contact-budget", "1")
    older_messages(room, 1, 6)
    room.change_action(1, state="failed", reason="render")
    room.resolve("resend")
    assert room.dispatch() == Dispatched(sent=1)


@pytest.mark.parametrize(
    ("windows", "moment", "leaves"),
    [
        ("mon-fri 08:30-17:30", datetime(2026, 3, 3, 16, 29, tzinfo=UTC), True),
        ("mon-fri 08:30-17:30", datetime(2026, 3, 3, 16, 30, tzinfo=UTC), False),
        ("tue 14:00-15:00, thu 09:00-10:00", datetime(2026, 3, 3, 13, 0, tzinfo=UTC), True),
        ("tue 14:00-15:00, thu 09:00-10:00", datetime(2026, 3, 4, 13, 0, tzinfo=UTC), False),
        ("mon-sun 00:00-24:00", datetime(2026, 5, 1, 9, 0, tzinfo=UTC), False),
    ],
)
def test_s1_19_d13_days_and_hours_of_the_tenant_and_its_holidays(
    room: Mailroom, windows: str, moment: datetime, leaves: bool
) -> None:
    """Nothing automatic leaves outside them; the first of May is quiet in France."""
    room.setting("windows", windows)
    room.setting("late-step-days", "0")
    room.change(sources, sources.c.source_id == 1, last_good_at=moment)
    room.clock.moment = moment
    assert room.dispatch().sent == leaves


@pytest.mark.parametrize(
    ("windows", "leaves"),
    [
        ({"windows-email": "sat 08:00-09:00"}, False),
        ({"windows-sms": "sat 08:00-09:00", "windows-letter": "sat 08:00-09:00"}, True),
        ({"windows": "sat 08:00-09:00", "windows-email": "mon-sun 00:00-24:00"}, True),
        ({"windows": "sat 08:00-09:00", "windows-email": ""}, False),
    ],
)
def test_s1_19_a_kind_of_message_may_have_hours_of_its_own(
    room: Mailroom, windows: dict[str, str], leaves: bool
) -> None:
    """Without any it keeps those of the tenant."""
    for name, value in windows.items():
        room.setting(name, value)
    assert room.dispatch().sent == leaves


def test_i17_on_stale_data_a_person_may_still_write_again(room: Mailroom) -> None:
    room.change(sources, sources.c.source_id == 1, last_good_at=NOW - timedelta(days=8))
    assert room.dispatch() == Dispatched(held=1)
    assert room.state() == ("held", "stale-data")
    room.change_action(1, state="failed", reason="render", held_from=None)
    room.resolve("resend")
    assert room.dispatch() == Dispatched(sent=1)


@pytest.mark.parametrize(("credit", "sent"), [(50_000, 1), (100_001, 0), (200_000, 0)])
def test_a10_d4_open_credits_are_netted_and_a_net_credit_is_never_dunned(
    engine: Engine, room: Mailroom, tenant: TenantId, credit: int, sent: int
) -> None:
    put_items(engine, tenant, [item(9, type="credit-note", open_amount=-credit, due_on=date(2026, 2, 1))])
    decide(room.work, tenant, room.clock)
    assert room.dispatch().sent == sent
    if sent:
        [message] = room.channel.carried
        assert "500,01" in message.subject and "F009" in message.text
    else:
        assert room.state() == ("cancelled", "in-credit")


def test_a_pause_of_the_account_ends_by_itself_after_its_last_day(room: Mailroom) -> None:
    room.change(customers, customers.c.customer_id == 1, paused_until=TODAY + timedelta(days=1))
    decide(room.work, room.tenant, room.clock)
    assert room.state() == ("cancelled", "paused")
    room.clock.moment += timedelta(days=2)
    decide(room.work, room.tenant, room.clock)
    assert len(room.rows("actions")) == 2

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest

from relance.core.collection.actions import Action
from relance.core.collection.listing import Listing
from relance.core.collection.rules import Rules
from relance.core.collection.sending import (
    Basis,
    Dossier,
    Feed,
    Freshness,
    asks_first,
    is_stale,
    next_try,
    outdated,
    second_look,
)
from relance.core.kernel.identifiers import ActionId, CustomerId, ItemId
from relance.core.ledger.items import Item
from tests.core.collection.accounts import TODAY, late, on

NOW = datetime(2026, 3, 3, 9, tzinfo=UTC)
LIMITS = Freshness(scheduled_working_days=2, manual_days=7, zone=ZoneInfo("Europe/Paris"), is_holiday=lambda day: False)


@pytest.mark.parametrize(
    ("feed", "stale"),
    [
        (Feed(False, NOW - timedelta(days=7)), False),
        (Feed(False, NOW - timedelta(days=8)), True),
        (Feed(True, datetime(2026, 2, 27, 9, tzinfo=UTC)), False),
        (Feed(True, datetime(2026, 2, 26, 9, tzinfo=UTC)), True),
        (Feed(False, None), True),
        (Feed(False, NOW - timedelta(days=8), 30), False),
        (Feed(True, datetime(2026, 2, 27, 9, tzinfo=UTC), 1), True),
    ],
)
def test_a_source_goes_stale_after_its_days(feed: Feed, stale: bool) -> None:
    """A28: working days for a scheduled source, days for one fed by hand."""
    assert is_stale((feed,), date(2026, 3, 3), LIMITS) is stale


def test_one_stale_source_is_enough() -> None:
    assert is_stale((Feed(False, NOW), Feed(False, None)), date(2026, 3, 3), LIMITS)


def test_tries_grow_apart_and_end_within_a_day() -> None:
    waits, moment = [], NOW
    for attempts in range(1, 10):
        again = next_try(attempts, moment)
        if again is None:
            break
        waits.append((again - moment) // timedelta(minutes=1))
        moment = again
    assert waits[:4] == [1, 5, 15, 60]
    assert moment - NOW <= timedelta(days=1)
    assert next_try(len(waits) + 1, moment) is None


CONFIRMED = Action(
    action=ActionId(7),
    customer=CustomerId(1),
    scenario="standard",
    step="first",
    step_number=2,
    steps=5,
    kind="email",
    template="first-reminder",
    channel="email",
    state="confirmed",
    due_on=TODAY,
    leader=ItemId(1),
    items=(ItemId(1),),
    amount=10_000,
    currency="EUR",
    amounts={"EUR": 10_000},
    automation="automatic",
    confirmed_at=NOW,
)


def looked(*items: Item, confirmed: tuple[int, ...] = (1,)) -> tuple[str, str]:
    """The second look at a message that a person confirmed when only these items were listed."""
    then = tuple((item.item, item.open_amount) for item in items if item.item in confirmed)
    now = tuple((item.item, item.open_amount) for item in items)
    before, after = (Basis(items=said, to=frozenset({"a@b.example"}), sender="c@d.example") for said in (then, now))
    verdict = second_look(CONFIRMED, before, after, Listing(items=items, amounts={"EUR": 1}))
    return verdict.deed, verdict.reason


def test_a9_a_credit_that_came_in_since_the_confirmation_asks_again() -> None:
    paid = late(9, 1, type="payment", open_amount=-6_000)
    assert looked(late(1, 30), paid) == ("to-confirm", "changed-since-confirmed")
    assert looked(late(1, 30), paid, confirmed=(1, 9)) == ("go", "")


def test_a9_what_fell_due_since_waits_for_the_next_message() -> None:
    """So does a credit of a currency that the confirmed message does not ask for."""
    assert looked(late(1, 30), late(2, 1)) == ("go", "")
    dollars = (late(2, 1, currency="USD"), late(9, 1, type="payment", currency="USD", open_amount=-6_000))
    assert looked(late(1, 30), *dollars) == ("go", "")


def test_an_action_of_another_scenario_or_of_a_step_that_is_done_is_outdated() -> None:
    """B4, D7."""
    known = Dossier(customer=CustomerId(1), code="C1", name="One", items=(late(1, 30, step_done=1),))
    moved = msgspec.structs.replace(known, scenario="gentle")
    done = msgspec.structs.replace(known, items=(late(1, 30, step_done=2), late(2, 60, step_done=5)))
    assert outdated(CONFIRMED, known, "standard") == ""
    assert outdated(CONFIRMED, moved, "standard") == "scenario-changed"
    assert outdated(CONFIRMED, known, "gentle") == "scenario-changed"
    assert outdated(CONFIRMED, done, "standard") == "step-done"
    assert outdated(msgspec.structs.replace(CONFIRMED, automatic=False), moved, "standard") == ""
    assert outdated(msgspec.structs.replace(CONFIRMED, state="sent"), done, "standard") == ""


def test_d8_only_what_nobody_read_is_late() -> None:
    unread = msgspec.structs.replace(CONFIRMED, confirmed_at=None, due_on=TODAY - timedelta(days=16))
    assert asks_first(unread, on()) == "late-step"
    assert not asks_first(msgspec.structs.replace(unread, due_on=TODAY - timedelta(days=15)), on())
    assert not asks_first(msgspec.structs.replace(unread, confirmed_at=NOW), on())
    assert not asks_first(msgspec.structs.replace(unread, automation="to-confirm"), on())
    assert not asks_first(unread, on(Rules(late_step_days=0)))


def test_i16_what_fell_due_before_its_database_came_back_asks_first() -> None:
    due = msgspec.structs.replace(CONFIRMED, confirmed_at=None, due_on=TODAY - timedelta(days=1))
    assert asks_first(due, on(Rules(ask_until=TODAY))) == "restored"
    assert not asks_first(due, on(Rules(ask_until=TODAY - timedelta(days=2))))

"""What a message lists, and when it cannot go any more (D10, D12, A9)."""

import msgspec

from relance.core.collection.accounts import Account, reduce_account
from relance.core.collection.actions import Action
from relance.core.collection.cycles import steps_after
from relance.core.collection.decide import redecide
from relance.core.collection.decisions import Decision
from relance.core.collection.listing import Listing, listing
from relance.core.collection.rules import Rules
from relance.core.kernel.identifiers import ActionId, CustomerId, ItemId
from relance.core.ledger.items import Item
from tests.core.collection.accounts import LATE_ONLY, STANDARD, TODAY, late, on


def listed(*items: Item, step: int = 2, leader: int = 1, rules: Rules | None = None) -> Listing:
    return listing(items, STANDARD, step, ItemId(leader), on(rules))


def test_d12_a_reminder_lists_all_collectables_then_credits_oldest_first() -> None:
    shown = listed(
        late(1, 30),
        late(2, 40, step_done=5),
        late(3, -3),
        late(4, 10, hold="dispute"),
        late(5, 2, type="payment", open_amount=-500),
        late(6, 9, type="credit-note", open_amount=-700),
        late(7, 1, type="miscellaneous", open_amount=300),
    )
    assert shown.item_ids == (2, 1, 7, 6, 5)
    assert shown.amounts == {"EUR": 19_100}


def test_d12_each_currency_has_its_own_total() -> None:
    shown = listed(
        late(1, 30), late(2, 10, currency="USD"), late(3, 10, type="payment", open_amount=-1, currency="CHF")
    )
    assert shown.amounts == {"EUR": 10_000, "USD": 10_000}
    assert shown.item_ids == (1, 2)


def test_d12_a_courtesy_note_lists_what_falls_due_within_its_days() -> None:
    shown = listed(late(1, -4), late(2, -10), late(3, -11), late(4, 0), step=1)
    assert shown.item_ids == (4, 1, 2)


def test_d12_a_limited_step_lists_what_the_earlier_step_listed() -> None:
    items = [late(1, 60, step_done=4), late(2, 50), late(3, 45, step_done=3, step_elsewhere=3), late(4, 44)]
    shown = listing(items, STANDARD, 5, ItemId(1), on(), frozenset({ItemId(2)}))
    assert shown.item_ids == (1, 2, 3)
    assert [item.item for item in shown.also_due] == [4]


def test_d12_a_mention_does_not_put_an_item_on_a_limited_step() -> None:
    """The call mentions an item that the second reminder never listed: its step moves, the notice leaves it out."""
    items = [late(1, 60, step_done=4), late(2, 50, step_done=3)]
    shown = listing(items, STANDARD, 5, ItemId(1), on(), frozenset({ItemId(1)}))
    assert shown.item_ids == (1,)
    assert [item.item for item in shown.also_due] == [2]


def test_d12_a_scenario_by_invoice_lists_the_one() -> None:
    one = msgspec.structs.replace(STANDARD, per_invoice=True)
    assert listing([late(1, 30), late(2, 20)], one, 2, ItemId(1), on()).item_ids == (1,)


def test_d10_why_a_message_cannot_go_any_more() -> None:
    assert listed(late(2, 3)).reason == "leader-gone"
    assert listed(late(1, 30, hold="promise"), late(2, 3)).reason == "leader-gone"
    assert listed().reason == "settled"
    assert listed(late(3, 3, type="payment", open_amount=-1)).reason == "settled"
    assert listed(late(1, 30), late(3, 3, type="payment", open_amount=-10_000)).reason == "in-credit"
    assert listed(late(1, 30), rules=Rules(minimum={"EUR": 10_001})).reason == "below-minimum"
    covered = [late(1, 30, open_amount=100), late(2, 3), late(3, 3, type="payment", open_amount=-100)]
    assert listed(*covered).reason == "leader-gone"
    assert listed(late(1, 1), step=1).reason == "leader-gone"


def test_d7_a_step_counts_for_the_leader_and_is_a_mention_for_the_others() -> None:
    """Others move to the furthest step that they had themselves reached, never beyond this one, never back."""
    items = [late(1, 16), late(2, 7), late(3, 1), late(4, 90), late(5, 90, step_done=4)]
    assert steps_after(items, ItemId(1), STANDARD, 3, TODAY) == {1: 3, 2: 2, 4: 3}


def test_d7_a_step_before_the_due_date_is_not_reached_by_an_item_listed_late() -> None:
    """It has lapsed: a first reminder that follows has no distance to keep from it."""
    assert steps_after([late(1, 30), late(2, 3), late(3, 0)], ItemId(1), STANDARD, 2, TODAY) == {1: 2, 3: 1}


def _again(*items: Item, **changed: object) -> Decision:
    action = Action(
        action=ActionId(7),
        customer=CustomerId(1),
        scenario="standard",
        step="first",
        step_number=2,
        steps=5,
        kind="email",
        template="first-reminder",
        channel="email",
        state="to-confirm",
        due_on=TODAY,
        leader=ItemId(1),
        items=(ItemId(1),),
        amount=10_000,
        currency="EUR",
        amounts={"EUR": 10_000},
    )
    action = msgspec.structs.replace(action, **changed)
    shown = listing(items, STANDARD, 2, action.leader, on())
    account = Account(customer=CustomerId(1), code="C1", scenario="standard")
    return redecide(account, reduce_account(items, STANDARD, on()), STANDARD, on(), action, shown)


def test_d10_an_open_action_stays_and_new_items_join_it() -> None:
    again = _again(late(1, 30), late(2, 3))
    assert (again.skip, again.cancel, again.plan) == ("action-open", "", None)
    assert again.listing is not None
    assert again.listing.item_ids == (1, 2)


def test_d10_a_leader_that_is_gone_is_decided_again_in_the_same_run() -> None:
    again = _again(late(2, 10))
    assert again.cancel == "leader-gone"
    assert again.plan is not None
    assert again.plan.leader.item == 2


def test_d10_nothing_left_is_settled() -> None:
    """S1.16: cancelled, not skipped in silence."""
    again = _again()
    assert (again.cancel, again.skip) == ("settled", "nothing-open")


def test_b4_an_action_of_another_scenario_is_replaced() -> None:
    again = _again(late(1, 30), scenario=LATE_ONLY.code)
    assert again.cancel == "scenario-changed"
    assert again.plan is not None


def test_a31_an_action_whose_step_was_done_elsewhere_is_replaced() -> None:
    assert _again(late(1, 30, step_done=2)).cancel == "step-done"

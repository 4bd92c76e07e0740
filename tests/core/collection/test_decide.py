"""One outcome for each account, with its reason (section 8 of the behaviours)."""

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from relance.core.collection.actions import SKIP_REASONS
from relance.core.collection.rules import Rules
from relance.core.ledger.items import Item
from tests.core.collection.accounts import (
    CALL,
    FIRST,
    LATE_ONLY,
    NONE,
    SECOND,
    STANDARD,
    TODAY,
    decided,
    late,
)

YESTERDAY = TODAY - timedelta(days=1)
AUTOMATIC = msgspec.structs.replace(
    LATE_ONLY, steps=(msgspec.structs.replace(FIRST, automation="automatic"), SECOND, CALL)
)


@pytest.mark.parametrize(
    ("reason", "items", "known"),
    [
        ("nothing-open", [], {}),
        ("blocked", [late(1, 10)], {"collection_stop": True}),
        ("paused", [late(1, 10)], {"paused_until": TODAY}),
        ("no-scenario", [late(1, 10)], {"scenario": None}),
        ("scenario-without-action", [late(1, 10)], {"scenario": NONE}),
        ("all-held", [late(1, 10, hold="dispute"), late(2, -20)], {}),
        ("in-credit", [late(1, 10), late(2, 3, type="payment", open_amount=-10_000)], {}),
        ("below-minimum", [late(1, 10, open_amount=900)], {"rules": Rules(minimum={"EUR": 1_000})}),
        ("scenario-ended", [late(1, 90, step_done=5)], {}),
        ("nothing-to-collect", [late(1, 10, type="miscellaneous")], {}),
        ("blocked-by-unknown", [late(1, 10)], {"blocked": True}),
        ("not-due", [late(1, 3)], {}),
        ("waiting-for-step", [late(1, 10, step_done=2, step_on=YESTERDAY)], {}),
        ("contacted-recently", [late(1, 10)], {"last_contact_on": YESTERDAY}),
    ],
)
def test_d14_every_account_has_one_outcome_with_its_reason(reason: str, items: list[Item], known: Any) -> None:
    assert decided(*items, **known).skip == reason
    assert reason in SKIP_REASONS


def test_d14_the_first_reason_in_order_is_given() -> None:
    """Disputed, in credit and stopped at once: the stop is told."""
    items = [late(1, 10, hold="dispute"), late(2, 3, type="payment", open_amount=-20_000)]
    assert decided(*items, collection_stop=True, paused_until=TODAY).skip == "blocked"
    assert decided(*items, paused_until=TODAY).skip == "paused"
    assert decided(*items).skip == "all-held"


@pytest.mark.parametrize(("days", "outcome"), [(0, ""), (1, ""), (4, ""), (5, "first"), (400, "first")])
def test_d1_a_step_falls_on_due_date_plus_its_day_however_old(days: int, outcome: str) -> None:
    """S3.17: a very old item gets its step with the step's own old date."""
    plan = decided(late(1, days), scenario=LATE_ONLY).plan
    assert (plan.step.code if plan else "") == outcome
    if plan:
        assert plan.due_on == TODAY - timedelta(days=days - 5)


@pytest.mark.parametrize(
    ("held", "skip"),
    [
        ({"hold": "promise", "hold_until": date(2026, 1, 1)}, "all-held"),
        ({"hold": "dispute"}, "all-held"),
        ({"hold": "pause", "hold_until": TODAY}, "all-held"),
        ({"hold": "pause", "hold_until": YESTERDAY}, ""),
        ({"payment_method": "direct-debit"}, "all-held"),
        ({"payment_method": "draft"}, "all-held"),
        ({"payment_method": "transfer"}, ""),
        ({"type": "draft"}, "nothing-to-collect"),
        ({"type": "down-payment-request"}, "nothing-to-collect"),
    ],
)
def test_d2_d3_what_holds_an_item(held: dict[str, Any], skip: str) -> None:
    """A promise holds until it is judged, a pause up to its last day, our own debit for five working days."""
    assert decided(late(1, 7, **held), scenario=LATE_ONLY).skip == skip


def test_d2_our_own_debit_is_held_for_five_working_days_only() -> None:
    assert decided(late(1, 8, payment_method="direct-debit"), scenario=LATE_ONLY).plan is not None


def test_d4_a_credit_that_refers_to_a_held_item_is_held_with_it() -> None:
    held = late(1, 30, number="F1", hold="dispute")
    credit = late(2, 5, type="credit-note", open_amount=-9_000, reference="F1")
    plan = decided(held, credit, late(3, 10)).plan
    assert plan is not None
    assert plan.nets == {"EUR": 10_000}
    free = decided(held, msgspec.structs.replace(credit, reference=""), late(3, 10)).plan
    assert free is not None
    assert free.nets == {"EUR": 1_000}


def test_d4_a_currency_in_credit_is_left_out_and_the_other_goes_on() -> None:
    euro = [late(1, 30), late(2, 3, type="payment", open_amount=-10_000)]
    dollar = late(3, 10, currency="USD", open_amount=4_000)
    plan = decided(*euro, dollar).plan
    assert plan is not None
    assert (plan.leader.item, plan.nets) == (3, {"USD": 4_000})


def test_d4_a_whole_balance_in_credit_is_never_dunned() -> None:
    """A10: nothing overdue is covered, but the account as a whole owes nothing."""
    assert decided(late(1, -20), late(2, 3, type="payment", open_amount=-10_000)).skip == "in-credit"


def test_d5_the_minimum_is_a_table_by_currency() -> None:
    rules = Rules(minimum={"EUR": 20_000})
    assert decided(late(1, 10), rules=rules).skip == "below-minimum"
    assert decided(late(1, 10, currency="USD"), rules=rules).plan is not None


def test_b3_items_under_the_ignore_threshold_vanish() -> None:
    rules = Rules(ignore={"EUR": 500})
    plan = decided(late(1, 30, open_amount=499), late(2, 10, open_amount=500), rules=rules).plan
    assert plan is not None
    assert (plan.leader.item, plan.nets) == (2, {"EUR": 500})


@pytest.mark.parametrize(("credit", "leader"), [(0, 1), (9_999, 1), (10_000, 2), (19_999, 2), (20_000, 3)], ids=str)
def test_d6_the_leader_is_the_oldest_invoice_not_wholly_covered(credit: int, leader: int) -> None:
    """B1: credits are taken off the oldest first."""
    items = [late(1, 30), late(2, 20), late(3, 10)]
    if credit:
        items.append(late(9, 2, type="credit-note", open_amount=-credit))
    plan = decided(*items).plan
    assert plan is not None
    assert plan.leader.item == leader


def test_d6_ties_go_by_issue_date_then_number() -> None:
    first = late(3, 10, number="A")
    later_issued = msgspec.structs.replace(late(1, 10, number="0"), issued_on=first.issued_on + timedelta(days=1))
    plan = decided(later_issued, late(2, 10, number="B"), first).plan
    assert plan is not None
    assert plan.leader.item == 3


def test_d6_miscellaneous_debits_are_listed_and_never_lead() -> None:
    plan = decided(late(1, 30, type="miscellaneous"), late(2, 10)).plan
    assert plan is not None
    assert (plan.leader.item, plan.nets) == (2, {"EUR": 20_000})


def test_d6_before_the_due_date_the_earliest_coming_invoice_leads() -> None:
    plan = decided(late(1, -4), late(2, -2, hold="dispute"), late(3, -20)).plan
    assert plan is not None
    assert (plan.leader.item, plan.step.code, plan.due_on) == (1, "note", TODAY - timedelta(days=1))
    assert decided(late(1, -4), scenario=LATE_ONLY).skip == "nothing-to-collect"


def test_d6_nothing_leads_before_the_due_date_where_something_overdue_leads() -> None:
    assert decided(late(1, -4), late(2, 2)).skip == "not-due"


def test_d6_the_minimum_is_asked_of_what_the_note_would_list() -> None:
    rules = Rules(minimum={"EUR": 15_000})
    assert decided(late(1, -4), rules=rules).skip == "below-minimum"
    assert decided(late(1, -4), late(2, -9), rules=rules).plan is not None
    credit = late(3, 1, type="payment", open_amount=-6_000)
    assert decided(late(1, -4), late(2, -9), credit, rules=rules).skip == "below-minimum"


def test_d7_steps_before_the_due_date_lapse_once_it_has_passed() -> None:
    assert decided(late(1, 0)).plan is not None
    assert decided(late(1, 1)).skip == "not-due"


def test_d7_after_the_last_step_the_next_invoice_leads() -> None:
    plan = decided(late(1, 90, step_done=5, step_on=YESTERDAY), late(2, 10)).plan
    assert plan is not None
    assert (plan.leader.item, plan.step.code, plan.nets) == (2, "first", {"EUR": 20_000})


def test_d7_jumping_to_the_step_of_the_lateness_is_a_choice_of_the_scenario() -> None:
    """Nobody's first letter is a formal notice, unless the scenario says so."""
    plan = decided(late(1, 60)).plan
    jumped = decided(late(1, 60), scenario=msgspec.structs.replace(STANDARD, jump=True)).plan
    assert plan is not None and jumped is not None
    assert (plan.step.code, jumped.step.code) == ("first", "notice")


def test_a31_a_step_done_elsewhere_is_not_repeated() -> None:
    plan = decided(late(1, 60, step_done=3, step_on=TODAY - timedelta(days=20))).plan
    assert plan is not None
    assert plan.step.code == "call"


@pytest.mark.parametrize(("ago", "skip"), [(9, "waiting-for-step"), (10, "")])
def test_d8_the_next_step_waits_its_distance_from_the_real_sending(ago: int, skip: str) -> None:
    """First and second reminder are ten days apart, however late the first one left."""
    decision = decided(late(1, 60, step_done=2, step_on=TODAY - timedelta(days=ago)))
    assert decision.skip == skip
    if skip:
        assert decision.until == TODAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("days", "known", "state", "reason"),
    [
        (10, {}, "confirmed", ""),
        (20, {}, "confirmed", ""),
        (21, {}, "to-confirm", "late-step"),
        (21, {"rules": Rules(late_step_days=0)}, "confirmed", ""),
        (10, {"first_day": True}, "to-confirm", "first-day"),
        (10, {"first_day": True, "rules": Rules(first_day_confirm=False)}, "confirmed", ""),
    ],
)
def test_d8_a29_fully_automatic_steps_ask_when_late_or_on_a_first_day(
    days: int, known: dict[str, Any], state: str, reason: str
) -> None:
    plan = decided(late(1, days), scenario=AUTOMATIC, **known).plan
    assert plan is not None
    assert (plan.state, plan.reason) == (state, reason)


@pytest.mark.parametrize(("ago", "skip"), [(4, "contacted-recently"), (5, "")])
def test_d9_a_message_leaves_the_minimum_delay_after_the_last_contact(ago: int, skip: str) -> None:
    decision = decided(late(1, 10), last_contact_on=TODAY - timedelta(days=ago))
    assert decision.skip == skip
    if skip:
        assert decision.until == TODAY + timedelta(days=1)


def test_d9_calls_and_tasks_are_only_warned() -> None:
    plan = decided(late(1, 60, step_done=3, step_on=TODAY - timedelta(days=20)), last_contact_on=YESTERDAY).plan
    assert plan is not None
    assert (plan.step.code, plan.state, plan.warnings) == ("call", "planned", ("contacted-recently",))


def test_d9_notes_before_the_due_date_may_be_exempt() -> None:
    assert decided(late(1, -4), last_contact_on=YESTERDAY).skip == "contacted-recently"
    assert decided(late(1, -4), last_contact_on=YESTERDAY, rules=Rules(pre_due_exempt=True)).plan is not None


def test_d11_messages_start_to_confirm_and_calls_and_tasks_planned() -> None:
    message = decided(late(1, 10)).plan
    task = decided(late(1, 60, step_done=4, step_on=TODAY - timedelta(days=30))).plan
    assert message is not None and task is not None
    assert (message.state, task.step.code, task.state) == ("to-confirm", "notice", "planned")


def test_d14_an_action_comes_with_its_warnings() -> None:
    """S1.9, S1.18: planned all the same, held at sending until someone mends it."""
    plan = decided(late(1, 10), has_collection_contact=False, has_collector=False).plan
    assert plan is not None
    assert plan.warnings == ("no-collection-contact", "no-collector")

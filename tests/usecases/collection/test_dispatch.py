from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine

from relance.adapters.store.tables.collection import actions
from relance.adapters.store.tables.customers import contacts, customers
from relance.adapters.store.tables.intake import sources
from relance.adapters.store.tables.tenancy import users
from relance.adapters.store.workers import workers_for
from relance.core.kernel.identifiers import TenantId
from relance.ports.channels import Message, Outcome
from relance.ports.workers import WorkerThere
from relance.usecases.collection.dispatch import Dispatched
from tests.delivery_ledger import NOW, TODAY
from tests.usecases.collection.ledgers import item, put_items
from tests.usecases.collection.mailroom import LATER, REFUSED, UNKNOWN, Mailroom


@pytest.fixture
def room(engine: Engine, tenant: TenantId) -> Mailroom:
    return Mailroom(engine, tenant)


def test_a_confirmed_message_leaves_once(room: Mailroom) -> None:
    room.confirm()
    assert room.dispatch() == Dispatched(sent=1)
    assert room.dispatch() == Dispatched()
    [message] = room.channel.carried
    assert (message.to[0].email, message.sender.email) == ("pay1@customer1.example", "ann@acme.example")
    assert message.mail_from == "ann@acme.example"
    assert "1\u202f000,01\u00a0€" in message.subject
    assert room.state() == ("sent", "")


def test_a_sent_message_leaves_its_traces(room: Mailroom) -> None:
    room.confirm()
    room.dispatch()
    [message], [listed], [item] = room.rows("messages"), room.rows("listed_items"), room.rows("items")
    assert (message.sent_raw, message.relay_reply) == ("raw", "250 queued")
    assert (listed.item_id, listed.open_amount, listed.step_number) == (1, 100_001, 2)
    assert (item.step_done, item.step_on) == (2, TODAY)
    assert room.attempts() == [(1, "accepted")]
    with room.work.reading(room.tenant) as unit:
        assert unit.audit.verify().ok
        assert unit.collection.account(1).last_contact_on == TODAY
        assert [entry.kind for entry in unit.customer_file.timeline(1, 9)] == ["message-sent"]


def test_what_nobody_confirmed_stays(room: Mailroom) -> None:
    assert room.dispatch() == Dispatched()
    assert room.state()[0] == "to-confirm"


def test_a_fully_automatic_message_is_composed_when_it_leaves(engine: Engine, tenant: TenantId) -> None:
    room = Mailroom(engine, tenant, automation="automatic")
    room.change(actions, actions.c.action_id == 1, state="planned", reason="")
    room.change_item(1, open_amount=70_000)
    assert room.dispatch() == Dispatched(sent=1)
    assert "700,00" in room.channel.carried[0].subject
    assert room.state() == ("sent", "")


def test_a_very_late_automatic_step_asks_first(engine: Engine, tenant: TenantId) -> None:
    room = Mailroom(engine, tenant, automation="automatic")
    room.change(actions, actions.c.action_id == 1, state="planned", reason="", due_on=TODAY - timedelta(days=16))
    room.dispatch()
    assert room.state() == ("to-confirm", "late-step")


@pytest.mark.parametrize(
    ("change", "state"),
    [
        ({"open_amount": 0, "settled_on": TODAY}, ("cancelled", "settled")),
        ({"open_amount": 50}, ("to-confirm", "changed-since-confirmed")),
        ({"hold": "dispute"}, ("to-confirm", "changed-since-confirmed")),
        ({"hold": "promise", "hold_until": TODAY + timedelta(days=9)}, ("to-confirm", "changed-since-confirmed")),
        ({"hold": "pause", "hold_until": TODAY}, ("to-confirm", "changed-since-confirmed")),
    ],
)
def test_what_changed_since_the_confirmation_does_not_leave(
    room: Mailroom, change: dict[str, object], state: tuple[str, str]
) -> None:
    """A9, S1.16."""
    room.confirm()
    room.change_item(1, **change)
    room.dispatch()
    assert room.state() == state
    assert room.channel.carried == []


def test_what_changes_between_claim_and_departure_does_not_leave(room: Mailroom) -> None:
    """I-6: the check is in the very transaction that says `sending`."""
    room.confirm()
    room.channel.before = lambda: room.change_item(1, open_amount=0, settled_on=TODAY)
    assert room.dispatch() == Dispatched(cancelled=1)
    assert (room.state(), room.channel.carried) == (("cancelled", "settled"), [])


def test_an_automatic_message_that_went_stale_is_composed_anew(engine: Engine, tenant: TenantId) -> None:
    room = Mailroom(engine, tenant, automation="automatic")
    room.change(actions, actions.c.action_id == 1, state="planned", reason="")
    room.channel.before = lambda: room.change_item(1, open_amount=70_000)
    assert room.dispatch() == Dispatched(sent=1)
    assert "700,00" in room.channel.carried[0].subject


def test_a_new_address_asks_again(room: Mailroom) -> None:
    room.confirm()
    room.change(contacts, contacts.c.contact_id == 1, email="new@customer1.example")
    room.dispatch()
    assert room.state() == ("to-confirm", "changed-since-confirmed")


def test_a_stopped_account_gets_nothing(room: Mailroom) -> None:
    room.confirm()
    room.change(customers, customers.c.customer_id == 1, collection_stop=True)
    room.dispatch()
    assert room.state() == ("cancelled", "blocked")


def test_without_a_contact_it_is_held_until_there_is_one(room: Mailroom) -> None:
    room.confirm()
    room.change(contacts, contacts.c.contact_id == 1, collection=False)
    assert room.dispatch() == Dispatched(held=1)
    assert room.state() == ("held", "no-collection-contact")
    room.change(contacts, contacts.c.contact_id == 1, collection=True)
    assert room.dispatch() == Dispatched(sent=1)


def test_an_inactive_collector_holds_it_unless_the_company_sends(room: Mailroom) -> None:
    """A1."""
    room.confirm()
    room.change(users, users.c.user_id == 1, active=False)
    room.dispatch()
    assert room.state() == ("held", "no-collector")
    room.setting("sender", "Acme <acme@acme.example>")
    room.setting("send-without-collector", "on")
    room.dispatch()
    assert room.state() == ("to-confirm", "changed-since-confirmed")
    room.confirm()
    room.dispatch()
    assert room.channel.carried[0].sender.email == "acme@acme.example"


def test_an_address_that_nobody_vouched_for_is_only_answered_to(room: Mailroom) -> None:
    """A15."""
    room.change(users, users.c.user_id == 1, address_confirmed=False)
    assert room.confirm().refused[0].reason == "no-sender"
    room.setting("sender", "Acme <acme@acme.example>")
    room.dispatch()
    room.confirm()
    room.dispatch()
    [message] = room.channel.carried
    assert message.sender.email == "acme@acme.example"
    assert message.reply_to is not None
    assert message.reply_to.email == "ann@acme.example"


def test_without_a_relay_everything_is_held_and_freed_with_it(room: Mailroom) -> None:
    room.confirm()
    room.channel.reason = "no-relay"
    assert room.dispatch() == Dispatched(held=1)
    room.channel.reason = None
    assert room.dispatch() == Dispatched(sent=1)


def test_stale_data_holds_it(room: Mailroom) -> None:
    """A28: seven days for a source fed by hand."""
    room.confirm()
    room.change(sources, sources.c.source_id == 1, last_good_at=NOW - timedelta(days=8))
    room.dispatch()
    assert room.state() == ("held", "stale-data")


def test_outside_the_window_it_waits(room: Mailroom) -> None:
    room.confirm()
    room.clock.moment = datetime(2026, 3, 3, 17, 0, tzinfo=UTC)
    assert room.dispatch() == Dispatched(waiting=1)
    assert room.dispatch(ignore_windows=True) == Dispatched(sent=1)


def test_the_recall_still_runs(room: Mailroom) -> None:
    room.confirm(hold=10)
    assert room.dispatch() == Dispatched(waiting=1)
    room.recall()
    assert room.state() == ("to-confirm", "recalled")
    room.confirm(hold=10)
    room.clock.moment += timedelta(minutes=10)
    assert room.dispatch() == Dispatched(sent=1)


def test_the_days_cap_holds_the_rest(engine: Engine, tenant: TenantId) -> None:
    """A26."""
    room = Mailroom(engine, tenant, 5)
    room.setting("daily-cap", "3")
    room.confirm()
    assert room.dispatch() == Dispatched(sent=3, held=2)
    assert room.dispatch() == Dispatched()
    room.clock.moment += timedelta(days=1)
    assert room.dispatch() == Dispatched(sent=2)


def test_an_account_contacted_recently_waits(room: Mailroom) -> None:
    """D9."""
    room.confirm()
    room.change(customers, customers.c.customer_id == 1, last_contact_on=TODAY - timedelta(days=2))
    assert room.dispatch() == Dispatched(
        waiting=1,
    )
    room.clock.moment += timedelta(days=3)
    assert room.dispatch() == Dispatched(sent=1)


def test_a_busy_relay_is_tried_again_under_the_same_message_id(room: Mailroom) -> None:
    room.confirm()
    room.channel.early = [LATER]
    assert room.dispatch() == Dispatched(waiting=1)
    room.clock.moment += timedelta(minutes=1)
    room.channel.late = [LATER]
    assert room.dispatch() == Dispatched(waiting=1)
    room.clock.moment += timedelta(minutes=5)
    assert room.dispatch() == Dispatched(sent=1)
    assert len({message.message_id for message in room.channel.carried}) == 1
    assert room.attempts() == [(1, "retry-later"), (2, "retry-later"), (3, "accepted")]


def test_after_a_day_of_trying_a_person_decides(room: Mailroom) -> None:
    room.confirm()
    for _ in range(9):
        room.channel.early = [LATER]
        room.dispatch(ignore_windows=True)
        room.clock.moment += timedelta(hours=8)
    assert room.state() == ("failed", "gave-up")


def test_a_refusal_is_failed_and_an_unclear_answer_unknown(engine: Engine, tenant: TenantId) -> None:
    room = Mailroom(engine, tenant, 2)
    room.confirm()
    room.channel.early, room.channel.late = [REFUSED], [UNKNOWN]
    assert room.dispatch() == Dispatched(failed=1, unknown=1)
    assert {room.state(1), room.state(2)} == {("failed", "refused-by-relay"), ("unknown", "no-clear-answer")}
    assert room.dispatch() == Dispatched()


def test_unknown_is_resolved_by_a_person(engine: Engine, tenant: TenantId) -> None:
    room = Mailroom(engine, tenant, 3)
    room.confirm()
    room.channel.late = [UNKNOWN, UNKNOWN, UNKNOWN]
    room.dispatch()
    room.resolve("sent", 1)
    room.resolve("resend", 2)
    room.resolve("cancel", 3)
    assert [room.state(n) for n in (1, 2, 3)] == [("sent", ""), ("confirmed", ""), ("cancelled", "cancelled-by-person")]
    room.clock.moment = datetime(2026, 3, 7, 22, 0, tzinfo=UTC)
    assert room.dispatch() == Dispatched(sent=1)
    first, again = (message for message in room.channel.carried if message.action.startswith("2."))
    assert (first.action, again.action) == ("2.1", "2.2")
    assert first.message_id != again.message_id
    assert first.subject == again.subject
    assert [item.step_done for item in room.rows("items")] == [2, 2, 0]


def test_what_a_dead_worker_left_is_unknown_or_free_again(engine: Engine, tenant: TenantId) -> None:
    room = Mailroom(engine, tenant, 2)
    room.confirm()
    room.change(actions, actions.c.action_id == 1, state="sending", worker="77")
    room.change(actions, actions.c.action_id == 2, worker="77")
    assert room.dispatch() == Dispatched(unknown=1, sent=1)
    assert (room.state(1), room.state(2)) == (("unknown", "crash"), ("sent", ""))


def test_a_worker_that_lost_its_claim_does_not_send(room: Mailroom) -> None:
    """T18: paused past its lease, it finds the fence moved on."""
    room.confirm()

    def another_takes_over() -> None:
        room.change(actions, actions.c.action_id == 1, worker="99", fence=actions.c.fence + 1)
        room.channel.before = lambda: None

    room.channel.before = another_takes_over
    room.dispatch(wait_for_others=False)
    assert room.channel.carried == []


def test_a_second_worker_is_refused_on_sqlite(engine: Engine) -> None:
    if engine.dialect.name != "sqlite":
        with workers_for(engine).enter() as first, workers_for(engine).enter() as second:
            assert workers_for(engine).lives(first)
            assert workers_for(engine).lives(second)
        assert not workers_for(engine).lives(first)
        return
    with workers_for(engine).enter(), pytest.raises(WorkerThere), workers_for(engine).enter():
        raise AssertionError("two workers on one SQLite database")


def test_a_broken_template_fails_alone(engine: Engine, tenant: TenantId) -> None:
    room = Mailroom(engine, tenant, 2, automation="automatic")
    room.change(actions, actions.c.state == "to-confirm", state="planned", reason="")
    from relance.core.collection.templates import Template

    with room.work(tenant) as unit:
        unit.collection.save_template(Template("first-reminder", "fr", "{{ customer.secret }}", "x"))
    assert room.dispatch() == Dispatched(sent=1, failed=1)
    assert {room.state(1), room.state(2)} == {("failed", "render"), ("sent", "")}


def test_the_date_of_a_message_is_the_moment_it_leaves(room: Mailroom) -> None:
    room.confirm()
    room.clock.moment += timedelta(hours=3)
    room.dispatch()
    assert room.channel.carried[0].date == room.clock.moment
    assert room.rows("actions")[0].done_on == date(2026, 3, 3)


def test_a_channel_that_breaks_after_the_commit_leaves_a_doubt_and_before_it_none(
    engine: Engine, tenant: TenantId
) -> None:
    room = Mailroom(engine, tenant, 2)
    room.confirm()
    carry = room.channel.carry

    async def breaks(message: Message, about_to_send: Callable[[], Awaitable[bool]]) -> Outcome:
        if message.action == "1.1":
            raise RuntimeError("before")
        await carry(message, about_to_send)
        raise RuntimeError("after")

    room.channel.carry = breaks  # type: ignore[method-assign] # a channel with a fault of its own
    assert room.dispatch() == Dispatched(unknown=1, waiting=1)
    assert (room.state(1)[0], room.state(2)) == ("confirmed", ("unknown", "channel-broke"))


def test_a_payment_that_came_in_since_the_confirmation_asks_again(room: Mailroom) -> None:
    """A9, D4: the full amount is no longer owed; what fell due since waits for the next message."""
    room.confirm()
    put_items(room.engine, room.tenant, [item(8, due_on=TODAY - timedelta(days=1))])
    room.channel.before = lambda: put_items(room.engine, room.tenant, [item(9, type="payment", open_amount=-60_000)])
    assert room.dispatch() == Dispatched(to_confirm=1)
    assert (room.state(), room.channel.carried) == (("to-confirm", "changed-since-confirmed"), [])


def test_what_falls_due_after_the_confirmation_does_not_stop_the_message(room: Mailroom) -> None:
    room.confirm()
    put_items(room.engine, room.tenant, [item(8, due_on=TODAY - timedelta(days=1))])
    assert room.dispatch() == Dispatched(sent=1)


@pytest.mark.parametrize("automation", ["to-confirm", "automatic"])
@pytest.mark.parametrize("change", ["scenario-changed", "step-done"])
def test_a_step_that_is_no_longer_the_accounts_does_not_leave(
    engine: Engine, tenant: TenantId, automation: str, change: str
) -> None:
    """B4, D7: the last look sees it, even where whoever changed it did not cancel the action."""
    room = Mailroom(engine, tenant, automation=automation)
    if automation == "automatic":
        room.change(actions, actions.c.action_id == 1, state="confirmed", reason="")
    else:
        room.confirm()

    def changes() -> None:
        if change == "step-done":
            room.change_item(1, step_done=2)
        else:
            room.change(customers, customers.c.customer_id == 1, scenario="gentle")

    room.channel.before = changes
    assert room.dispatch() == Dispatched(cancelled=1)
    assert (room.state(), room.channel.carried) == (("cancelled", change), [])


@pytest.mark.parametrize("held", [True, False])
def test_an_automatic_step_that_waited_too_long_asks_first(engine: Engine, tenant: TenantId, held: bool) -> None:
    """D8: held for want of a contact and freed, or confirmed by itself while no worker ran."""
    room = Mailroom(engine, tenant, automation="automatic")
    confirmed = {"state": "confirmed", "reason": "", "due_on": TODAY - timedelta(days=15)}
    room.change(actions, actions.c.action_id == 1, **confirmed)
    if held:
        room.change(contacts, contacts.c.contact_id == 1, collection=False)
        assert room.dispatch() == Dispatched(held=1)
        room.change(contacts, contacts.c.contact_id == 1, collection=True)
    room.clock.moment += timedelta(days=1)
    room.dispatch()
    assert (room.state(), room.channel.carried) == (("to-confirm", "late-step"), [])
    room.confirm()
    assert room.dispatch() == Dispatched(sent=1)


def test_what_becomes_late_between_claim_and_departure_asks_first(engine: Engine, tenant: TenantId) -> None:
    room = Mailroom(engine, tenant, automation="automatic")
    confirmed = {"state": "confirmed", "reason": "", "due_on": TODAY - timedelta(days=15)}
    room.change(actions, actions.c.action_id == 1, **confirmed)

    def a_day_passes() -> None:
        room.clock.moment += timedelta(days=1)

    room.channel.before = a_day_passes
    assert room.dispatch() == Dispatched(to_confirm=1)
    assert (room.state(), room.channel.carried) == (("to-confirm", "late-step"), [])


def test_an_unknown_message_that_did_leave_counts_from_the_day_of_its_attempt(room: Mailroom) -> None:
    """D8, D9: not from the day on which a person found out; a later contact stays the last one."""
    room.confirm()
    room.channel.late = [UNKNOWN]
    room.dispatch()
    room.clock.moment += timedelta(days=10)
    room.resolve("sent")
    [item], [action] = room.rows("items"), room.rows("actions")
    assert (item.step_done, item.step_on) == (2, TODAY)
    assert (action.sent_at, action.done_on) == (NOW, TODAY)
    with room.work.reading(room.tenant) as unit:
        assert unit.collection.account(1).last_contact_on == TODAY


def test_an_old_message_does_not_hide_a_later_contact(room: Mailroom) -> None:
    room.confirm()
    room.channel.late = [UNKNOWN]
    room.dispatch()
    called_on = TODAY + timedelta(days=4)
    room.change(customers, customers.c.customer_id == 1, last_contact_on=called_on)
    room.clock.moment += timedelta(days=10)
    room.resolve("sent")
    with room.work.reading(room.tenant) as unit:
        assert unit.collection.account(1).last_contact_on == called_on

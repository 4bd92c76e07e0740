"""Calls with their outcomes, tasks for colleagues, actions put off and messages written anew (S3.15, S3.16, D8)."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from relance.core.collection.actions import ActionMoved
from relance.core.kernel.errors import BadInput, NotAllowed
from relance.core.kernel.identifiers import ActionId, ItemId, TenantId, UserId
from relance.core.tenancy.users import Actor, User
from relance.ports.store.agenda import AgendaQuestion
from relance.usecases.collection.edit_action import ActionEdit, EditAction
from relance.usecases.collection.finish_action import FinishAction, Finished
from relance.usecases.collection.list_actions import ActionRow, ActionsQuestion, ListActions
from relance.usecases.collection.log_call import CallLogged, LogCall, NewCall
from relance.usecases.collection.snooze_actions import SnoozeActions, Snoozing
from relance.usecases.collection.stop_sending import SendingStop, StopSending
from relance.usecases.collection.wording import Words
from tests.delivery_ledger import TODAY
from tests.usecases.collection.test_specific_actions import Office


class Desk(Office):
    """An office whose people call, put off and write anew."""

    def call(self, outcome: Any, **more: Any) -> CallLogged:
        return LogCall(self.work, self.clock, *self._outside, b"key")(
            NewCall(actor=self.actor, outcome=outcome, **({"code": "C1"} if "action" not in more else {}) | more)
        )

    def snooze(self, action: int, days: int) -> None:
        verb = SnoozeActions(self.work, self.clock, self._outside[0])
        until = TODAY + timedelta(days=days)
        verb(Snoozing(actor=self.actor, actions=(ActionId(action),), until=until))

    def edit(self, action: int, **more: Any) -> None:
        EditAction(self.work, self.clock, *self._outside)(ActionEdit(actor=self.actor, action=ActionId(action), **more))

    def listed(self) -> list[ActionRow]:
        return ListActions(self.work)(ActionsQuestion(actor=self.actor))

    def counts(self, actor: Actor | None = None) -> dict[Any, int]:
        with self.work.reading(self.tenant) as unit:
            return unit.agenda.counts(AgendaQuestion(actor=actor or self.actor, today=self.clock.today("Europe/Paris")))

    def told(self) -> list[str]:
        with self.work.reading(self.tenant) as unit:
            customer = unit.customer_file.card("C1", None).customer
            return [entry.kind for entry in unit.customer_file.timeline(customer, 20)]


@pytest.fixture
def desk(engine: Engine, tenant: TenantId) -> Desk:
    return Desk(engine, tenant)


def test_a_promise_on_the_phone_holds_the_items_and_is_on_the_timeline(desk: Desk) -> None:
    logged = desk.call("promise", items=(ItemId(2),), until=TODAY + timedelta(days=3), comment="Zoé will pay")
    assert (logged.held, desk.held(2)) == (1, "promise")
    assert desk.told()[:2] == ["promise", "call"]
    with pytest.raises(BadInput):
        desk.call("dispute", comment="which items?")


def test_a_call_back_waits_in_the_agenda_for_its_day(desk: Desk) -> None:
    before = desk.counts()
    logged = desk.call("call-back", until=TODAY + timedelta(days=2), comment="ask for Zoé")
    assert logged.call_back
    assert desk.counts()["upcoming"] == before["upcoming"] + 1
    desk.clock.moment += timedelta(days=2)
    desk.call("no-answer", action=logged.call_back)
    assert desk.state(logged.call_back)[0] == "planned", "nobody answered: it comes back"
    desk.clock.moment += timedelta(days=1)
    desk.call("reached", action=logged.call_back, comment="pays on Friday")
    assert desk.state(logged.call_back)[0] == "done"


def test_what_is_put_off_leaves_the_list_and_comes_back(desk: Desk) -> None:
    assert desk.counts()["todo"] == 1
    opened = next(row.action_id for row in desk.rows("actions") if row.state == "to-confirm")
    desk.snooze(opened, 2)
    assert (desk.counts()["todo"], desk.counts()["confirm"], desk.counts()["upcoming"]) == (0, 0, 1)
    desk.confirm()
    assert desk.state(opened)[0] == "to-confirm", "what waits is confirmed together, what is put off is not"
    desk.clock.moment += timedelta(days=2)
    assert desk.counts()["todo"] == 1
    with pytest.raises(BadInput):
        desk.snooze(opened, 0)


def test_a_message_written_anew_is_what_is_read_and_what_leaves_once(desk: Desk) -> None:
    opened = next(row.action_id for row in desk.rows("actions") if row.state == "to-confirm")
    desk.edit(opened, words=Words("fr", "Notre appel de mardi", "Bonjour,\n\n[items]\n"))
    assert desk.preview(opened).subject == "Notre appel de mardi"
    desk.confirm(opened)
    with pytest.raises(ActionMoved):
        desk.edit(opened, words=Words("fr", "Trop tard", "x"))
    desk.dispatch()
    assert [message.subject for message in desk.channel.carried] == ["Notre appel de mardi"]
    with pytest.raises(BadInput):
        desk.edit(desk.begin(2).action, words=Words("fr", "x", "{{ customer.secret }}"))


def test_only_what_a_person_began_gets_another_day(desk: Desk) -> None:
    opened = next(row.action_id for row in desk.rows("actions") if row.state == "to-confirm")
    with pytest.raises(BadInput):
        desk.edit(opened, on=TODAY + timedelta(days=4))
    begun = desk.begin(2)
    desk.edit(begun.action, on=TODAY + timedelta(days=4))
    desk.confirm(begun.action)
    assert desk.dispatch().sent == 0


def test_a_colleague_sees_and_does_the_task_given_to_him_and_nothing_else(desk: Desk) -> None:
    with desk.work(desk.tenant) as unit:
        unit.tenancy.add_user(User(user=UserId(2), email="sam@acme.example", name="Sam", role="colleague"), None)
    sam = Actor(tenant=desk.tenant, user=UserId(2), name="Sam", role="colleague", own_only=True)
    task = desk.begin(2, kind="task", title="Ask for the slip", assignee=UserId(2))
    other = desk.begin(1, kind="task", title="Not his")
    assert desk.counts(sam)["todo"] == 1
    assert desk.counts()["waiting"] == 1, "whoever gave it sees that it waits"
    finish = FinishAction(desk.work, desk.clock, desk._outside[0])
    assert finish(Finished(actor=sam, actions=(task.action,), comment="here it is")).changed == 1
    from relance.core.kernel.errors import NotFound

    with pytest.raises((NotAllowed, NotFound)):
        finish(Finished(actor=sam, actions=(other.action,)))


def test_a_message_without_an_answer_waits_until_its_specific_action_is_ended(desk: Desk) -> None:
    begun = desk.begin(2)
    desk.confirm(begun.action)
    desk.dispatch()
    assert desk.counts()["waiting"] == 1
    desk.end()
    assert desk.counts()["waiting"] == 0


def test_when_sending_is_stopped_nothing_leaves_and_nothing_is_lost(desk: Desk) -> None:
    begun = desk.begin(2)
    desk.confirm(begun.action)
    stop = StopSending(desk.work, desk.clock)
    with pytest.raises(BadInput):
        stop(SendingStop(actor=desk.actor))
    with pytest.raises(NotAllowed):
        stop(SendingStop(actor=Actor(tenant=desk.tenant, user=UserId(1), name="Ann", role="manager"), reason="x"))
    assert stop(SendingStop(actor=desk.actor, reason="wrong figures")) == "system: wrong figures"
    assert (desk.dispatch().sent, desk.state(begun.action)[0]) == (0, "confirmed")
    stop(SendingStop(actor=desk.actor, resume=True))
    assert desk.dispatch().sent == 1


def test_a_message_claimed_before_the_stop_does_not_leave_either(desk: Desk) -> None:
    desk.confirm(desk.begin(2).action)
    stop = StopSending(desk.work, desk.clock)

    def meanwhile() -> None:
        stop(SendingStop(actor=desk.actor, reason="wrong figures"))
        desk.clock.ticks += 2

    desk.channel.before = meanwhile
    assert desk.dispatch().sent == 0 and not desk.channel.carried


def test_b6_a_step_goes_to_whom_a_person_says_this_once_and_the_scenario_stays_as_it_is(desk: Desk) -> None:
    desk.people()
    opened = next(row.action_id for row in desk.rows("actions") if row.state == "to-confirm")
    usual = desk.preview(opened)
    desk.edit(opened, to=("legal@client.example",), cc=("collector",))
    shown = desk.preview(opened)
    assert [one.email for one in shown.to] == ["legal@client.example"] != [one.email for one in usual.to]
    assert len(shown.cc) == 1 and usual.cc == ()
    [listed] = [row for row in desk.listed() if row.action == opened]
    assert listed.recipient == "legal@client.example"
    desk.edit(opened, cc=("nobody",))
    assert desk.preview(opened).cc == ()
    desk.edit(opened, to=())
    assert (desk.preview(opened).to, desk.preview(opened).cc) == (usual.to, ())

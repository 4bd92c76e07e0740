import msgspec
import pytest
from sqlalchemy import Engine

from relance.adapters.calendars import HolidayCalendars
from relance.adapters.render.renderer import JinjaRenderer
from relance.adapters.store.tables.collection import actions
from relance.adapters.store.tables.customers import contacts, customers
from relance.core.collection.actions import ActionMoved
from relance.core.kernel.errors import BadInput, NotAllowed, NotFound
from relance.core.kernel.identifiers import ActionId, TenantId, UserId
from relance.core.tenancy.users import Actor
from relance.usecases.collection.confirm_actions import ConfirmActions, Confirmation, Confirmed
from relance.usecases.collection.dispatch import Dispatched
from relance.usecases.collection.resolve_action import Resolution, ResolveAction
from tests.usecases.collection.mailroom import UNKNOWN, Mailroom


@pytest.fixture
def room(engine: Engine, tenant: TenantId) -> Mailroom:
    return Mailroom(engine, tenant, 3)


def person(room: Mailroom, **change: object) -> Actor:
    actor = Actor(tenant=room.tenant, user=UserId(1), name="Ann Lee", role="collector")
    return msgspec.structs.replace(actor, **change)


def confirmed_by(room: Mailroom, actor: Actor, ids: tuple[int, ...] | None = None) -> Confirmed:
    verb = ConfirmActions(room.work, room.clock, HolidayCalendars(), JinjaRenderer())
    chosen = None if ids is None else tuple(map(ActionId, ids))
    return verb(Confirmation(actor=actor, actions=chosen))


def test_what_was_read_is_what_leaves(room: Mailroom) -> None:
    room.confirm()
    before = room.preview(1)
    with room.work(room.tenant) as unit:
        from relance.core.collection.templates import Template

        unit.collection.save_template(Template("first-reminder", "fr", "Changed", "Changed"))
    after = room.preview(1)
    room.dispatch()
    sent = next(message for message in room.channel.carried if message.action == "1.1")
    assert before.frozen
    assert (before.subject, before.html, before.text) == (after.subject, after.html, after.text)
    assert (sent.subject, sent.html, sent.text) == (before.subject, before.html, before.text)


def test_the_preview_is_the_message_with_its_people(room: Mailroom) -> None:
    seen = room.preview(1)
    assert not seen.frozen
    assert (seen.language, seen.fell_back) == ("fr", False)
    assert seen.to[0].email == "pay1@customer1.example"
    assert seen.sender is not None
    assert seen.sender.name == "Ann Lee"
    assert "1\u202f000,01" in seen.subject
    assert seen.leaves_at == room.clock.moment


def test_the_preview_says_when_the_language_fell_back(room: Mailroom) -> None:
    """A17."""
    room.change(contacts, contacts.c.contact_id == 1, language="fi")
    seen = room.preview(1)
    assert (seen.language, seen.fell_back) == ("fr", True)


def test_the_preview_says_what_is_missing(room: Mailroom) -> None:
    room.change(contacts, contacts.c.contact_id == 1, collection=False)
    room.change(customers, customers.c.customer_id == 1, collector_id=None)
    seen = room.preview(1)
    assert seen.holds == ("no-collection-contact", "no-collector")
    assert seen.html


def test_an_account_without_contact_is_named_and_the_rest_confirmed(room: Mailroom) -> None:
    """S1.10."""
    room.change(contacts, contacts.c.contact_id == 2, email="")
    done = room.confirm()
    assert done.changed == 2
    assert [(one.action, one.reason) for one in done.refused] == [(2, "no-collection-contact")]
    assert room.state(2) == ("held", "no-collection-contact")


def test_a_settled_action_is_cancelled_rather_than_confirmed(room: Mailroom) -> None:
    room.change_item(1, open_amount=0)
    assert room.confirm(1).refused[0].reason == "settled"
    assert room.state(1) == ("cancelled", "settled")


def test_an_action_is_confirmed_once(room: Mailroom) -> None:
    room.confirm(1)
    again = room.confirm(1)
    assert (again.changed, again.refused[0].reason) == (0, "action-moved")


def test_an_unknown_action_is_not_found(room: Mailroom) -> None:
    assert room.confirm(99).refused[0].reason == "not-found"


def test_a_viewer_confirms_nothing(room: Mailroom) -> None:
    with pytest.raises(NotAllowed):
        confirmed_by(room, person(room, role="viewer"))


def test_a_collector_confined_to_his_own_confirms_only_these(room: Mailroom) -> None:
    room.change(customers, customers.c.customer_id == 3, collector_id=None)
    done = confirmed_by(room, person(room, own_only=True))
    assert done.changed == 2
    assert room.state(3)[0] == "to-confirm"
    assert confirmed_by(room, person(room, own_only=True), (3,)).refused[0].reason == "not-found"


def test_who_confirmed_is_kept_with_the_hash_of_what(room: Mailroom) -> None:
    """I-13."""
    confirmed_by(room, person(room))
    row, message = room.rows("actions")[0], room.rows("messages")[0]
    assert row.confirmed_by == 1
    assert row.content_hash == message.content_hash
    assert len(row.content_hash) == 64


def test_the_message_id_stays_from_planning_to_sending(room: Mailroom) -> None:
    """I-4."""
    planned = [row.message_id for row in room.rows("actions")]
    room.confirm()
    room.dispatch()
    assert sorted(message.message_id for message in room.channel.carried) == sorted(planned)
    assert all(planned)


def test_what_is_sent_cannot_be_recalled(room: Mailroom) -> None:
    room.confirm(1)
    room.dispatch()
    with pytest.raises(ActionMoved):
        room.recall(1)


def test_a_recalled_message_does_not_leave_though_it_was_claimed(room: Mailroom) -> None:
    room.confirm(1)
    room.channel.before = lambda: room.recall(1)
    assert room.dispatch().sent == 0
    assert room.state(1) == ("to-confirm", "recalled")
    room.confirm(1)
    assert room.state(1) == ("confirmed", "")


def test_only_what_is_unknown_or_failed_is_resolved_and_with_a_reason(room: Mailroom) -> None:
    with pytest.raises(NotFound):
        room.resolve("sent", 1)
    room.confirm(1)
    room.channel.late = [UNKNOWN]
    room.dispatch()
    verb = ResolveAction(room.work, room.clock, HolidayCalendars(), JinjaRenderer(), b"key")
    with pytest.raises(BadInput):
        verb(Resolution(actor=room.actor, action=ActionId(1), answer="sent", reason="  "))


def test_a_failed_message_is_sent_again_as_the_next_generation(room: Mailroom) -> None:
    room.confirm(1)
    room.change(actions, actions.c.action_id == 1, state="failed", reason="gave-up")
    room.resolve("resend", 1)
    assert room.dispatch() == Dispatched(sent=1)
    [message] = room.channel.carried
    assert message.action == "1.2"
    assert message.message_id.startswith("<acme.1.2.")

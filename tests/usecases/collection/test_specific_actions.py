"""Specific actions: items leave the scenario, are written about as often as wanted, and come back (B6, A27, S1.8)."""

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from sqlalchemy import Engine, insert

from relance.adapters.calendars import HolidayCalendars
from relance.adapters.store.tables.collection import actions
from relance.adapters.store.tables.customers import customers
from relance.adapters.store.tables.ledger import items
from relance.adapters.supplied.files import SuppliedFiles
from relance.core.collection.actions import ActionMoved
from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import ActionId, ContactId, CustomerId, ItemId, SpecificId, TenantId, UserId
from relance.core.tenancy.users import User
from relance.ports.store.contacts import Contact
from relance.usecases.collection.begin_specific import BeginSpecific, Begun, InSpecificAction, NewSpecific
from relance.usecases.collection.edit_action import ActionEdit, EditAction
from relance.usecases.collection.end_specific import EndSpecific, SpecificEnd
from relance.usecases.collection.occurrences import OccurrenceOpen
from relance.usecases.collection.repeat_specific import RepeatSpecific, Repetition, SpecificEnded
from relance.usecases.qualification.hold_items import HoldItems, NewHolds
from relance.usecases.qualification.release_items import Release, ReleaseItems
from tests.delivery_ledger import TODAY, decide
from tests.usecases.collection.mailroom import UNKNOWN, Mailroom


class Office(Mailroom):
    """A mailroom whose people begin specific actions; the customer has a second, older invoice."""

    def __init__(self, engine: Engine, tenant: TenantId) -> None:
        super().__init__(engine, tenant)
        with engine.begin() as connection:
            older = {"item_id": 2, "unique_key": "F2", "number": "F00002", "due_on": date(2025, 6, 1)}
            usual = {"entity_id": 1, "customer_id": 1, "source_id": 1, "type": "invoice", "currency": "EUR"}
            money = {"amount": 50_000, "open_amount": 50_000, "issued_on": date(2025, 5, 1)}
            made = {"created_import_id": 1, "changed_import_id": 1}
            connection.execute(insert(items), {"tenant_id": tenant} | usual | money | made | older)
        self.day()

    def day(self) -> None:
        decide(self.work, self.tenant, self.clock)

    def begin(self, *chosen: int, **more: Any) -> Begun:
        verb = BeginSpecific(self.work, self.clock, *self._outside, SuppliedFiles(), b"key")
        return verb(NewSpecific(actor=self.actor, code="C1", items=tuple(map(ItemId, chosen)), **more))

    def again(self, specific: int = 1, **more: Any) -> Begun:
        verb = RepeatSpecific(self.work, self.clock, *self._outside, b"key")
        return verb(Repetition(actor=self.actor, specific=SpecificId(specific), **more))

    def end(self, specific: int = 1) -> int:
        verb = EndSpecific(self.work, self.clock, HolidayCalendars(), b"key")
        return verb(SpecificEnd(actor=self.actor, specific=SpecificId(specific), outcome="agreed")).items

    def people(self) -> None:
        """The contact ticked for collection has company: one in charge of law, one without an address; and Bob."""
        with self.work(self.tenant) as unit:
            max_pay = Contact(
                contact=ContactId(1), first_name="Max", name="Pay", email="max@client.example", collection=True
            )
            law = Contact(contact=ContactId(81), name="Law", email="legal@client.example", mobile="+33 6 12 34 56 78")
            nobody = Contact(contact=ContactId(82), name="No Mail")
            for contact in (msgspec.structs.replace(max_pay, mobile="+33 6 12 34 56 79"), law, nobody):
                unit.contacts.save(CustomerId(1), contact)
            bob = User(user=UserId(77), email="bob@acme.example", name="Bob Manager", role="manager")
            unit.tenancy.add_user(bob, None)

    def edit(self, action: int, **more: Any) -> None:
        EditAction(self.work, self.clock, *self._outside)(ActionEdit(actor=self.actor, action=ActionId(action), **more))

    def send(self, action: int) -> None:
        assert self.confirm(action).changed == 1
        assert self.dispatch(ignore_windows=True).sent == 1

    def hold(self, kind: Any, *chosen: int, until: date | None = None) -> None:
        verb = HoldItems(self.work, self.clock, HolidayCalendars(), b"key")
        verb(NewHolds(actor=self.actor, items=tuple(map(ItemId, chosen)), kind=kind, until=until))

    def release(self, *chosen: int) -> int:
        verb = ReleaseItems(self.work, self.clock, HolidayCalendars(), b"key")
        return verb(Release(actor=self.actor, items=tuple(map(ItemId, chosen)))).changed

    def held(self, item: int) -> str | None:
        return next(row.hold for row in self.rows("items") if row.item_id == item)

    def of_the_scenario(self) -> tuple[Any, ...]:
        """The account's open scenario action: its items, none for no action."""
        opened = {"planned", "to-confirm", "confirmed", "held"}
        found = [row for row in self.rows("actions") if row.specific_id is None and row.state in opened]
        return tuple(found[0].item_ids) if found else ()


@pytest.fixture
def office(engine: Engine, tenant: TenantId) -> Office:
    return Office(engine, tenant)


def test_the_items_leave_the_scenario_and_come_back_when_it_is_ended(office: Office) -> None:
    assert office.of_the_scenario() == (2, 1)
    begun = office.begin(2)
    assert (begun.state, begun.items, office.held(2)) == ("to-confirm", 1, "specific")
    assert office.of_the_scenario() == (1,)
    office.day()
    assert office.of_the_scenario() == (1,)
    assert office.end() == 1
    assert office.held(2) is None
    assert set(office.of_the_scenario()) == {1, 2}
    assert office.state(begun.action) == ("cancelled", "specific-ended")


def test_the_message_says_exactly_the_chosen_items_in_the_customers_language(office: Office) -> None:
    begun = office.begin(2)
    preview = office.preview(begun.action)
    assert "F00002" in preview.text and "F00001" not in preview.text
    assert preview.language == "fr" and preview.subject.startswith("Facture non réglée")


def test_it_is_sent_many_times_each_time_an_action_of_its_own(office: Office) -> None:
    first = office.begin(2)
    with pytest.raises(OccurrenceOpen):
        office.again()
    office.confirm(first.action)
    assert office.dispatch().sent == 1
    second = office.again(on=TODAY + timedelta(days=3))
    assert second.action != first.action
    office.confirm(second.action)
    assert office.dispatch().sent == 0
    office.clock.moment += timedelta(days=6)
    assert office.dispatch().sent == 1
    said = [message.message_id for message in office.channel.carried]
    assert len(set(said)) == 2 and office.held(2) == "specific"
    assert [row.step_done for row in office.rows("items")] == [0, 0], "what a person begins moves no step"
    assert len(office.rows("listed_items")) == 2


def test_own_words_are_what_leaves(office: Office) -> None:
    begun = office.begin(2, language="en", subject="About {{ count }} item", body="Dear all,\n\n[items]\n\nAnn")
    office.confirm(begun.action)
    office.dispatch()
    [message] = office.channel.carried
    assert (message.subject, message.language) == ("About 1 item", "en")
    with pytest.raises(BadInput):
        office.begin(1, language="en", subject="x", body="{{ secret }}")


def test_nothing_is_ever_sent_for_what_is_paid(office: Office) -> None:
    begun = office.begin(2)
    office.confirm(begun.action)
    office.change_item(2, open_amount=0)
    assert office.dispatch().sent == 0
    assert office.state(begun.action) == ("cancelled", "settled")
    office.day()
    with pytest.raises(SpecificEnded):
        office.again()


def test_an_automatic_one_leaves_on_its_day_by_itself(office: Office) -> None:
    begun = office.begin(2, on=TODAY + timedelta(days=2), automation="automatic")
    assert begun.state == "planned" and office.dispatch().sent == 0
    office.clock.moment += timedelta(days=2)
    assert office.dispatch().sent == 1
    assert office.state(begun.action)[0] == "sent"


def test_an_automatic_one_whose_items_are_settled_is_cancelled_at_its_day(office: Office) -> None:
    begun = office.begin(2, on=TODAY + timedelta(days=2), automation="automatic")
    office.change_item(2, open_amount=0)
    office.clock.moment += timedelta(days=2)
    assert office.dispatch().sent == 0
    assert office.state(begun.action) == ("cancelled", "settled")


def test_a_promise_meanwhile_asks_the_person_again(office: Office) -> None:
    begun = office.begin(1, 2)
    office.confirm(begun.action)
    office.hold("promise", 2, until=TODAY + timedelta(days=5))
    assert office.dispatch().sent == 0
    assert office.state(begun.action) == ("to-confirm", "changed-since-confirmed")
    assert office.release(2) == 1
    assert office.held(2) == "specific", "the end of a promise does not end the specific action"
    assert office.release(2) == 0, "only the end of the specific action frees it"


def test_ending_a_dispute_action_resolves_the_dispute_and_the_items_are_collectable(office: Office) -> None:
    office.hold("dispute", 2)
    begun = office.begin(2, topic="dispute")
    assert "F00002" in office.preview(begun.action).text
    assert office.held(2) == "dispute"
    office.end()
    assert office.held(2) is None
    assert set(office.of_the_scenario()) == {1, 2}


def test_an_item_is_in_one_specific_action_at_a_time(office: Office) -> None:
    office.begin(2)
    with pytest.raises(InSpecificAction):
        office.begin(1, 2)


def test_collection_stop_leaves_specific_actions_to_persons(office: Office) -> None:
    office.change(customers, customers.c.customer_id == 1, collection_stop=True)
    office.day()
    begun = office.begin(2)
    office.confirm(begun.action)
    assert office.dispatch().sent == 1


def test_an_unknown_occurrence_is_never_sent_again_by_itself(office: Office) -> None:
    begun = office.begin(2)
    office.confirm(begun.action)
    office.channel.late.append(UNKNOWN)
    office.dispatch()
    assert office.state(begun.action)[0] == "unknown"
    with pytest.raises(OccurrenceOpen):
        office.again()
    office.resolve("sent", begun.action)
    assert office.dispatch().sent == 0


def test_a_task_needs_no_items_and_ends_with_itself(office: Office) -> None:
    begun = office.begin(kind="task", title="Ask the warehouse for the delivery note")
    with office.work.reading(office.tenant) as unit:
        action = unit.collection.action(ActionId(begun.action))
        assert (action.state, action.brief and action.brief.title) == (
            "planned",
            "Ask the warehouse for the delivery note",
        )
        assert not unit.specifics.of_customer(action.customer)[0].live
    with pytest.raises(BadInput):
        office.begin(kind="task")


def test_a_message_on_its_way_keeps_it_from_being_ended(office: Office) -> None:
    begun = office.begin(2)
    office.change(actions, actions.c.action_id == begun.action, state="sending")
    with pytest.raises(ActionMoved):
        office.end()


def test_a_statement_is_sent_with_its_pdf_and_takes_nothing_out_of_the_scenario(office: Office) -> None:
    begun = office.begin(topic="statement")
    assert office.held(2) is None and office.of_the_scenario() == (2, 1)
    [shown] = office.preview(begun.action).attached
    office.confirm(begun.action)
    [kept] = office.preview(begun.action).attached
    office.dispatch()
    [message] = office.channel.carried
    assert message.attachments == (kept,) and kept.content.startswith(b"%PDF-") and shown.name == kept.name
    assert message.language == "fr" and message.subject.startswith("Relevé de compte")


def test_an_email_about_chosen_items_takes_their_copies_and_an_sms_takes_none(office: Office) -> None:
    begun = office.begin(2, 1, copies=True)
    assert [one.number for one in office.preview(begun.action).left_out] == ["F00002", "F00001"]
    office.send(begun.action)
    again = office.again()
    assert len(office.preview(again.action).left_out) == 2
    office.people()
    assert office.preview(office.begin(1, kind="sms", copies=True, away=False).action).left_out == ()


def test_a_statement_whose_items_changed_since_it_was_confirmed_asks_again(office: Office) -> None:
    begun = office.begin(topic="statement")
    office.confirm(begun.action)
    office.change_item(2, open_amount=10)
    assert office.dispatch().sent == 0
    assert office.state(begun.action) == ("to-confirm", "changed-since-confirmed")


def test_b6_it_goes_to_the_contacts_chosen_with_copies_by_role_or_name_and_so_does_the_next(office: Office) -> None:
    office.people()
    begun = office.begin(2, to=("legal@client.example", "Max Pay"), cc=("collector", "Bob Manager"))
    shown = office.preview(begun.action)
    assert [one.email for one in shown.to] == ["max@client.example", "legal@client.example"]
    assert [one.email for one in shown.cc] == ["ann@acme.example", "bob@acme.example"]
    office.send(begun.action)
    [message] = office.channel.carried
    assert [one.email for one in message.to] == ["max@client.example", "legal@client.example"]
    assert [one.email for one in message.cc] == ["ann@acme.example", "bob@acme.example"]
    again = office.again()
    assert [one.email for one in office.preview(again.action).cc] == ["ann@acme.example", "bob@acme.example"]
    office.edit(again.action, to=("legal@client.example",), cc=())
    shown = office.preview(again.action)
    assert ([one.email for one in shown.to], shown.cc) == (["legal@client.example"], ())


def test_b6_what_was_confirmed_keeps_who_gets_it_and_a_contact_that_goes_holds_what_was_not(office: Office) -> None:
    office.people()
    begun = office.begin(2, to=("legal@client.example",))
    with office.work(office.tenant) as unit:
        unit.contacts.remove(CustomerId(1), ContactId(81))
    assert office.confirm(begun.action).refused[0].reason == "no-recipient"
    shown = office.preview(begun.action)
    assert shown.to == () and "chosen-contact-gone" in shown.warnings


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"to": ("nobody@client.example",)}, "no contact of this customer"),
        ({"to": ("No Mail",)}, "No Mail has no usable address"),
        ({"cc": ("somebody",)}, "one of collector, colleagues"),
        ({"kind": "task", "title": "x", "to": ("law",)}, "goes to nobody"),
        ({"kind": "sms", "body": "Pay", "language": "en", "cc": ("collector",)}, "only an email has copies"),
        ({"kind": "sms", "body": "Pay", "language": "en", "to": ("Max Pay", "law")}, "one contact, not 2"),
    ],
)
def test_b6_who_cannot_get_it_is_refused_at_once(office: Office, more: dict[str, Any], said: str) -> None:
    office.people()
    with pytest.raises(BadInput, match=said):
        office.begin(2, **more)

"""A customer's fields by hand beside those that imports bring; contacts that go or whose mail came back (A5, T20)."""

from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import Engine, update

from relance.adapters.calendars import HolidayCalendars
from relance.adapters.standards import CldrStandards
from relance.adapters.store.tables.customers import contacts
from relance.adapters.supplied.files import SuppliedFiles
from relance.core.customers.details import CustomerDetails, DetailChanges
from relance.core.kernel.errors import BadInput, Conflict, NotAllowed, NotFound
from relance.core.kernel.identifiers import ContactId, CustomerId, TenantId, UserId
from relance.core.tenancy.users import Actor
from relance.ports.store.contacts import Contact
from relance.usecases.collection.run_day import NewDay, RunDay
from relance.usecases.customers.clear_bounce import BounceToClear, ClearBounce
from relance.usecases.customers.edit_contact import ContactEdit, EditContact
from relance.usecases.customers.edit_customer import CustomerEdit, EditCustomer
from relance.usecases.customers.remove_contact import ContactToRemove, RemoveContact
from relance.usecases.customers.show_details import DetailsShown, ShowDetails
from tests.usecases.intake.kit import Desk

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
HEADER = "code,name,city,credit_limit"


@pytest.fixture
def desk(engine: Engine, tenant: TenantId, tmp_path: Path) -> Desk:
    desk = Desk(engine, tenant, tmp_path)
    desk.clock.moment = NOW
    desk.rows("C1,Un,Lille,100", "C2,Deux,Metz,", kind="customers", header=HEADER)
    return desk


def edit(
    desk: Desk, seen: CustomerDetails | None = None, actor: Actor | None = None, **values: object
) -> dict[str, object]:
    verb = EditCustomer(desk.work, desk.clock, CldrStandards(), HolidayCalendars(), b"key")
    changes = DetailChanges(**values)  # type: ignore[arg-type]  # from the tests
    return verb(CustomerEdit(actor=actor or desk.actor, code="C1", changes=changes, seen=seen)).changed


def shown(desk: Desk) -> DetailsShown:
    return ShowDetails(desk.work)(desk.actor, "C1")


def test_a_pause_has_its_last_day_and_its_reason_on_the_timeline(desk: Desk) -> None:
    edit(desk, paused_until=date(2026, 12, 1), pause_reason="  moving house ")
    with desk.work.reading(desk.tenant) as unit:
        [told] = unit.customer_file.timeline(CustomerId(1), 9)
    assert (told.kind, told.detail) == ("pause", {"until": "2026-12-01", "comment": "moving house"})
    edit(desk, paused_until=date(2026, 12, 1), pause_reason="again")
    edit(desk, paused_until=None)
    with desk.work.reading(desk.tenant) as unit:
        assert len(unit.customer_file.timeline(CustomerId(1), 9)) == 1
    with pytest.raises(BadInput):
        edit(desk, paused_until=date(2026, 12, 2), pause_reason="x" * 201)


def test_a_pause_a_stop_and_their_end_move_what_is_planned_at_once(desk: Desk) -> None:
    """D10: not only with the next day."""
    with desk.work(desk.tenant) as unit:
        for scenario in SuppliedFiles().scenarios():
            unit.collection.save_scenario(scenario)
        unit.tenancy.save_setting("scenario", "standard", NOW, "test")
    desk.rows("C1,F1,2026-10-01,2026-11-10,100.00", header="customer_code,number,issued_on,due_on,amount")
    RunDay(desk.work, desk.clock, HolidayCalendars(), b"key")(NewDay(actor=desk.actor))

    def planned() -> list[tuple[str, str]]:
        return [
            (state, reason) for state, reason in desk.select("select state, reason from actions order by action_id")
        ]

    assert planned() == [("to-confirm", "")]
    edit(desk, paused_until=date(2026, 12, 1))
    assert planned() == [("cancelled", "paused")]
    edit(desk, paused_until=None)
    assert planned() == [("cancelled", "paused"), ("to-confirm", "")]
    edit(desk, collection_stop=True)
    assert planned()[-1] == ("cancelled", "blocked")


def test_a_person_sets_fields_and_the_next_import_writes_over_those_that_it_carries(desk: Desk) -> None:
    new = edit(desk, city="Roubaix", phone="+33 3 20", credit_limit="250.00", paused_until=date(2026, 12, 1))
    assert new == {"city": "Roubaix", "phone": "+33 3 20", "credit_limit": 25000, "paused_until": "2026-12-01"}
    found = shown(desk)
    assert (found.details.city, found.details.paused_until) == ("Roubaix", date(2026, 12, 1))
    assert found.written["city"].by == desk.actor.name and found.written["city"].at == NOW
    assert {"name", "city", "credit_limit"} <= found.imported and "phone" not in found.imported
    desk.rows("C1,Un,Lille,100", kind="customers", header=HEADER, mode="delta")
    after = shown(desk)
    assert (after.details.city, after.details.phone) == ("Lille", "+33 3 20")
    assert after.written["city"].value == "Roubaix"


def test_nothing_new_writes_nothing_and_what_others_changed_is_not_lost(desk: Desk) -> None:
    before = shown(desk).details
    assert edit(desk, city="Lille") == {}
    edit(desk, city="Lens")
    with pytest.raises(Conflict):
        edit(desk, seen=before, phone="1")
    assert shown(desk).details.phone == ""


@pytest.mark.parametrize("values", [{"country": "XX"}, {"currency": "ABC"}])
def test_codes_that_exist_nowhere_are_refused(desk: Desk, values: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        edit(desk, **values)


def test_who_may_not_and_who_does_not_see_it_changes_nothing(desk: Desk) -> None:
    viewer = msgspec.structs.replace(desk.actor, role="viewer")
    other = Actor(tenant=desk.actor.tenant, user=UserId(9), name="Nine", role="collector", own_only=True)
    with pytest.raises(NotAllowed):
        edit(desk, actor=viewer, city="X")
    with pytest.raises(NotFound):
        edit(desk, actor=other, city="X")


def test_the_names_of_own_fields_are_those_in_use(desk: Desk) -> None:
    edit(desk, custom={"Region": "North"})
    assert shown(desk).custom_names == ("Region",)


def test_a_typed_mobile_number_is_read_and_kept_as_typed(desk: Desk) -> None:
    new = Contact(contact=ContactId(0), name="A", mobile="+33 6 39 98 01 23", collection=True)
    kept = EditContact(desk.work)(ContactEdit(actor=desk.actor, code="C1", contact=new))
    assert (kept.mobile, kept.mobile_e164) == ("+33 6 39 98 01 23", "+33639980123")
    wrong = msgspec.structs.replace(kept, mobile="ask reception")
    assert EditContact(desk.work)(ContactEdit(actor=desk.actor, code="C1", contact=wrong)).mobile_e164 == ""


def test_a_contact_goes_only_from_its_own_customer(desk: Desk) -> None:
    kept = EditContact(desk.work)(
        ContactEdit(actor=desk.actor, code="C1", contact=Contact(contact=ContactId(0), name="A"))
    )
    remove = RemoveContact(desk.work)
    with pytest.raises(NotFound):
        remove(ContactToRemove(actor=desk.actor, code="C2", contact=kept.contact))
    remove(ContactToRemove(actor=desk.actor, code="C1", contact=kept.contact))
    assert desk.select("select count(*) from contacts") == [(0,)]


def test_mail_that_came_back_concerns_the_address_until_a_person_says_otherwise(desk: Desk) -> None:
    new = Contact(contact=ContactId(0), name="Ann", email="ann@un.example", collection=True)
    kept = EditContact(desk.work)(ContactEdit(actor=desk.actor, code="C1", contact=new))
    with desk.engine.begin() as connection:
        back = {"bounced": "Ann@un.example", "bounced_at": NOW, "bounced_why": "550 no such user"}
        connection.execute(update(contacts).where(contacts.c.tenant_id == desk.tenant).values(back))
    assert one(desk).bounced_at == NOW
    EditContact(desk.work)(
        ContactEdit(actor=desk.actor, code="C1", contact=msgspec.structs.replace(kept, email="new@un.example"))
    )
    assert one(desk).bounced_at is None
    EditContact(desk.work)(ContactEdit(actor=desk.actor, code="C1", contact=kept))
    clear = BounceToClear(actor=desk.actor, code="C1", contact=kept.contact)
    ClearBounce(desk.work)(clear)
    assert one(desk).bounced_at is None
    with pytest.raises(Conflict):
        ClearBounce(desk.work)(clear)


def one(desk: Desk) -> Contact:
    with desk.work.reading(desk.tenant) as unit:
        [contact] = unit.contacts.of(unit.customer_file.card("C1", None).customer)
    return contact

"""What people write in a customer's file, and who may (A5, A22, S1.11, S2.1)."""

from datetime import UTC, date, datetime

import msgspec
import pytest
from sqlalchemy import insert

from relance.adapters.store.tables.customers import customers
from relance.adapters.store.work import SqlWork
from relance.core.kernel.errors import BadInput, NotAllowed, NotFound
from relance.core.kernel.identifiers import ContactId, TenantId, UserId
from relance.core.tenancy.users import Actor, User
from relance.ports.store.contacts import Contact
from relance.usecases.customers.assign_customer import AssignCustomer, CustomerChoice
from relance.usecases.customers.edit_contact import ContactEdit, EditContact
from relance.usecases.customers.write_note import NewNote, WriteNote
from relance.usecases.tenancy.change_user import ChangeUser, UserChange
from relance.usecases.tenancy.read_audit import AuditWanted, ReadAudit
from tests.usecases.collection.ledgers import NoHolidays
from tests.usecases.intake.kit import StillClock

CLOCK = StillClock(datetime(2026, 11, 23, 9, tzinfo=UTC))


@pytest.fixture
def boss(work: SqlWork, tenant: TenantId, engine) -> Actor:
    """A manager, two users, and the customers C1 (collected by user 1) and C2."""
    with engine.begin() as connection:
        base = {"tenant_id": tenant, "entity_id": 1, "created_on": date(2026, 1, 1)}
        rows = [
            base | {"customer_id": 1, "code": "C1", "name": "One", "collector_id": 1},
            base | {"customer_id": 2, "code": "C2", "name": "Two", "collector_id": None},
        ]
        connection.execute(insert(customers), rows)
    with work(tenant) as unit:
        for number, role in ((1, "administrator"), (2, "collector")):
            unit.tenancy.next_numbers("users", 1)
            person = User(user=UserId(number), email=f"u{number}@acme.example", name=f"U{number}", role=role)
            unit.tenancy.add_user(person, None)
    return Actor(tenant=tenant, user=UserId(1), name="U1")


def events(work: SqlWork, boss: Actor) -> list[str]:
    return [line.event for line in ReadAudit(work)(AuditWanted(actor=boss))]


def test_the_collection_contact_comes_first(work: SqlWork, boss: Actor) -> None:
    edit = EditContact(work)
    first = edit(ContactEdit(actor=boss, code="C1", contact=Contact(contact=ContactId(0), name="Archive")))
    payer = Contact(contact=ContactId(0), name="Payer", email="pay@one.example", collection=True)
    edit(ContactEdit(actor=boss, code="C1", contact=payer))
    with work.reading(boss.tenant) as unit:
        card = unit.customer_file.card("C1", None)
        assert [contact.name for contact in unit.contacts.of(card.customer)] == ["Payer", "Archive"]
    changed = msgspec.structs.replace(first, name="Archives")
    edit(ContactEdit(actor=boss, code="C1", contact=changed))
    assert events(work, boss) == ["contact-changed", "contact-added", "contact-added"]


@pytest.mark.parametrize(
    "contact",
    [
        Contact(contact=ContactId(0), name=" "),
        Contact(contact=ContactId(0), name="A", collection=True),
        Contact(contact=ContactId(0), name="A", email="no address"),
        Contact(contact=ContactId(0), name="A", language="xx"),
        Contact(contact=ContactId(0), name="A" * 300),
        Contact(contact=ContactId(0), name="A\u0007"),
    ],
)
def test_a_contact_that_cannot_be_used_is_refused(work: SqlWork, boss: Actor, contact: Contact) -> None:
    with pytest.raises(BadInput):
        EditContact(work)(ContactEdit(actor=boss, code="C1", contact=contact))
    assert events(work, boss) == []


def test_a_contact_is_changed_only_through_its_own_customer(work: SqlWork, boss: Actor) -> None:
    edit = EditContact(work)
    kept = edit(ContactEdit(actor=boss, code="C1", contact=Contact(contact=ContactId(0), name="A")))
    with pytest.raises(NotFound):
        edit(ContactEdit(actor=boss, code="C2", contact=kept))


def test_a_persons_choice_of_collector_keeps_its_author(work: SqlWork, boss: Actor) -> None:
    assign = AssignCustomer(work, CLOCK, NoHolidays(), b"key")
    assign(CustomerChoice(actor=boss, code="C2", collector=UserId(2)))
    assign(CustomerChoice(actor=boss, code="C2", collector=UserId(2)))
    with work.reading(boss.tenant) as unit:
        card = unit.customer_file.card("C2", UserId(2))
    assert (card.collector_name, card.collector_origin, card.collector_by) == ("U2", "person", "U1")
    assert events(work, boss) == ["collector-assigned"]
    with pytest.raises(NotFound):
        assign(CustomerChoice(actor=boss, code="C2", collector=UserId(99)))


def test_rights_and_visibility_hold_for_every_verb(work: SqlWork, boss: Actor) -> None:
    viewer = msgspec.structs.replace(boss, role="viewer")
    collector = Actor(tenant=boss.tenant, user=UserId(2), name="U2", role="collector", own_only=True)
    note = WriteNote(work, CLOCK)
    with pytest.raises(NotAllowed):
        note(NewNote(actor=viewer, code="C1", text="x"))
    with pytest.raises(NotFound):
        note(NewNote(actor=collector, code="C1", text="x"))
    with pytest.raises(NotAllowed):
        AssignCustomer(work, CLOCK, NoHolidays(), b"key")(CustomerChoice(actor=collector, code="C1", collector=None))


@pytest.mark.parametrize("change", [{"role": "viewer"}, {"active": False}])
def test_the_last_active_administrator_cannot_step_down(work: SqlWork, boss: Actor, change: dict[str, object]) -> None:
    wanted = UserChange(actor=boss, user=UserId(1), name="U1", role="administrator", active=True)
    with pytest.raises(BadInput):
        ChangeUser(work, CLOCK)(msgspec.structs.replace(wanted, **change))


def test_an_unknown_role_or_right_is_refused(work: SqlWork, boss: Actor) -> None:
    wanted = UserChange(actor=boss, user=UserId(2), name="U2", role="collector", active=True)
    for change in ({"role": "king"}, {"rights": ("fly",)}):
        with pytest.raises(BadInput):
            ChangeUser(work, CLOCK)(msgspec.structs.replace(wanted, **change))

"""Many customers changed at once, and the change taken back (S0.13 to S0.17, S2.3 to S2.6, S4.6 to S4.8, S0.22)."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from relance.adapters.supplied.files import SuppliedFiles
from relance.core.customers.mass_changes import Changes, Selection, codes_in
from relance.core.customers.search_language import parse
from relance.core.kernel.errors import BadInput, Conflict, NotAllowed, NotFound
from relance.core.kernel.identifiers import TenantId, UserId
from relance.core.tenancy.users import Actor, User
from relance.usecases.collection.run_day import NewDay, RunDay
from relance.usecases.customers.change_many import ChangeMany, ManyChanged, ManyChanges
from relance.usecases.customers.list_changes import ChangesWanted, ListChanges
from relance.usecases.customers.undo_changes import ChangeToUndo, UndoChanges
from tests.usecases.collection.ledgers import NoHolidays
from tests.usecases.intake.kit import Desk

NOW = datetime(2026, 11, 23, 9, 17, 3, 268_411, tzinfo=UTC)
BOB = "bob@acme.example"
ORIGINS = (
    "select code, coalesce(collector_origin, ''), coalesce(collector_by, ''), coalesce(scenario, '') "
    "from customers order by code"
)
LIVE = (
    "select c.code, g.name, l.origin from customer_groups l join customers c on c.customer_id = l.customer_id "
    "join groups g on g.group_id = l.group_id where l.ended_at is null order by c.code, g.name"
)


@pytest.fixture
def desk(engine: Engine, tenant: TenantId, tmp_path: Path) -> Desk:
    """C1 in the group Old, and C2, in France; C3 in Germany owes an invoice that a reminder asks for."""
    desk = Desk(engine, tenant, tmp_path)
    desk.clock.moment = NOW
    with desk.work(tenant) as unit:
        number = UserId(unit.tenancy.next_numbers("users", 1))
        unit.tenancy.add_user(User(user=number, email=BOB, name="Bob", role="collector"), None)
        for scenario in SuppliedFiles().scenarios():
            unit.collection.save_scenario(scenario)
    desk.rows("C1,Un,FR,Old", "C2,Deux,FR,", "C3,Drei,DE,", kind="customers", header="code,name,country,groups")
    desk.rows("C3,Drei,F3,2026-10-01,2026-11-03,100.00")
    RunDay(desk.work, desk.clock, NoHolidays(), b"key")(NewDay(actor=desk.actor))
    return desk


def change(
    desk: Desk, search: str = "", codes: tuple[str, ...] = (), dry_run: bool = False, **wanted: object
) -> ManyChanged:
    verb = ChangeMany(desk.work, desk.clock, NoHolidays(), b"key")
    selection = Selection(search=parse(search), codes=codes)
    return verb(ManyChanges(actor=desk.actor, selection=selection, wanted=Changes(**wanted), dry_run=dry_run))


def undo(desk: Desk, number: int | None) -> dict[str, int]:
    assert number is not None
    return UndoChanges(desk.work, desk.clock, NoHolidays(), b"key")(ChangeToUndo(actor=desk.actor, change=number))


def everything(desk: Desk) -> tuple[object, ...]:
    return desk.select(ORIGINS), desk.select(LIVE), desk.select("select user_id, customer_id from customer_colleagues")


def test_a_change_of_a_whole_result_can_be_taken_back(desk: Desk) -> None:
    before = everything(desk)
    wanted = {
        "collector": BOB,
        "add_groups": ("Key", "Old"),
        "remove_groups": ("Nobody's",),
        "add_colleagues": (BOB,),
    }
    dry = change(desk, "country = FR", dry_run=True, **wanted)
    assert (dry.customers, dry.changed) == (2, {"collector": 2, "group": 3, "colleague": 2})
    assert everything(desk) == before
    done = change(desk, "country = FR", **wanted)
    assert (done.customers, done.changed) == (2, dry.changed)
    assert desk.select(ORIGINS)[0][1] == "person"
    assert desk.select(LIVE) == [
        ("C1", "Key", "person"),
        ("C1", "Old", "import"),
        ("C2", "Key", "person"),
        ("C2", "Old", "person"),
    ]
    assert undo(desk, done.change) == {"collector": 2, "group": 3, "colleague": 2}
    assert everything(desk) == before
    with pytest.raises(Conflict):
        undo(desk, done.change)


def test_only_the_chosen_group_goes_and_only_from_the_chosen(desk: Desk) -> None:
    change(desk, add_groups=("Key",))
    done = change(desk, codes=("C1",), remove_groups=("old",))
    assert (done.customers, done.changed) == (1, {"group": 1})
    assert [row[:2] for row in desk.select(LIVE)] == [("C1", "Key"), ("C2", "Key"), ("C3", "Key")]
    undo(desk, done.change)
    assert ("C1", "Old", "import") in desk.select(LIVE)


def test_pasted_codes_say_which_are_unknown(desk: Desk) -> None:
    done = change(desk, codes=codes_in(" C3\nC1\tC99;C3, "), add_groups=("Key",))
    assert (done.customers, done.unknown) == (2, ("C99",))


def test_what_a_person_changed_since_stays_when_the_change_is_taken_back(desk: Desk) -> None:
    first = change(desk, collector=BOB)
    desk.clock.moment = datetime(2026, 11, 24, 9, tzinfo=UTC)
    change(desk, codes=("C2",), collector="")
    assert undo(desk, first.change) == {"collector": 2}
    assert [row[1] for row in desk.select(ORIGINS)] == ["", "person", ""]


def test_another_scenario_replaces_proposals_and_the_old_one_comes_back_with_the_undo(desk: Desk) -> None:
    done = change(desk, scenario="gentle")
    assert done.changed == {"scenario": 3}
    undo(desk, done.change)
    rows = desk.select("select scenario, state from actions order by action_id")
    assert [row[0] for row in rows] == ["standard", "gentle", "standard"]
    assert [row[1] for row in rows][:2] == ["cancelled", "cancelled"]


def test_what_cannot_be_changed_is_refused(desk: Desk) -> None:
    with pytest.raises(BadInput, match="say what to change"):
        change(desk)
    with pytest.raises(BadInput, match="either add or remove"):
        change(desk, add_groups=("Key",), remove_groups=("Key",))
    with pytest.raises(BadInput, match="no customer is chosen"):
        change(desk, codes=("C99",), add_groups=("Key",))
    with pytest.raises(BadInput, match="who could be collector"):
        change(desk, collector="nobody@acme.example")
    with pytest.raises(NotFound):
        change(desk, scenario="unheard-of")
    with pytest.raises(NotFound):
        undo(desk, 99)
    with pytest.raises(NotAllowed):
        actor = Actor(tenant=desk.actor.tenant, user=UserId(1), name="Vic", role="viewer")
        wanted = ManyChanges(actor=actor, selection=Selection(), wanted=Changes(add_groups=("Key",)))
        ChangeMany(desk.work, desk.clock, NoHolidays(), b"key")(wanted)


def test_who_sees_only_their_own_customers_takes_back_only_their_own_changes(desk: Desk) -> None:
    done = change(desk, add_groups=("Key",))
    assert done.change
    bob = Actor(
        tenant=desk.actor.tenant, user=UserId(1), name="Bob", role="collector", rights=("assign",), own_only=True
    )
    with pytest.raises(NotFound):
        UndoChanges(desk.work, desk.clock, NoHolidays(), b"key")(ChangeToUndo(actor=bob, change=done.change))
    listed = ListChanges(desk.work)
    assert listed(ChangesWanted(actor=bob)) == []
    assert [one.change for one in listed(ChangesWanted(actor=desk.actor))] == [done.change]

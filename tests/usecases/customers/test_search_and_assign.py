"""Search & Assign by hand and with the day (S0.19, S2.11, S2.12, S4.10, B15)."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import Engine

from relance.adapters.supplied.files import SuppliedFiles
from relance.core.customers.search_language import parse
from relance.core.kernel.errors import BadInput, Conflict, NotAllowed, NotFound
from relance.core.kernel.identifiers import TenantId, UserId
from relance.core.tenancy.users import Actor, User
from relance.plugins.assigners.collector import DefaultCollector
from relance.usecases.collection.run_day import NewDay, RunDay
from relance.usecases.customers.assign_customer import AssignCustomer, CustomerChoice
from relance.usecases.customers.list_tasks import ListTasks
from relance.usecases.customers.move_task import MoveTask, TaskMove
from relance.usecases.customers.remove_search import RemoveSearch, SearchToRemove
from relance.usecases.customers.run_tasks import RunTasks, TasksRun, TasksToRun
from relance.usecases.customers.save_search import SaveSearch, SearchToSave
from relance.usecases.customers.save_task import NewTask, SaveTask
from relance.usecases.customers.show_assignment import ShowAssignment
from tests.usecases.collection.ledgers import NoHolidays
from tests.usecases.intake.kit import Desk

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
ANN, BOB = "ann@acme.example", "bob@acme.example"


@pytest.fixture
def desk(engine: Engine, tenant: TenantId, tmp_path: Path) -> Desk:
    """C1 and C2 in France, C3 in Germany; Ann and Bob collect."""
    desk = Desk(engine, tenant, tmp_path)
    desk.clock.moment = NOW
    with desk.work(tenant) as unit:
        for email in (ANN, BOB):
            if unit.tenancy.user_by_email(email) is None:
                number = UserId(unit.tenancy.next_numbers("users", 1))
                unit.tenancy.add_user(User(user=number, email=email, name=email, role="collector"), None)
        for scenario in SuppliedFiles().scenarios():
            unit.collection.save_scenario(scenario)
    desk.rows("C1,Un,FR", "C2,Deux,FR", "C3,Drei,DE", kind="customers", header="code,name,country")
    return desk


def add(desk: Desk, attribute: str, value: str, search: str = "", **more: object) -> int:
    wanted = NewTask(actor=desk.actor, attribute=attribute, value=value, search=parse(search), **more)
    return SaveTask(desk.work, desk.clock)(wanted).task


def run(desk: Desk, dry_run: bool = False) -> TasksRun:
    verb = RunTasks(desk.work, desk.clock, [DefaultCollector()], NoHolidays(), b"key")
    return verb(TasksToRun(actor=desk.actor, dry_run=dry_run))


def given(found: TasksRun) -> list[tuple[str, str, str]]:
    return sorted((row.customer, row.attribute, row.value) for row in found.assigned)


def test_tasks_run_in_their_order_and_say_what_they_did(desk: Desk) -> None:
    add(desk, "collector", ANN, all_customers=True)
    add(desk, "collector", BOB, "country = FR", all_customers=True, position=1)
    dry = run(desk, dry_run=True)
    assert given(dry) == [("C1", "collector", BOB), ("C2", "collector", BOB), ("C3", "collector", ANN)]
    assert [(one.task, one.customers) for one in dry.passed] == [(1, 2)], "two French ones, whom task 2 serves"
    assert desk.select("select count(*) from customers where collector_origin = 'rule'") == [(0,)]
    assert given(run(desk)) == given(dry)
    assert given(run(desk)) == [], "nothing is left to give"
    assert desk.select("select distinct collector_origin, collector_by from customers where country = 'FR'") == [
        ("rule", "task 2")
    ]


def test_a_task_for_new_customers_leaves_the_others_alone(desk: Desk) -> None:
    add(desk, "group", "Newcomers")
    assert given(run(desk)) == []
    desk.rows("C4,Quatre,FR", kind="customers", header="code,name,country", mode="delta")
    assert given(run(desk)) == [], "the import has run the task"
    assert desk.select("select customer_id, origin, author from customer_groups") == [(4, "rule", "task 1")]


def test_a_persons_choice_is_kept_and_told(desk: Desk) -> None:
    choice = CustomerChoice(actor=desk.actor, code="C1", collector=number_of(desk, ANN))
    AssignCustomer(desk.work, desk.clock, NoHolidays(), b"key")(choice)
    add(desk, "collector", BOB, all_customers=True)
    found = run(desk)
    assert [(row.customer, row.before) for row in found.kept] == [("C1", ANN)]
    assert given(found) == [("C2", "collector", BOB), ("C3", "collector", BOB)]


def test_who_has_nothing_gets_the_default_and_who_still_has_nothing_is_named(desk: Desk) -> None:
    assert [(row.attribute, row.customer) for row in run(desk).unassigned] == [
        ("collector", "C1"),
        ("collector", "C2"),
        ("collector", "C3"),
    ]
    with desk.work(desk.actor.tenant) as unit:
        unit.tenancy.save_setting("collector", BOB, NOW, "test")
    found = run(desk)
    assert {row.reason for row in found.assigned} == {"tenant-default"}
    assert (len(found.assigned), found.unassigned) == (3, [])


def test_groups_come_and_go_with_the_search_where_the_task_says_so(desk: Desk) -> None:
    add(desk, "group", "France", "country = FR", all_customers=True, remove=True)
    add(desk, "colleague", ANN, "group = france", all_customers=True)
    assert len(run(desk).assigned) == 2 and len(run(desk).assigned) == 2, "the colleague follows the group"
    desk.rows("C1,Un,BE", kind="customers", header="code,name,country", mode="delta")
    ended = "select customer_id from customer_groups where ended_origin = 'rule'"
    assert desk.select(ended) == [(1,)]
    assert run(desk).removed == []


def test_another_scenario_replaces_proposals_at_once(desk: Desk) -> None:
    desk.rows("C1,Un,F1,2026-10-01,2026-11-03,100.00")
    day(desk)
    add(desk, "scenario", "gentle", "country = FR", all_customers=True)
    run(desk)
    rows = desk.select("select scenario, state from actions where customer_id = 1 order by action_id")
    assert [row[0] for row in rows] == ["standard", "gentle"]
    assert rows[0][1] == "cancelled"


def test_the_day_runs_the_tasks_first(desk: Desk) -> None:
    add(desk, "scenario", "none", "country = DE", all_customers=True)
    desk.rows("C3,Drei,F3,2026-10-01,2026-11-03,100.00")
    day(desk)
    assert desk.select("select count(*) from actions") == [(0,)]


def test_what_cannot_be_given_is_refused(desk: Desk) -> None:
    with pytest.raises(BadInput, match="who could be collector"):
        add(desk, "collector", "nobody@acme.example")
    with pytest.raises(NotFound):
        add(desk, "scenario", "unheard-of")
    with pytest.raises(NotAllowed):
        actor = Actor(tenant=desk.actor.tenant, user=UserId(1), name="Vic", role="viewer")
        SaveTask(desk.work, desk.clock)(NewTask(actor=actor, attribute="group", value="Key"))


def day(desk: Desk) -> None:
    RunDay(desk.work, desk.clock, NoHolidays(), b"key")(NewDay(actor=desk.actor))


def number_of(desk: Desk, email: str) -> UserId:
    with desk.work.reading(desk.actor.tenant) as unit:
        found = unit.tenancy.user_by_email(email)
    assert found
    return found.user


def test_a_task_moves_among_its_neighbours_and_keeps_its_place_when_changed(desk: Desk) -> None:
    first, second, third = add(desk, "group", "A"), add(desk, "group", "B"), add(desk, "group", "C")
    other = add(desk, "collector", ANN)
    move = MoveTask(desk.work, desk.clock)

    def order() -> list[int]:
        return [task.task for task in ListTasks(desk.work)(desk.actor) if task.attribute == "group"]

    move(TaskMove(actor=desk.actor, task=third, up=True))
    assert order() == [first, third, second]
    move(TaskMove(actor=desk.actor, task=first, up=False))
    assert order() == [third, first, second]
    for task, up in ((third, True), (second, False), (other, True)):
        move(TaskMove(actor=desk.actor, task=task, up=up))
    assert order() == [third, first, second]
    assert add(desk, "group", "D", task=first) == first
    assert order() == [third, first, second]
    with pytest.raises(NotFound):
        move(TaskMove(actor=desk.actor, task=99, up=True))
    with pytest.raises(NotFound):
        add(desk, "group", "D", task=99)


def test_the_screen_says_how_many_customers_a_task_finds_now(desk: Desk) -> None:
    add(desk, "group", "Key", "country = FR")
    shown = ShowAssignment(desk.work, desk.clock)(desk.actor)
    assert [(one.task.value, one.found) for one in shown.tasks] == [("Key", 2)]
    assert {user.email for user in shown.users} >= {ANN, BOB} and "standard" in shown.scenarios


def keep(desk: Desk, where: str, *, shared: bool = True, number: int | None = None, target: str = "customers") -> int:
    wanted = SearchToSave(
        actor=desk.actor, name="Near", search=parse(where), shared=shared, number=number, target=target
    )
    return SaveSearch(desk.work)(wanted).number


def test_a_task_follows_the_saved_search_that_it_names(desk: Desk) -> None:
    near = keep(desk, "country = DE")
    add(desk, "group", "Near", saved=near, all_customers=True)
    assert given(run(desk, dry_run=True)) == [("C3", "group", "Near")]
    keep(desk, "country = FR", number=near)
    assert given(run(desk)) == [("C1", "group", "Near"), ("C2", "group", "Near")]
    task = ListTasks(desk.work)(desk.actor)[0]
    assert (task.saved, task.saved_name, task.search) == (near, "Near", parse("country = FR"))


def test_a_search_that_a_task_follows_stays_and_stays_shared(desk: Desk) -> None:
    near = keep(desk, "country = DE")
    task = add(desk, "collector", ANN, saved=near)
    with pytest.raises(Conflict, match=f"collector = {ANN}"):
        RemoveSearch(desk.work)(SearchToRemove(actor=desk.actor, number=near))
    with pytest.raises(Conflict, match="stays shared"):
        keep(desk, "country = DE", shared=False, number=near)
    wanted = NewTask(actor=desk.actor, attribute="collector", value=ANN, search=parse("country = FR"), task=task)
    SaveTask(desk.work, desk.clock)(wanted)
    RemoveSearch(desk.work)(SearchToRemove(actor=desk.actor, number=near))
    assert ListTasks(desk.work)(desk.actor)[0].search == parse("country = FR")


def test_whom_tasks_serve_is_changed_only_by_those_who_set_tasks(desk: Desk) -> None:
    owner = Actor(tenant=desk.actor.tenant, user=UserId(1), name=ANN, role="collector")
    wanted = SearchToSave(actor=owner, name="Mine", search=parse("country = DE"), shared=True)
    number = SaveSearch(desk.work)(wanted).number
    add(desk, "group", "Near", saved=number)
    with pytest.raises(NotAllowed, match="administrator"):
        SaveSearch(desk.work)(msgspec.structs.replace(wanted, number=number, search=parse("country = FR")))


@pytest.mark.parametrize("more", [{"shared": False}, {"target": "items"}])
def test_a_task_follows_only_shared_searches_of_customers(desk: Desk, more: dict[str, Any]) -> None:
    with pytest.raises(BadInput, match="no shared search of customers"):
        add(desk, "collector", ANN, saved=keep(desk, "country = DE", **more))


def test_a_form_that_is_sent_twice_makes_one_task(desk: Desk) -> None:
    add(desk, "group", "Near", "country = FR")
    with pytest.raises(BadInput, match="task 1 gives this to the same customers already"):
        add(desk, "group", "near", "country = FR")
    add(desk, "group", "Near", "country = DE")

"""Tasks that ask an assigner: by rule, in turn, by load; and what keeps one from its work (B15, A2, A5, A12)."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import Engine

from relance.adapters.supplied.files import SuppliedFiles
from relance.core.customers.search_language import parse
from relance.core.kernel.errors import BadInput, Conflict, RelanceError
from relance.core.kernel.identifiers import TenantId, UserId
from relance.core.tenancy.users import User
from relance.plugins import Assigner, Batch, NoSettings, Proposal
from relance.plugins.assigners import colleague, collector, group, scenario
from relance.usecases.collection.run_day import NewDay, RunDay
from relance.usecases.customers.assign_customer import AssignCustomer, CustomerChoice
from relance.usecases.customers.list_groups import ListGroups
from relance.usecases.customers.list_tasks import ListTasks
from relance.usecases.customers.remove_group import RemoveGroup
from relance.usecases.customers.rename_group import NewName, RenameGroup
from relance.usecases.customers.run_tasks import RunTasks, TasksRun, TasksToRun
from relance.usecases.customers.save_task import NewTask, SaveTask
from relance.usecases.customers.show_assignment import ShowAssignment
from relance.usecases.tenancy.change_user import ChangeUser, UserChange
from tests.usecases.collection.ledgers import NoHolidays
from tests.usecases.intake.kit import Desk

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
ANN, BOB, CID = "ann@acme.example", "bob@acme.example", "cid@acme.example"
BUILT_IN: list[Assigner] = [
    one for module in (collector, colleague, group, scenario) for one in module.provide_assigners()
]


class Broken:
    """An assigner whose author made a mistake."""

    name, label, attribute, settings_type, fallback = "broken", "Broken", "group", NoSettings, False

    def gives(self, settings: NoSettings) -> Sequence[str]:
        return ()

    def propose(self, batch: Batch) -> Sequence[Proposal | None]:
        return [Proposal("Key", "because")] if batch.accounts[0].country == "XX" else [1 / 0 for _ in batch.accounts]


@pytest.fixture
def desk(engine: Engine, tenant: TenantId, tmp_path: Path) -> Desk:
    """C1 and C2 in France, C3 in Germany, C4 in Italy; Ann, Bob and Cid collect."""
    desk = Desk(engine, tenant, tmp_path)
    desk.clock.moment = NOW
    with desk.work(tenant) as unit:
        for email in (ANN, BOB, CID):
            number = UserId(unit.tenancy.next_numbers("users", 1))
            unit.tenancy.add_user(User(user=number, email=email, name=email[:3].title(), role="collector"), None)
        admin = User(
            user=UserId(unit.tenancy.next_numbers("users", 1)), email="x@y.example", name="X", role="administrator"
        )
        unit.tenancy.add_user(admin, None)
        for supplied in SuppliedFiles().scenarios():
            unit.collection.save_scenario(supplied)
    rows = ("C1,Un,FR", "C2,Deux,FR", "C3,Drei,DE", "C4,Quattro,IT")
    desk.rows(*rows, kind="customers", header="code,name,country")
    return desk


def add(desk: Desk, assigner: str, settings: dict[str, object], search: str = "", **more: object) -> int:
    attribute = assigner.partition("-")[0] if "-" in assigner else "group"
    wanted = NewTask(
        actor=desk.actor,
        attribute=attribute,
        assigner=assigner,
        settings=settings,
        search=parse(search),
        **{"all_customers": True} | more,
    )
    return SaveTask(desk.work, desk.clock, [*BUILT_IN, Broken()])(wanted).task


def run(desk: Desk, dry_run: bool = False) -> TasksRun:
    verb = RunTasks(desk.work, desk.clock, [*BUILT_IN, Broken()], NoHolidays(), b"key")
    return verb(TasksToRun(actor=desk.actor, dry_run=dry_run))


def given(found: TasksRun) -> list[tuple[str, str, str]]:
    return sorted((row.customer, row.value, row.detail or row.reason) for row in found.assigned)


def user(desk: Desk, email: str) -> User:
    with desk.work.reading(desk.actor.tenant) as unit:
        found = unit.tenancy.user_by_email(email)
    assert found
    return found


def leave(desk: Desk, email: str) -> None:
    person = user(desk, email)
    ChangeUser(desk.work, desk.clock)(
        UserChange(actor=desk.actor, user=person.user, name=person.name, role="collector", active=False)
    )


FRENCH = {"field": "country", "rules": {"FR": ANN, "DE": BOB.upper()}}


def test_b15_by_rule_the_trial_says_why_the_run_does_it_and_a_second_run_nothing(desk: Desk) -> None:
    add(desk, "collector-by-rule", FRENCH)
    dry = run(desk, dry_run=True)
    assert given(dry) == [
        ("C1", ANN, "country = FR"),
        ("C2", ANN, "country = FR"),
        ("C3", BOB, "country = DE"),
    ]
    assert desk.select("select count(*) from customers where collector_id is not null") == [(0,)]
    assert given(run(desk)) == given(dry)
    assert given(run(desk)) == []
    assert [row.customer for row in run(desk).unassigned] == ["C4"]
    assert desk.select("select distinct collector_origin, collector_by from customers where country = 'FR'") == [
        ("rule", "task 1, collector-by-rule: country = FR")
    ]


def test_whom_a_rule_does_not_know_is_left_to_the_next_task(desk: Desk) -> None:
    add(desk, "collector-by-rule", FRENCH)
    add(desk, "collector-in-turn", {"among": [CID]})
    assert [row[:2] for row in given(run(desk))] == [("C1", ANN), ("C2", ANN), ("C3", BOB), ("C4", CID)]
    assert given(run(desk)) == []


def test_b15_turns_go_on_with_new_customers_where_the_last_run_stopped(desk: Desk) -> None:
    add(desk, "collector-in-turn", {"among": [ANN, BOB, CID]})
    first = [row[:2] for row in given(run(desk))]
    assert first == [("C1", ANN), ("C2", BOB), ("C3", CID), ("C4", ANN)]
    assert given(run(desk)) == []
    desk.rows("C5,Cinq,FR", "C6,Six,FR", kind="customers", header="code,name,country", mode="delta")
    assert [row[:2] for row in given(run(desk))] == [("C5", BOB), ("C6", CID)], "the import of the kit has no plugins"
    assert [task.last for task in ListTasks(desk.work)(desk.actor)] == [CID]


def test_a2_turns_for_new_customers_only_leave_the_others_alone(desk: Desk) -> None:
    add(desk, "collector-in-turn", {"among": [ANN, BOB]}, all_customers=False)
    assert given(run(desk)) == []


def test_b15_by_load_evens_out_what_people_have(desk: Desk) -> None:
    bill = "C1,Un,F1,2026-10-01,2026-11-03,900.00"
    desk.rows(bill)
    choice = CustomerChoice(actor=desk.actor, code="C1", collector=user(desk, ANN).user)
    AssignCustomer(desk.work, desk.clock, NoHolidays(), b"key")(choice)
    number = add(desk, "collector-by-load", {"among": [ANN, BOB]})
    assert given(run(desk, dry_run=True)) == [("C2", BOB, "0"), ("C3", ANN, "1"), ("C4", BOB, "1")]
    by_amount = {"among": [ANN, BOB], "measure": "amount"}
    add(desk, "collector-by-load", by_amount, task=number)
    assert [row[:2] for row in given(run(desk))] == [("C2", BOB), ("C3", BOB), ("C4", BOB)]


def test_a5_a_persons_choice_is_kept_and_uses_up_no_turn(desk: Desk) -> None:
    choice = CustomerChoice(actor=desk.actor, code="C1", collector=user(desk, CID).user)
    AssignCustomer(desk.work, desk.clock, NoHolidays(), b"key")(choice)
    add(desk, "collector-in-turn", {"among": [ANN, BOB]})
    found = run(desk)
    assert [row[:2] for row in given(found)] == [("C2", ANN), ("C3", BOB), ("C4", ANN)]
    assert [(row.customer, row.before) for row in found.kept] == [("C1", CID)]


def test_a12_groups_by_rule_come_and_go_with_the_field(desk: Desk) -> None:
    rules = {"field": "country", "rules": {"FR": "France", "DE": "Germany"}}
    add(desk, "group-by-rule", rules, remove=True)
    assert [row[:2] for row in given(run(desk))] == [("C1", "France"), ("C2", "France"), ("C3", "Germany")]
    desk.rows("C1,Un,DE", "C2,Deux,IT", kind="customers", header="code,name,country", mode="delta")
    found = run(desk)
    assert [row[:2] for row in given(found)] == [("C1", "Germany")]
    assert sorted((row.customer, row.value) for row in found.removed) == [("C1", "France"), ("C2", "France")]
    assert (given(run(desk)), run(desk).removed) == ([], [])


def test_s0_19_colleagues_and_scenarios_have_assigners_too(desk: Desk) -> None:
    add(desk, "colleague-in-turn", {"among": [ANN, BOB]})
    add(desk, "scenario-by-rule", {"field": "country", "rules": {"FR": "gentle"}, "otherwise": "standard"})
    assert [row[:2] for row in given(run(desk))] == [
        ("C1", ANN),
        ("C1", "gentle"),
        ("C2", BOB),
        ("C2", "gentle"),
        ("C3", ANN),
        ("C4", BOB),
    ]
    assert given(run(desk)) == []


@pytest.mark.parametrize(
    ("assigner", "settings", "words"),
    [
        ("collector-by-rule", {"field": "country", "rules": {"FR": "nobody@acme.example"}}, "nobody@acme.example"),
        ("collector-in-turn", {"among": []}, "name at least one"),
        ("collector-by-mood", {}, "no assigner 'collector-by-mood' gives a collector; there are collector-by-rule"),
        ("collector-default", {}, "no assigner"),
        ("scenario-in-turn", {"among": ["unheard-of"]}, "unheard-of"),
        ("group-by-rule", {"field": "country", "rules": {"FR": "x" * 101}}, "at most 100"),
    ],
)
def test_what_an_assigner_cannot_do_is_refused_when_it_is_saved(
    desk: Desk, assigner: str, settings: dict[str, object], words: str
) -> None:
    with pytest.raises(RelanceError, match=words):
        add(desk, assigner, settings)
    assert ListTasks(desk.work)(desk.actor) == []


def test_settings_need_an_assigner_and_an_assigner_no_value(desk: Desk) -> None:
    with pytest.raises(BadInput, match="only an assigner"):
        add(desk, "", {"among": [ANN]}, value="Key")
    with pytest.raises(BadInput, match="either a value"):
        add(desk, "group-in-turn", {"among": ["A"]}, value="Key")
    add(desk, "group-in-turn", {"among": ["A"]})
    with pytest.raises(BadInput, match="already"):
        add(desk, "group-in-turn", {"among": ["A"]})


def test_a1_who_left_gets_nothing_more_and_neither_the_day_nor_the_other_tasks_stop(desk: Desk) -> None:
    add(desk, "collector-by-rule", FRENCH)
    fixed = NewTask(
        actor=desk.actor, attribute="collector", value=BOB, all_customers=True, search=parse("country = IT")
    )
    SaveTask(desk.work, desk.clock)(fixed)
    with desk.work(desk.actor.tenant) as unit:
        unit.tenancy.save_setting("collector", BOB, NOW, "test")
    leave(desk, BOB)
    found = run(desk)
    assert [row[:2] for row in given(found)] == [("C1", ANN), ("C2", ANN)]
    assert [(one.task, one.words.lower()) for one in found.problems] == [
        (1, f"no active user is called {BOB}"),
        (2, f"no active user is called {BOB}"),
        (0, f"no active user is called {BOB}"),
    ]
    RunDay(desk.work, desk.clock, NoHolidays(), b"key", assigners=BUILT_IN)(NewDay(actor=desk.actor))
    desk.rows("C9,Neuf,FR", kind="customers", header="code,name,country", mode="delta")
    shown = ShowAssignment(desk.work, desk.clock, BUILT_IN)(desk.actor)
    assert [len(one.problems) for one in shown.tasks] == [1, 1] and shown.problems


def test_a_broken_assigner_is_named_and_takes_nothing_away(desk: Desk) -> None:
    number = add(desk, "group-in-turn", {"among": ["A"]}, remove=True)
    run(desk)
    add(desk, "broken", {}, remove=True, task=number)
    found = run(desk)
    assert (found.assigned, found.removed) == ([], [])
    assert [one.words for one in found.problems] == ["broken: ZeroDivisionError: division by zero"]
    verb = RunTasks(desk.work, desk.clock, BUILT_IN, NoHolidays(), b"key")
    [gone] = verb(TasksToRun(actor=desk.actor)).problems
    assert gone.words == "no assigner 'broken' is loaded for a group"


def test_capitals_in_an_address_change_nothing(desk: Desk) -> None:
    wanted = NewTask(actor=desk.actor, attribute="collector", value=ANN.upper(), all_customers=True)
    SaveTask(desk.work, desk.clock)(wanted)
    assert len(run(desk).assigned) == 4
    assert run(desk).assigned == []
    assert msgspec.to_builtins(ListTasks(desk.work)(desk.actor)[0])["value"] == ANN.upper()


def test_s4_10_a_group_that_an_assigner_gives_is_renamed_there_too_and_not_removed(desk: Desk) -> None:
    rules = {"field": "country", "rules": {"FR": "Country", "DE": "Germany"}, "otherwise": "country"}
    add(desk, "group-by-rule", rules)
    run(desk)
    number = next(line.group.group for line in ListGroups(desk.work, desk.clock)(desk.actor) if line.customers == 3)
    with pytest.raises(Conflict, match="task gives this group"):
        RemoveGroup(desk.work, desk.clock)(desk.actor, number)
    RenameGroup(desk.work, BUILT_IN)(NewName(actor=desk.actor, group=number, name="Home"))
    [task] = ListTasks(desk.work)(desk.actor)
    assert task.settings == {"field": "country", "rules": {"FR": "Home", "DE": "Germany"}, "otherwise": "Home"}
    assert run(desk).assigned == []


def test_a2_new_customers_wait_for_a_task_that_could_not_do_its_work(desk: Desk) -> None:
    add(desk, "collector-in-turn", {"among": [BOB]}, all_customers=False)
    leave(desk, BOB)
    desk.rows("C5,Cinq,FR", kind="customers", header="code,name,country", mode="delta")
    assert run(desk).assigned == []
    person = user(desk, BOB)
    back = UserChange(actor=desk.actor, user=person.user, name=person.name, role="collector", active=True)
    ChangeUser(desk.work, desk.clock)(back)
    assert [row[:2] for row in given(run(desk))] == [("C5", BOB)]
    assert given(run(desk)) == []

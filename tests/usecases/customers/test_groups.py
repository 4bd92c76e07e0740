"""Groups and colleagues by hand, and the groups themselves (S0.9 to S0.12, S4.1, S4.5, S4.9, S4.11, S4.15, A5)."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine

from relance.core.customers.search_language import parse, written
from relance.core.kernel.errors import BadInput, Conflict, NotAllowed, NotFound
from relance.core.kernel.identifiers import TenantId, UserId
from relance.core.tenancy.users import Actor, User
from relance.ports.store.assigned import Assigned
from relance.usecases.customers.assign_customer import AssignCustomer, CustomerChoice
from relance.usecases.customers.create_group import CreateGroup
from relance.usecases.customers.list_groups import ListGroups
from relance.usecases.customers.remove_group import RemoveGroup
from relance.usecases.customers.rename_group import NewName, RenameGroup
from relance.usecases.customers.run_tasks import RunTasks, TasksToRun
from relance.usecases.customers.save_search import SaveSearch, SearchToSave
from relance.usecases.customers.save_task import NewTask, SaveTask
from relance.usecases.customers.show_group import ShowGroup
from relance.usecases.insight.show_aged_balance import AgedBalanceWanted, ShowAgedBalance
from tests.usecases.collection.ledgers import NoHolidays
from tests.usecases.intake.kit import Desk

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
HEADER = "customer_code,customer_name,number,issued_on,due_on,amount,currency"


@pytest.fixture
def desk(engine: Engine, tenant: TenantId, tmp_path: Path) -> Desk:
    desk = Desk(engine, tenant, tmp_path)
    desk.clock.moment = NOW
    rows = (
        "C1,Un,F1,2026-01-01,2026-02-01,100.00,EUR",
        "C2,Deux,F2,2026-11-01,2027-01-01,40.00,EUR",
        "C2,Deux,F3,2026-01-01,2026-02-01,7.00,USD",
    )
    desk.rows(*rows, header=HEADER)
    return desk


def person(desk: Desk, email: str, active: bool = True) -> UserId:
    with desk.work(desk.actor.tenant) as unit:
        number = UserId(unit.tenancy.next_numbers("users", 1))
        user = User(user=number, email=email, name=email.partition("@")[0], role="collector", active=active)
        unit.tenancy.add_user(user, None)
    return number


def choose(desk: Desk, choice: CustomerChoice) -> None:
    AssignCustomer(desk.work, desk.clock, NoHolidays(), b"key")(choice)


def put(desk: Desk, code: str, *names: str, actor: Actor | None = None) -> None:
    choose(desk, CustomerChoice(actor=actor or desk.actor, code=code, groups=names))


def associate(desk: Desk, code: str, *users: UserId) -> None:
    choose(desk, CustomerChoice(actor=desk.actor, code=code, colleagues=users))


def assigned(desk: Desk, code: str) -> Assigned:
    with desk.work.reading(desk.actor.tenant) as unit:
        return unit.assigned.of(unit.customer_file.card(code, None).customer)


def listed(desk: Desk, actor: Actor | None = None) -> dict[str, tuple[object, ...]]:
    lines = ListGroups(desk.work, desk.clock)(actor or desk.actor)
    return {
        line.group.name: (line.customers, *((f.currency, f.balance, f.overdue) for f in line.figures)) for line in lines
    }


def test_a_customer_is_in_several_groups_which_count_their_customers_and_figures(desk: Desk) -> None:
    put(desk, "C1", "Key", "France")
    put(desk, "C2", "key", "Export")
    assert [given.name for given in assigned(desk, "C2").groups] == ["Export", "Key"]
    assert listed(desk) == {
        "Export": (1, ("EUR", 4000, 0), ("USD", 700, 700)),
        "France": (1, ("EUR", 10000, 10000)),
        "Key": (2, ("EUR", 14000, 10000), ("USD", 700, 700)),
    }
    put(desk, "C2", "Export")
    assert listed(desk)["Key"] == (1, ("EUR", 10000, 10000))


def test_b19_a_group_has_a_dso_once_its_sales_are_known(desk: Desk) -> None:
    """The ledger must have been fed since the period began, and without sales there is no ratio."""
    put(desk, "C2", "Key")
    [line] = ListGroups(desk.work, desk.clock)(desk.actor)
    assert (line.sales_from, {one.dso for one in line.figures}) == (None, {None}), "the first file came today"
    desk.clock.moment = datetime(2027, 1, 28, 9, tzinfo=UTC)
    assert ListGroups(desk.work, desk.clock)(desk.actor)[0].sales_from is None
    desk.rows("C2,Deux,F4,2027-02-20,2027-03-20,20.00,EUR", header=HEADER, mode="delta")
    desk.clock.moment = datetime(2027, 3, 5, 9, tzinfo=UTC)
    desk.rows("C2,Deux,F5,2027-03-02,2027-04-02,1000.00,EUR", header=HEADER, mode="delta")
    [line] = ListGroups(desk.work, desk.clock)(desk.actor)
    figures = {one.currency: (one.balance, one.dso) for one in line.figures}
    assert line.sales_from == date(2026, 12, 1)
    assert figures == {"EUR": (106000, Decimal(270)), "USD": (700, None)}, "what came after February counts in neither"


def test_who_sees_only_their_own_counts_only_these(desk: Desk) -> None:
    ann = person(desk, "ann7@acme.example")
    put(desk, "C1", "Key")
    put(desk, "C2", "Key")
    associate(desk, "C1", ann)
    mine = Actor(tenant=desk.actor.tenant, user=ann, name="Ann", role="manager", own_only=True)
    assert listed(desk, mine) == {"Key": (1, ("EUR", 10000, 10000))}
    with pytest.raises(NotFound):
        put(desk, "C2", "Other", actor=mine)


def test_what_a_person_chose_says_so_and_no_task_begins_again_what_a_person_ended(desk: Desk) -> None:
    ann, ben = person(desk, "ann8@acme.example"), person(desk, "ben8@acme.example", active=False)
    associate(desk, "C1", ann, ben)
    put(desk, "C1", "Key")
    found = assigned(desk, "C1")
    assert [(c.name, c.origin, c.author) for c in found.colleagues] == [
        ("ann8", "person", "system"),
        ("ben8", "person", "system"),
    ]
    associate(desk, "C1", ben)
    put(desk, "C1")
    for attribute, value in (("group", "Key"), ("colleague", "ann8@acme.example")):
        wanted = NewTask(actor=desk.actor, attribute=attribute, value=value, search=parse(""), all_customers=True)
        SaveTask(desk.work, desk.clock)(wanted)
    done = RunTasks(desk.work, desk.clock, [], NoHolidays(), b"key")(TasksToRun(actor=desk.actor))
    assert [(row.customer, row.value) for row in done.kept] == [("C1", "ann8@acme.example"), ("C1", "Key")]
    assert [c.name for c in assigned(desk, "C1").colleagues] == ["ben8"] and not assigned(desk, "C1").groups
    put(desk, "C1", "Key")
    assert [g.origin for g in assigned(desk, "C1").groups] == ["person"]


def test_a_group_is_created_renamed_with_its_tasks_and_removed(desk: Desk) -> None:
    group = CreateGroup(desk.work, desk.clock)(desk.actor, "  Key   accounts ")
    assert listed(desk) == {"Key accounts": (0,)}
    with pytest.raises(Conflict, match="another name"):
        CreateGroup(desk.work, desk.clock)(desk.actor, "KEY accounts")
    with pytest.raises(BadInput, match="name"):
        CreateGroup(desk.work, desk.clock)(desk.actor, " ")
    task = NewTask(actor=desk.actor, attribute="group", value="key accounts", search=parse("code = C1"))
    SaveTask(desk.work, desk.clock)(task)
    RenameGroup(desk.work)(NewName(actor=desk.actor, group=group.group, name="Large"))
    with desk.work.reading(desk.actor.tenant) as unit:
        [kept] = unit.assignment.tasks()
    assert kept.value == "Large"
    remove = RemoveGroup(desk.work, desk.clock)
    with pytest.raises(Conflict, match="task"):
        remove(desk.actor, group.group)
    with desk.work(desk.actor.tenant) as unit:
        unit.assignment.remove(kept.task)
    put(desk, "C1", "Large")
    assert remove(desk.actor, group.group) == 1
    assert listed(desk) == {} and not assigned(desk, "C1").groups
    with pytest.raises(NotFound):
        remove(desk.actor, group.group)


def test_only_who_may_assign_does(desk: Desk) -> None:
    viewer = Actor(tenant=desk.actor.tenant, user=UserId(99), name="Vera", role="viewer")
    with pytest.raises(NotAllowed):
        put(desk, "C1", "Key", actor=viewer)
    with pytest.raises(NotAllowed):
        CreateGroup(desk.work, desk.clock)(viewer, "Key")
    assert listed(desk, viewer) == {}


def test_saved_searches_of_everybody_and_tasks_follow_a_group_to_its_new_name(desk: Desk) -> None:
    put(desk, "C1", "Key")
    ann, bob = person(desk, "ann2@acme.example"), person(desk, "bob2@acme.example")
    for number, owner in enumerate((ann, bob), 1):
        actor = Actor(tenant=desk.tenant, user=owner, name="x")
        save = SearchToSave(actor=actor, name=f"S{number}", search=parse("group = key and overdue > 5"))
        SaveSearch(desk.work)(save)
    save_task = SaveTask(desk.work, desk.clock)
    save_task(NewTask(actor=desk.actor, attribute="group", value="Other", search=parse("group = Key")))
    seen = ShowGroup(desk.work)(Actor(tenant=desk.tenant, user=ann, name="ann"), 1)
    assert (seen.searches, seen.private, len(seen.asking), seen.giving) == (["S1"], 1, 1, [])
    RenameGroup(desk.work)(NewName(actor=desk.actor, group=1, name="Large"))
    with desk.work.reading(desk.tenant) as unit:
        assert {written(one.search) for one in unit.saved_searches.all()} == {"group = Large and overdue > 5"}
        assert [written(task.search) for task in unit.assignment.tasks()] == ["group = Large"]


def test_the_aged_balance_by_group_counts_a_customer_in_each_and_the_total_once(desk: Desk) -> None:
    put(desk, "C1", "Key", "North")
    balance = ShowAgedBalance(desk.work, desk.clock)(AgedBalanceWanted(actor=desk.actor, by="group"))
    rows = {(row.of, row.currency): row.total for row in balance.rows}
    assert rows == {("", "EUR"): 4000, ("", "USD"): 700, ("Key", "EUR"): 10000, ("North", "EUR"): 10000}
    assert {row.currency: row.total for row in balance.totals} == {"EUR": 14000, "USD": 700}

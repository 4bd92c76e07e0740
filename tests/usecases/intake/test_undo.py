"""Undoing an import: the ledger before it comes back, the latest import of a source first (A6)."""

import random
from collections.abc import Sequence

import pytest

from relance.adapters.calendars import HolidayCalendars
from relance.adapters.supplied.files import SuppliedFiles
from relance.core.intake.reports import ImportReport
from relance.core.intake.undoing import Losses
from relance.core.kernel.errors import Conflict, NotAllowed, NotFound
from relance.core.kernel.identifiers import ImportId
from relance.core.tenancy.users import Actor
from relance.usecases.collection.list_actions import ActionsQuestion, ListActions
from relance.usecases.collection.run_day import NewDay, RunDay
from relance.usecases.collection.show_action import ShowAction
from relance.usecases.collection.show_agenda import AgendaAsked
from relance.usecases.insight.open_customer import CustomerWanted, OpenCustomer
from relance.usecases.intake.foresee_undo import ForeseeUndo, UndoForeseen, UndoQuestion
from relance.usecases.intake.undo_import import ImportToUndo, ImportUndone, UndoImport
from tests.usecases.intake.kit import Desk

ITEMS = "customer_code,customer_name,number,issued_on,due_on,amount,open_amount,reference,type"
PAYMENTS = "customer_code,paid_on,amount,number,reference"
PEOPLE = "code,name,city,credit_limit,blocked,groups"
CONTACTS = "customer_code,name,email,phone,collection"


def undo(desk: Desk, number: int, **actor: object) -> ImportUndone:
    who = Actor(tenant=desk.tenant, user=None, name="Nora", **actor)  # type: ignore[arg-type]  # roles and rights
    return UndoImport(desk.work, desk.clock, HolidayCalendars(), b"key")(
        ImportToUndo(actor=who, number=ImportId(number))
    )


def foreseen(desk: Desk, number: int) -> UndoForeseen:
    return ForeseeUndo(desk.work)(UndoQuestion(actor=desk.actor, number=ImportId(number)))


def state(desk: Desk) -> Sequence[tuple[object, ...]]:
    """Everything that an import may change, but for the history, which remembers."""
    content: list[tuple[object, ...]] = [row for row in desk.ledger() if row[0] != "item_changes"]
    content += desk.select("select customer_id, group_id, ended_at from customer_groups order by 1, 2, 3")
    content += desk.select("select name from groups order by 1")
    content += desk.select(
        "select source_id, name, last_good_at, last_import_id from sources where last_import_id > 0 order by 1"
    )
    return content


def made_up(seed: int, several: bool) -> list[str]:
    """Lines of an export around some forty items of twelve customers; some numbers have two due dates."""
    dice = random.Random(seed)
    lines = []
    for place in range(40):
        if dice.random() < 0.3:
            continue
        amount = 100 + place
        is_open = dice.choice([amount, amount, amount, amount // 2, 0])
        due = f"2026-02-{dice.choice([10, 10, 10, 20])}"
        one = f"C{place % 12},Customer {place % 12},N{place},2026-01-05"
        rest = f"{amount},{is_open},R{dice.randint(1, 2)},{'credit-note' if place % 9 == 0 else 'invoice'}"
        lines.append(f"{one},{due},{rest}")
        if several and place % 7 == 0:
            lines.append(f"{one},2026-03-15,{rest}")
    return lines


def paid(seed: int) -> list[str]:
    dice = random.Random(seed)
    return [
        f"C{place % 12},2026-02-0{dice.randint(1, 9)},{dice.choice([20, 100, 500])},{number},P{seed}-{place}"
        for place in range(8)
        for number in [dice.choice(["", f"N{place}"])]
    ]


def people(seed: int) -> list[str]:
    dice = random.Random(seed)
    return [
        f"C{place},Name {dice.randint(1, 2)},Paris {dice.randint(1, 3)},{dice.choice(['', '900'])},{place % 2},"
        f"{dice.choice(['', 'Key', 'Key|Chain'])}"
        for place in range(dice.randint(3, 15))
    ]


def contacts(seed: int) -> list[str]:
    dice = random.Random(seed)
    return [
        f"C{place},Anna {place},anna{dice.randint(1, 3)}@c{place}.example,{dice.randint(1, 2)},1" for place in range(5)
    ]


def one_import(desk: Desk, dice: random.Random, seed: int) -> ImportReport:
    """Any import of any kind."""
    kind = dice.choice(["items", "items", "items", "payments", "customers", "contacts", "other items"])
    known = {row[0] for row in desk.select("select code from customers")}
    if kind == "payments":
        lines = [line for line in paid(seed) if line.split(",")[0] in known]
        return desk.rows(*lines, kind="payments", header=PAYMENTS)
    if kind == "customers":
        instead = {"replace-groups": "1"} if dice.random() < 0.5 else {}
        return desk.rows(*people(seed), kind="customers", header=PEOPLE, options=instead)
    if kind == "contacts":
        lines = [line for line in contacts(seed) if line.split(",")[0] in known]
        return desk.rows(*lines, kind="contacts", header=CONTACTS)
    source = {"source": "other"} if kind == "other items" else {}
    mode = dice.choice(["stock", "stock", "delta"])
    return desk.rows(
        *made_up(seed, several=dice.random() < 0.4), header=ITEMS, mode=mode, override_guard=True, **source
    )


@pytest.mark.parametrize("seed", range(12))
def test_undoing_imports_one_after_the_other_leads_back_through_every_state(desk: Desk, seed: int) -> None:
    dice = random.Random(seed)
    states = [(0, state(desk))]
    for step in range(6):
        report = one_import(desk, dice, seed * 100 + step)
        assert report.state == "done" or not report.rows
        if report.state == "done":
            states.append((report.number, state(desk)))
    for place in range(len(states) - 1, 0, -1):
        undo(desk, states[place][0])
        assert state(desk) == states[place - 1][1]
    assert desk.select("select count(*) from undo_rows") == [(0,)]
    assert desk.select("select count(*) from undo_parts") == [(0,)]
    assert {row[0] for row in desk.select("select state from imports")} <= {"undone", "refused"}


FILE = (
    "C1,Anna,A-1,2026-01-05,2026-02-10,100",
    "C1,Anna,A-2,2026-01-05,2026-02-10,50",
    "C2,Ben,B-1,2026-01-05,2026-02-10,70",
)


def test_an_import_whose_source_has_a_newer_one_waits_its_turn(desk: Desk) -> None:
    desk.rows(*FILE)
    desk.rows(*FILE[:2])
    with pytest.raises(Conflict, match="undo import 2 first"):
        undo(desk, 1)
    assert foreseen(desk, 1).imports == (2,)
    assert undo(desk, 2).state == "undone"
    assert undo(desk, 1).lost == Losses(items=3, customers=2)
    assert desk.sum().count == 0
    with pytest.raises(Conflict, match="undone already"):
        undo(desk, 1)
    with pytest.raises(NotFound):
        undo(desk, 9)


def test_an_import_whose_items_another_source_changed_waits_too(desk: Desk) -> None:
    desk.rows(*FILE)
    desk.rows("C1,2026-02-11,40,A-1,", kind="payments", header=PAYMENTS)
    assert foreseen(desk, 1).reason == "items-changed-since"
    with pytest.raises(Conflict, match="later imports changed the same items; undo import 2 first"):
        undo(desk, 1)
    undo(desk, 2)
    undo(desk, 1)
    assert desk.sum().count == 0


def test_what_was_only_held_or_refused_has_nothing_to_undo(desk: Desk) -> None:
    desk.rows(*FILE)
    desk.rows()
    assert foreseen(desk, 2).reason == "changed-nothing"
    assert foreseen(desk, 1).reason == ""


def test_undoing_needs_the_right(desk: Desk) -> None:
    desk.rows(*FILE)
    for role in ("collector", "viewer", "colleague"):
        with pytest.raises(NotAllowed):
            undo(desk, 1, role=role)
    assert undo(desk, 1, role="collector", rights=("undo",)).state == "undone"


def test_the_history_keeps_what_was_undone_and_by_whom(desk: Desk) -> None:
    desk.rows(*FILE)
    desk.rows(*FILE[:2], "C2,Ben,B-1,2026-01-05,2026-02-10,71")
    undo(desk, 2)
    rows = desk.select("select kind, author, open_before, open_after from item_changes order by change_id")
    assert rows == [("changed", "system", 7000, 7100), ("undone", "Nora", 7100, 7000)]
    assert desk.select("select event, actor from audit where event = 'import-undone'") == [("import-undone", "Nora")]
    desk.rows(*FILE[:2])
    undo(desk, 3)
    opened = OpenCustomer(desk.work, desk.clock)(CustomerWanted(actor=desk.actor, code="C2"))
    assert [entry.kind for entry in opened.timeline] == ["imported"]


def test_the_same_file_again_brings_everything_back(desk: Desk) -> None:
    first = desk.rows(*FILE)
    undo(desk, first.number)
    assert desk.rows(*FILE).new == 3
    assert desk.rows(*FILE).identical


def test_the_shortcut_for_an_identical_file_is_that_of_the_import_before(desk: Desk) -> None:
    """A21: what the source last read is what is in the ledger."""
    desk.rows(*FILE)
    changed = desk.rows(*FILE[:2])
    undo(desk, changed.number)
    assert not desk.rows(*FILE[:2]).identical
    undo(desk, 3)
    assert desk.rows(*FILE).identical
    assert desk.sum().count == 3


def test_after_an_undo_no_row_is_taken_for_one_that_was_read(desk: Desk) -> None:
    """The digests go back with the values: the file before differs in nothing, the undone one does."""
    desk.rows(*FILE)
    other = [line.replace("2026-02-10", "2026-02-11") for line in FILE]
    desk.rows(*other)
    undo(desk, 2)
    assert desk.rows(*other, dry_run=True).changed == 3
    assert desk.rows(*reversed(FILE)).unchanged == 3


def test_steps_done_since_are_remembered_until_the_item_comes_back(desk: Desk) -> None:
    """A31, D7: nobody who was put on notice gets a courtesy note because a file was taken back."""
    desk.rows(*FILE)
    with desk.engine.begin() as connection:
        connection.exec_driver_sql(
            "update items set step_done = 4, step_on = 20500 where tenant_id = 1 and number = 'A-1'"
        )
        connection.exec_driver_sql(
            "insert into listed_items (tenant_id, action_id, item_id, open_amount, step_number) "
            "values (1, 9, 1, 100, 4)"
        )
    assert foreseen(desk, 1).losses.listed == 1
    undo(desk, 1)
    desk.rows(*FILE[1:], mode="delta")
    assert desk.select("select max(step_done) from items") == [(0,)]
    desk.rows(*FILE[:1], mode="delta")
    query = "select i.step_done, i.step_on, l.action_id from items i join listed_items l on l.item_id = i.item_id"
    assert desk.select(query) == [(4, 20500, 9)]
    assert desk.select("select * from vanished_items") == []


def test_what_people_did_with_new_items_is_named_before_it_is_lost(desk: Desk) -> None:
    desk.rows(*FILE)
    with desk.engine.begin() as connection:
        for hold, item, kind in ((1, 1, "promise"), (2, 2, "dispute")):
            connection.exec_driver_sql(
                "insert into holds (tenant_id, hold_id, item_id, customer_id, kind, comment, author, at) "
                f"values (1, {hold}, {item}, 1, '{kind}', '', 'Nora', 1)"
            )
        connection.exec_driver_sql(
            "insert into timeline (tenant_id, entry_id, customer_id, at, kind, author, detail) "
            "values (1, 1, 1, 1, 'note', 'Nora', '{}')"
        )
    expected = Losses(items=3, customers=1, customers_kept=1, promises=1, disputes=1)
    assert foreseen(desk, 1).losses == expected
    assert undo(desk, 1).lost == expected
    assert desk.select("select code from customers") == [("C1",)]
    assert desk.select("select count(*) from holds where released_at is null") == [(0,)]


def test_what_a_person_changed_of_a_customer_or_contact_since_stays(desk: Desk) -> None:
    desk.rows("C1,Anna,Paris,,0,", kind="customers", header=PEOPLE)
    desk.rows("C1,Berta,b@c1.example,1,1", kind="contacts", header=CONTACTS)
    desk.rows("C1,Anna & Co,Lyon,900,1,", kind="customers", header=PEOPLE)
    desk.rows("C1,Berta B,b@c1.example,2,1", kind="contacts", header=CONTACTS)
    with desk.engine.begin() as connection:
        connection.exec_driver_sql("update customers set city = 'Nice' where tenant_id = 1")
        connection.exec_driver_sql("update contacts set phone = '3' where tenant_id = 1")
    assert foreseen(desk, 3).losses == Losses(people_restored=1, values_kept=1)
    undo(desk, 4)
    undo(desk, 3)
    assert desk.select("select name, city, credit_limit, blocked from customers") == [("Anna", "Nice", None, False)]
    assert desk.select("select name, phone from contacts") == [("Berta", "3")]


def test_only_the_last_imports_of_a_source_can_be_undone(desk: Desk) -> None:
    for count in range(13):
        desk.rows(f"C1,Anna,A-{count},2026-01-05,2026-02-10,100", mode="delta")
    for number in range(13, 3, -1):
        undo(desk, number)
    assert foreseen(desk, 3).reason == "undo-not-kept"


def planned(desk: Desk) -> list[tuple[object, ...]]:
    """Accounts with an open action: code, leader's number, amount."""
    query = (
        "select c.code, i.number, a.amount from actions a join customers c on c.customer_id = a.customer_id "
        "left join items i on i.item_id = a.leader_item_id where a.state in ('planned', 'to-confirm', 'confirmed') "
        "order by c.code"
    )
    return list(desk.select(query))


def decide(desk: Desk) -> None:
    """The day, with the supplied scenarios."""
    with desk.work(desk.tenant) as unit:
        for scenario in SuppliedFiles().scenarios():
            unit.collection.save_scenario(scenario)
    RunDay(desk.work, desk.clock, HolidayCalendars(), b"key")(NewDay(actor=desk.actor))


def test_actions_follow_what_was_undone(desk: Desk) -> None:
    """D10: what led is gone and goes, another leader is decided, what is not touched stays."""
    desk.rows(*FILE)
    desk.rows(*FILE[1:], "C1,Anna,A-0,2026-01-05,2026-02-01,30", "C3,Cleo,C-1,2026-01-05,2026-02-10,10", mode="stock")
    decide(desk)
    assert planned(desk) == [("C1", "A-0", 8000), ("C2", "B-1", 7000), ("C3", "C-1", 1000)]
    assert foreseen(desk, 2).losses.actions == 2
    done = undo(desk, 2)
    assert (done.withdrawn, done.decided) == (1, True)
    assert planned(desk) == [("C1", "A-1", 15000), ("C2", "B-1", 7000)]
    assert desk.select("select code from customers order by code") == [("C1",), ("C2",)]
    cancelled = "select reason from actions where state = 'cancelled'"
    assert desk.select(cancelled) == [("leader-gone",)]
    undo(desk, 1)
    assert desk.select("select count(*) from actions") == [(0,)]


def test_a_message_that_was_sent_stays_readable_without_its_items(desk: Desk) -> None:
    desk.rows(*FILE)
    decide(desk)
    with desk.engine.begin() as connection:
        connection.exec_driver_sql("update actions set state = 'sent', done_on = 20514 where tenant_id = 1")
        connection.exec_driver_sql(
            "insert into listed_items (tenant_id, action_id, item_id, open_amount, step_number) "
            "select 1, action_id, leader_item_id, 100, 1 from actions where tenant_id = 1"
        )
    assert foreseen(desk, 1).losses == Losses(items=3, customers_kept=2, listed=2)
    undo(desk, 1)
    listed = ListActions(desk.work)(ActionsQuestion(actor=desk.actor))
    assert [(row.customer, row.state) for row in listed] == [("C1", "sent"), ("C2", "sent")]
    for row in listed:
        ShowAction(desk.work, desk.clock)(AgendaAsked(actor=desk.actor, zone="Europe/Paris"), row.action)
        OpenCustomer(desk.work, desk.clock)(CustomerWanted(actor=desk.actor, code=row.customer))
    decide(desk)
    assert planned(desk) == []

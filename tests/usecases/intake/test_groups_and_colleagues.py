"""Groups and colleagues in the customers' file: several, added, kept where a person decided (S4.11 to S4.15, A5)."""

import pytest

from relance.core.intake.reports import ImportReport
from relance.core.kernel.identifiers import UserId
from relance.core.tenancy.users import User
from tests.usecases.intake.kit import Desk
from tests.usecases.intake.test_undo import undo

HEADER = "code,name,groups,colleagues"
GROUPS = (
    "select c.code, g.name, l.origin, l.author from customer_groups l "
    "join groups g on g.tenant_id = l.tenant_id and g.group_id = l.group_id "
    "join customers c on c.tenant_id = l.tenant_id and c.customer_id = l.customer_id "
    "where l.ended_at is null order by c.code, g.name"
)
COLLEAGUES = (
    "select c.code, u.email from customer_colleagues l "
    "join users u on u.tenant_id = l.tenant_id and u.user_id = l.user_id "
    "join customers c on c.tenant_id = l.tenant_id and c.customer_id = l.customer_id "
    "where l.ended_at is null order by c.code, u.email"
)


def add(desk: Desk, *people: tuple[str, str]) -> None:
    with desk.work(desk.tenant) as unit:
        for email, name in people:
            number = UserId(unit.tenancy.next_numbers("users", 1))
            unit.tenancy.add_user(User(user=number, email=email, name=name, role="colleague", active=False), None)


def put(desk: Desk, *lines: str, **more: object) -> ImportReport:
    return desk.rows(*lines, kind="customers", header=HEADER, **more)


def linked(desk: Desk, query: str) -> list[tuple[object, ...]]:
    return [row[:2] for row in desk.select(query)]


def set_origin(desk: Desk, code: str, group: str) -> None:
    """A person chose this group, as issue 4's pages will."""
    with desk.engine.begin() as connection:
        connection.exec_driver_sql(
            "update customer_groups set origin = 'person', author = 'Ann' where tenant_id = 1 and customer_id = "
            f"(select customer_id from customers where tenant_id = 1 and code = '{code}') and group_id = "
            f"(select group_id from groups where tenant_id = 1 and name = '{group}')"
        )


def test_several_groups_are_made_by_the_file_and_added_by_the_next(desk: Desk) -> None:
    report = put(desk, 'C1,Acme,"Key, North",', "C2,Globex,key|South,", "C3,Initech,,")
    assert (report.state, report.new, report.rejected) == ("done", 3, ())
    by = ("import", "import 1")
    assert desk.select(GROUPS) == [
        ("C1", "Key", *by),
        ("C1", "North", *by),
        ("C2", "Key", *by),
        ("C2", "South", *by),
    ]
    again = put(desk, "C1,Acme,Key,", "C2,Globex,East,", "C3,Initech,,")
    assert (again.changed, again.unchanged) == (1, 2)
    assert linked(desk, GROUPS) == [("C1", "Key"), ("C1", "North"), ("C2", "East"), ("C2", "Key"), ("C2", "South")]


def test_replacing_ends_what_imports_said_and_nothing_that_a_person_chose(desk: Desk) -> None:
    put(desk, "C1,Acme,Key|North,")
    set_origin(desk, "C1", "North")
    report = put(desk, "C1,Acme,South,", options={"replace-groups": "1"})
    assert report.changed == 1
    assert linked(desk, GROUPS) == [("C1", "North"), ("C1", "South")]
    with desk.work(desk.tenant) as unit:
        unit.tenancy.save_setting("imports-override", "groups", desk.clock.now(), "test")
    put(desk, "C1,Acme,South,", options={"replace-groups": "1"})
    assert linked(desk, GROUPS) == [("C1", "South")]


def test_a_group_that_a_person_took_away_is_not_given_again_by_a_file(desk: Desk) -> None:
    put(desk, "C1,Acme,Key|North,")
    with desk.engine.begin() as connection:
        connection.exec_driver_sql(
            "update customer_groups set ended_at = 1, ended_origin = 'person' where tenant_id = 1 and link_id = 1"
        )
    report = put(desk, "C1,Acme,Key|North,")
    assert (report.changed, linked(desk, GROUPS)) == (0, [("C1", "North")])


def test_colleagues_are_found_by_address_and_by_name_and_the_unknown_are_told_with_their_lines(desk: Desk) -> None:
    add(desk, ("ann@acme.example", "Ann Lee"), ("bo@acme.example", "Bo Ek"), ("bo2@acme.example", "Bo Ek"))
    report = put(
        desk,
        "C1,Acme,,ANN@acme.example|LEE Ann",
        "C2,Globex,,Bo Ek|Nobody",
        "C3,Initech,,Zoe Hart <zoe@acme.example>",
    )
    assert (report.state, report.new, report.rejected) == ("done", 3, ())
    assert [(note.code, note.count, note.examples) for note in report.notes] == [
        ("unknown-colleague", 2, ("3: Bo Ek", "3: Nobody")),
        ("new-users", 1, ("zoe@acme.example",)),
    ]
    assert linked(desk, COLLEAGUES) == [("C1", "ann@acme.example"), ("C3", "zoe@acme.example")]
    zoe = "select name, role, active, password_hash from users where email = 'zoe@acme.example'"
    assert [(row[0], row[1], bool(row[2]), row[3]) for row in desk.select(zoe)] == [
        ("Zoe Hart", "colleague", False, None)
    ]


def test_what_a_person_chose_is_replaced_only_where_the_tenant_lets_files_do_so(desk: Desk) -> None:
    add(desk, ("ann@acme.example", "Ann Lee"), ("bo@acme.example", "Bo Ek"))
    desk.rows("C1,Acme,ann@acme.example", kind="customers", header="code,name,collector")
    with desk.engine.begin() as connection:
        connection.exec_driver_sql("update customers set collector_origin = 'person' where tenant_id = 1")
    lines, collector = ("C1,Acme,bo@acme.example",), "select collector_id, collector_origin from customers"
    assert desk.rows(*lines, kind="customers", header="code,name,collector").changed == 0
    with desk.work(desk.tenant) as unit:
        unit.tenancy.save_setting("imports-override", "collector", desk.clock.now(), "test")
    assert desk.rows(*lines, kind="customers", header="code,name,collector").changed == 1
    assert desk.select(collector) == [(2, "import")]


@pytest.mark.parametrize("value", ["2", "yes"])
def test_an_option_that_means_nothing_is_refused(desk: Desk, value: str) -> None:
    report = put(desk, "C1,Acme,,", options={"replace-groups": value})
    assert (report.state, report.message) == ("refused", f"replace-groups='{value}': one of 0 1")


def test_undoing_the_file_gives_back_what_it_ended_and_takes_what_it_began(desk: Desk) -> None:
    put(desk, "C1,Acme,Key|North,", "C2,Globex,Key,")
    put(desk, "C1,Acme,South,Zoe <zoe@acme.example>", "C3,Initech,North,", options={"replace-groups": "1"})
    assert linked(desk, GROUPS) == [("C1", "South"), ("C2", "Key"), ("C3", "North")]
    undo(desk, 2)
    assert linked(desk, GROUPS) == [("C1", "Key"), ("C1", "North"), ("C2", "Key")]
    assert linked(desk, COLLEAGUES) == []
    assert desk.select("select code from customers order by code") == [("C1",), ("C2",)]
    undo(desk, 1)
    assert desk.select("select code from customers") == []
    assert linked(desk, GROUPS) == []

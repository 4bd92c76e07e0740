"""Users from files: who is new cannot sign in, and only administrators change what people may do (A5, A22)."""

import msgspec

from relance.core.intake.reports import ImportReport
from relance.core.kernel.identifiers import UserId
from relance.core.tenancy.users import Actor, User
from tests.usecases.intake.kit import Desk
from tests.usecases.intake.test_groups_and_colleagues import COLLEAGUES

HEADER = "email,name,role,active,customer_code"
USERS = "select email, name, role, active from users order by email"


def put(desk: Desk, *lines: str, **more: object) -> ImportReport:
    return desk.rows(*lines, kind="users", header=HEADER, **more)


def users(desk: Desk) -> list[tuple[object, ...]]:
    return [(*row[:3], bool(row[3])) for row in desk.select(USERS)]


def add(desk: Desk, email: str, role: str) -> None:
    with desk.work(desk.tenant) as unit:
        number = UserId(unit.tenancy.next_numbers("users", 1))
        unit.tenancy.add_user(User(user=number, email=email, name="Ann Lee", role=role), None)


def notes(report: ImportReport) -> dict[str, int]:
    return {note.code: note.count for note in report.notes}


def customers(desk: Desk) -> None:
    desk.rows("C1,Acme", "C2,Globex", "C3,Initech", kind="customers", header="code,name")


def test_unknown_users_are_made_known_and_associated_but_cannot_sign_in(desk: Desk) -> None:
    customers(desk)
    report = put(
        desk,
        "Bo@acme.example,Bo Ek,manager,1,C1",
        "bo@acme.example,Bo Ek,manager,1,C2",
        "al@acme.example,Al Ito,administrator,1,",
        "bo@acme.example,Bo Ek,manager,1,C1",
        "nobody,No Body,,,C1",
        "cy@acme.example,Cy Ott,king,,C1",
        "cy@acme.example,Cy Ott,,,C9",
    )
    assert (report.state, report.new, report.accepted) == ("done", 2, 3)
    assert [(row.line, row.code) for row in report.rejected] == [
        (5, "duplicate-identity"),
        (6, "bad-email"),
        (7, "unknown-role"),
        (8, "unknown-customer"),
    ]
    assert notes(report) == {"new-users": 2, "role-limited": 1}
    assert users(desk) == [
        ("al@acme.example", "Al Ito", "colleague", False),
        ("bo@acme.example", "Bo Ek", "manager", False),
    ]
    assert [row[:2] for row in desk.select(COLLEAGUES)] == [("C1", "bo@acme.example"), ("C2", "bo@acme.example")]


def test_only_an_administrator_changes_known_users_by_a_file(desk: Desk) -> None:
    add(desk, "ann@acme.example", "collector")
    add(desk, "root@acme.example", "administrator")
    line = "ann@acme.example,Ann Marie Lee,manager,0,"
    program = Actor(tenant=desk.tenant, user=None, name="key:1", role="viewer", rights=("import",))
    held = put(desk, line, actor=program)
    assert (held.changed, notes(held)) == (0, {"needs-administrator": 1})
    assert put(desk, line).changed == 1
    assert users(desk)[0] == ("ann@acme.example", "Ann Marie Lee", "manager", False)
    told = [row[0] for row in desk.select("select event from audit order by seq")]
    assert told.count("user-changed") == 1


def test_a_file_never_takes_the_last_administrator_away(desk: Desk) -> None:
    add(desk, "root@acme.example", "administrator")
    report = put(desk, "root@acme.example,Root,viewer,1,")
    assert (report.changed, notes(report)) == (0, {"needs-administrator": 1})
    assert users(desk) == [("root@acme.example", "Ann Lee", "administrator", True)]


def test_associations_are_added_or_replaced(desk: Desk) -> None:
    customers(desk)
    put(desk, "bo@acme.example,Bo Ek,,,C1", "bo@acme.example,Bo Ek,,,C2", "al@acme.example,Al Ito,,,C1")
    report = put(desk, "bo@acme.example,Bo Ek,,,C3")
    assert (report.changed, report.unchanged, len(desk.select(COLLEAGUES))) == (1, 0, 4)
    put(desk, "bo@acme.example,Bo Ek,,,C3", options={"replace-users-association": "1"})
    assert [row[:2] for row in desk.select(COLLEAGUES)] == [("C1", "al@acme.example"), ("C3", "bo@acme.example")]
    again = put(desk, "bo@acme.example,Bo Ek,,,C3", options={"replace-users-association": "1"})
    assert (again.changed, again.unchanged) == (0, 1)


def test_a_dry_run_of_users_writes_nothing(desk: Desk) -> None:
    report = put(desk, "bo@acme.example,Bo Ek,,,", dry_run=True)
    assert (report.state, report.new, users(desk)) == ("dry-run", 1, [])
    assert msgspec.json.encode(report)


def test_a_check_says_that_an_import_of_users_cannot_be_undone(desk: Desk) -> None:
    lines = ("user_email,user_lastname", "a@b.example,Ann")
    checked = desk.put(
        "\n".join(lines), "users", dry_run=True, mapping={"email": "user_email", "name": "user_lastname"}
    )
    assert "not-undoable" in {note.code for note in checked.notes}

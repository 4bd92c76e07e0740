"""Customers and contacts from files (A5, A19, S2.14)."""

import pytest
from sqlalchemy import text

from relance.core.kernel.identifiers import UserId
from relance.core.tenancy.users import User
from tests.usecases.intake.kit import Desk

CUSTOMERS = "code,name,country,language,collector,credit_limit,blocked"
CONTACTS = "customer_code,name,email,collection"


@pytest.fixture
def ann(desk: Desk) -> UserId:
    """A collector."""
    with desk.work(desk.tenant) as unit:
        number = UserId(unit.tenancy.next_numbers("users", 1))
        unit.tenancy.add_user(User(user=number, email="ann@acme.example", name="Ann Lee", role="collector"), None)
        unit.tenancy.save_setting("collector", "ann@acme.example", desk.clock.now(), "test")
    return number


def test_customers_come_with_what_the_file_says(desk: Desk, ann: UserId) -> None:
    report = desk.rows("C1,Acme,fr,FR,Ann Lee,1000.50,1", "C2,Globex,,,,,", kind="customers", header=CUSTOMERS)
    assert (report.state, report.new, report.rejected) == ("done", 2, ())
    rows = desk.select(
        "select code, country, language, credit_limit, collector_id, collector_origin from customers order by code"
    )
    assert rows == [("C1", "FR", "fr", 100050, ann, "import"), ("C2", "", "", None, ann, "default")]


def test_the_same_customers_again_change_nothing_and_another_name_is_one_change(desk: Desk, ann: UserId) -> None:
    lines = ("C1,Acme,fr,FR,Ann Lee,1000.50,1", "C2,Globex,,,,,")
    desk.rows(*lines, kind="customers", header=CUSTOMERS)
    before = desk.ledger()
    assert desk.rows(*lines, kind="customers", header=CUSTOMERS).unchanged == 2
    assert desk.ledger() == before
    report = desk.rows("C1,Acme SA,fr,FR,Ann Lee,1000.50,1", lines[1], kind="customers", header=CUSTOMERS)
    assert (report.changed, report.unchanged) == (1, 1)


def test_a_person_s_choice_of_collector_is_kept_against_the_file(desk: Desk, ann: UserId) -> None:
    desk.rows("C1,Acme", kind="customers", header="code,name")
    with desk.work(desk.tenant) as unit:
        unit.customer_file.assign(1, "collector", 77, "boss", desk.clock.now())
    report = desk.rows("C1,Acme,ann@acme.example", kind="customers", header="code,name,collector")
    assert report.unchanged == 1
    assert desk.select("select collector_id, collector_origin from customers") == [(77, "person")]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("C1,Acme,France,,,,", "bad-country"),
        ("C1,Acme,,french,,,", "bad-language"),
        ("C1,Acme,,,,much,", "bad-amount"),
        ("C1,Acme,,,,,perhaps", "bad-flag"),
        (",Acme,,,,,", "missing-value"),
    ],
)
def test_a_cell_that_means_nothing_rejects_its_customer(desk: Desk, line: str, code: str) -> None:
    report = desk.rows(line, "C2,Globex,,,,,", kind="customers", header=CUSTOMERS)
    assert [(row.line, row.code) for row in report.rejected] == [(2, code)]
    assert report.new == 1


def test_an_unknown_collector_is_told_and_leaves_nobody_out(desk: Desk, ann: UserId) -> None:
    header = "code,name,collector"
    desk.rows("C1,Acme,ann@acme.example", kind="customers", header=header)
    report = desk.rows("C1,Acme,nobody", "C2,Globex,No One", kind="customers", header=header)
    assert (report.rejected, report.unchanged, report.new) == ((), 1, 1)
    assert [(note.code, note.count, note.examples) for note in report.notes] == [
        ("unknown-collector", 2, ("2: nobody", "3: No One"))
    ]
    assert desk.select("select collector_id from customers order by code")[0] == (ann,)


def test_contacts_are_known_by_their_address_else_by_their_name(desk: Desk) -> None:
    """S1.13: the file says who gets the reminders."""
    desk.rows("C1,Acme", kind="customers", header="code,name")
    report = desk.rows(
        "C1,Ann,ann@c1.example,1", "C1,Bob,,0", "C9,Eve,eve@c9.example,1", kind="contacts", header=CONTACTS
    )
    assert (report.new, [row.code for row in report.rejected]) == (2, ["unknown-customer"])
    report = desk.rows("C1,Ann Lee,ANN@c1.example,1", "C1,bob,,1", kind="contacts", header=CONTACTS)
    assert (report.new, report.changed) == (0, 2)
    assert desk.select("select name, collection from contacts order by contact_id") == [
        ("Ann Lee", True),
        ("bob", True),
    ]


def test_the_role_of_a_contact_is_one_of_a_short_list_in_the_words_of_the_file(desk: Desk) -> None:
    """A word that means none of them is a note, and the contact comes all the same."""
    desk.rows("C1,Acme", kind="customers", header="code,name")
    header, roles = "customer_code,name,contact_role", "select name, role from contacts order by contact_id"
    rows = ("C1,Ann,Comptabilité", "C1,Bob,LEGAL", "C1,Cy,Astronaut", "C1,Di,")
    report = desk.rows(*rows, kind="contacts", header=header)
    assert (report.new, report.rejected) == (4, ())
    assert desk.select(roles) == [("Ann", "accounting"), ("Bob", "legal"), ("Cy", ""), ("Di", "")]
    assert [(note.code, note.count) for note in report.notes] == [("unknown-contact-role", 1)]
    again = desk.rows("C1,Ann,Sales", kind="contacts", header=header)
    assert (again.changed, desk.select(roles)[0]) == (1, ("Ann", "sales"))


def test_mobile_numbers_are_read_as_their_country_writes_them(desk: Desk) -> None:
    """What cannot be dialled is a note, never a reject, and what was typed is kept."""
    desk.rows("C1,Acme,FR", "C2,Globex,GB", "C3,Initech,", kind="customers", header="code,name,country")
    header, numbers = "customer_code,name,mobile", "select mobile, mobile_e164 from contacts order by contact_id"
    rows = ("C1,Ann,06 39 98 01 23", "C2,Bob,07700 900123", "C3,Cy,06 39 98 01 24", "C1,Di,01 42 68 53 00", "C1,Ed,")
    report = desk.rows(*rows, kind="contacts", header=header)
    assert (report.new, report.rejected) == (5, ())
    assert [(note.code, note.examples) for note in report.notes] == [("bad-mobile", ("01 42 68 53 00",))]
    assert desk.select(numbers) == [
        ("06 39 98 01 23", "+33639980123"),
        ("07700 900123", "+447700900123"),
        ("06 39 98 01 24", "+33639980124"),
        ("01 42 68 53 00", ""),
        ("", ""),
    ]
    report = desk.rows(*rows[:3], "C1,Di,06 39 98 01 25", "C1,Ed,", kind="contacts", header=header)
    assert (report.changed, report.unchanged, report.notes) == (1, 4, ())
    assert desk.select(numbers)[3] == ("06 39 98 01 25", "+33639980125")
    desk.rows("C3,Initech,BE", kind="customers", header="code,name,country")
    assert desk.select(numbers)[2][1] != "+33639980124"


def test_custom_fields_are_kept_as_they_are(desk: Desk) -> None:
    desk.rows("C1,Acme,North", kind="customers", header="code,name,Region", mapping={"custom.region": "Region"})
    assert desk.select("select custom from customers") == [('{"region":"North"}',)]


def test_a_step_done_elsewhere_comes_with_the_items(desk: Desk) -> None:
    with desk.work(desk.tenant) as unit:
        for scenario in _scenarios():
            unit.collection.save_scenario(scenario)
    header = "customer_code,number,issued_on,due_on,amount,last_step,last_step_on"
    lines = ("C1,N1,2026-01-05,2026-02-05,10,second,2026-02-20", "C1,N2,2026-01-05,2026-02-05,10,,")
    desk.rows(*lines, header=header)
    assert desk.select("select number, step_done, step_on is not null from items order by number") == [
        ("N1", 2, True),
        ("N2", 0, False),
    ]
    desk.rows(lines[0].replace("second", "first"), lines[1].replace(",,", ",first,2026-02-10"), header=header)
    assert desk.select("select number, step_done from items order by number") == [("N1", 2), ("N2", 1)]
    assert desk.select("select number, step_elsewhere from items order by number") == [("N1", 2), ("N2", 1)]
    report = desk.rows("C1,N3,2026-01-05,2026-02-05,10,tenth,", header=header, mode="delta")
    assert [row.code for row in report.rejected] == ["unknown-step"]


def test_a_step_done_elsewhere_is_known_even_where_a_mention_came_before(desk: Desk) -> None:
    """A mention has moved the item as far; only the import says that the other system had done the step (D12)."""
    with desk.work(desk.tenant) as unit:
        for scenario in _scenarios():
            unit.collection.save_scenario(scenario)
    header = "customer_code,number,issued_on,due_on,amount,last_step,last_step_on"
    desk.rows("C1,N1,2026-01-05,2026-02-05,10,,", header=header)
    with desk.engine.begin() as connection:
        connection.execute(text("update items set step_done = 2, step_on = 20000"))
    desk.rows("C1,N1,2026-01-05,2026-02-05,10,second,2026-02-20", header=header)
    assert desk.select("select step_done, step_on, step_elsewhere from items") == [(2, 20000, 2)]


def _scenarios() -> list[object]:
    from relance.core.collection.scenarios import Scenario, Step

    steps = tuple(Step(code=code, day=day, kind="email", template=code) for day, code in ((3, "first"), (10, "second")))
    return [Scenario(code="standard", name={"en": "Standard"}, steps=steps)]

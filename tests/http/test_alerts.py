"""What is missing on accounts stands above the agenda and leads to the list (S1.10, S1.14, S2.7 to S2.10, A1)."""

from sqlalchemy import update

from relance.adapters.store.tables.customers import customers
from relance.adapters.store.tables.tenancy import users
from relance.core.tenancy.users import Actor
from relance.main.container import House
from tests.http.conftest import Visitor


def test_the_agenda_counts_what_is_missing_and_opens_the_list(lucie: Visitor, collected: Actor, house: House) -> None:
    page = lucie.get("/t/acme/agenda").text
    assert "1 overdue account has no collection contact" in page and "no collector" not in page
    assert "/t/acme/customers?where=overdue+%3E+0+and+collection-contact+is+empty" in page
    with house.engine().begin() as connection:
        two = customers.c.customer_id.in_([1, 2])
        connection.execute(update(customers).where(two).values(collector_id=None))
    assert "2 accounts with a balance have no collector" in lucie.get("/t/acme/agenda").text


def test_an_inactive_collector_counts_as_none(collected: Actor, house: House) -> None:
    assert [one.alert for one in house.show_alerts()(collected)] == ["no-collection-contact"]
    with house.engine().begin() as connection:
        connection.execute(update(users).where(users.c.user_id == 1).values(active=False))
    [first, _] = house.show_alerts()(collected)
    assert (first.alert, first.customers) == ("no-collector", 13)


def test_b7_an_alert_marks_accounts_in_the_agenda_the_list_and_the_file(lucie: Visitor, collected: Actor) -> None:
    where = "overdue > 0 and not country = DE and last-action <= today-15"
    assert "/alerts" in lucie.get(f"/t/acme/customers?where={where}").text
    wrong = lucie.post("/t/acme/alerts", name="Large", colour="red", where="overdu > 0")
    assert wrong.status_code == 422 and "perhaps overdue" in wrong.text and 'value="Large"' in wrong.text
    for name, sign in (("Large <late>", "L"), ("Second", "2")):
        assert lucie.post("/t/acme/alerts", name=name, colour="plum", sign=sign, where=where).status_code == 303
    page = lucie.get("/t/acme/alerts").text
    assert "Large &lt;late&gt;" in page and "Broken promise" in page and "customers?s=4" in page
    for address in ("/t/acme/agenda", "/t/acme/customers", "/t/acme/customers/C10077"):
        shown = lucie.get(address).text
        assert "Large &lt;late&gt;" in shown and "Second" in shown, address
    square = (
        '<span title="Second"><span class="sq plum" aria-hidden="true">2</span><span class="vh">Alert: Second</span>'
    )
    assert square in lucie.get("/t/acme/agenda").text


def test_b7_the_agenda_and_the_list_show_one_alert_only(lucie: Visitor, collected: Actor) -> None:
    lucie.post("/t/acme/alerts", name="One", colour="teal", where="code = C10077")
    rows = lucie.get("/t/acme/agenda?alert=4").text
    assert rows.count('role="row" id="row-') == rows.count('title="One"') > 0
    listed = lucie.get("/t/acme/customers?s=4").text
    assert listed.count('<a class="doc"') == 1 and 'customers?s=4" aria-current="true"' in listed
    lucie.post("/t/acme/alerts", name="One", colour="teal", where="code = C10308", number="4")
    assert "C10077" not in lucie.get("/t/acme/customers?s=4").text
    assert lucie.post("/t/acme/alerts/remove", number="4").status_code == 303
    assert 'title="One"' not in lucie.get("/t/acme/agenda?alert=4").text


def test_who_may_only_look_sees_alerts_and_makes_none(viewer: Visitor, collected: Actor) -> None:
    page = viewer.get("/t/acme/alerts").text
    assert "Broken promise" in page and 'name="where"' not in page
    assert viewer.post("/t/acme/alerts", name="X", colour="red", where="code = C1").status_code == 403

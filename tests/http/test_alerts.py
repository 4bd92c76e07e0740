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

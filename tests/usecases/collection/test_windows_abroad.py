"""Windows of the customer's own country, where a scenario says so (D13)."""

from datetime import UTC, datetime

import msgspec
import pytest
from sqlalchemy import Engine

from relance.adapters.calendars import HolidayCalendars
from relance.adapters.store.tables.customers import customers
from relance.core.kernel.identifiers import TenantId
from relance.usecases.collection.dispatch import Dispatched
from tests.usecases.collection.mailroom import Mailroom

MORNING_IN_PARIS = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
EVENING_IN_PARIS = datetime(2026, 3, 3, 17, 0, tzinfo=UTC)
OPENING_IN_NEW_YORK = datetime(2026, 3, 3, 13, 30, tzinfo=UTC)


@pytest.fixture
def room(engine: Engine, tenant: TenantId) -> Mailroom:
    room = Mailroom(engine, tenant, count=2)
    room.change(customers, customers.c.customer_id == 1, country="US")
    room.change(customers, customers.c.customer_id == 2, country="")
    with room.work(tenant) as unit:
        for scenario in unit.collection.scenarios():
            unit.collection.save_scenario(msgspec.structs.replace(scenario, customer_zone=True))
    room.confirm()
    return room


def test_a_message_waits_until_a_window_opens_at_the_customers(room: Mailroom) -> None:
    room.clock.moment = MORNING_IN_PARIS
    assert room.preview(1).leaves_at == OPENING_IN_NEW_YORK
    assert room.dispatch().sent == 1
    assert [message.to[0].email for message in room.channel.carried] == ["pay2@customer2.example"]
    assert room.state(1)[0] == "confirmed"
    assert room.dispatch() == Dispatched(waiting=1)
    room.clock.moment = OPENING_IN_NEW_YORK
    assert room.dispatch() == Dispatched(sent=1)


def test_the_tenants_evening_does_not_stop_what_is_noon_elsewhere(room: Mailroom) -> None:
    room.clock.moment = EVENING_IN_PARIS
    assert room.dispatch() == Dispatched(sent=1, waiting=1)
    assert [message.to[0].email for message in room.channel.carried] == ["pay1@customer1.example"]


def test_a_public_holiday_of_the_customers_country_is_kept(room: Mailroom) -> None:
    room.clock.moment = datetime(2026, 7, 3, 15, 0, tzinfo=UTC)
    assert room.preview(1).leaves_at == datetime(2026, 7, 6, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("country", "zone"),
    [("fr", "Europe/Paris"), ("US", "America/New_York"), ("AU", "Australia/Sydney"), ("RU", "Europe/Moscow")],
)
def test_a_country_has_the_zone_of_its_capital(country: str, zone: str) -> None:
    assert HolidayCalendars().zone_of(country) == zone


def test_nobody_knows_the_zone_of_no_country() -> None:
    assert HolidayCalendars().zone_of("") == HolidayCalendars().zone_of("ZZ") == ""

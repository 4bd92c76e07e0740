"""What a search finds, on both databases."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, insert

from relance.adapters.store.summaries import refresh_summaries
from relance.adapters.store.tables.collection import actions
from relance.adapters.store.tables.customers import contacts, customer_colleagues, customer_groups, customers, groups
from relance.adapters.store.tables.intake import sources
from relance.adapters.store.tables.tenancy import users
from relance.adapters.store.work import SqlWork
from relance.core.customers.search_language import parse
from relance.core.kernel.identifiers import TenantId
from relance.ports.store.customer_file import CustomerQuestion
from relance.ports.store.item_list import ItemQuestion
from tests.usecases.collection.ledgers import item, put_items

TODAY = date(2026, 11, 22)
AT = datetime(2026, 11, 1, tzinfo=UTC)


def customer(number: int, **more: Any) -> dict[str, Any]:
    row = {"customer_id": number, "entity_id": 1, "code": f"C{number}", "name": f"Customer {number}"}
    return row | {"created_on": TODAY} | more


CUSTOMERS = (
    customer(
        1, name="Bäckerei Nord", country="DE", city="Bonn", collector_id=1, scenario="gentle", credit_limit=200_000
    ),
    customer(2, country="FR", city="LYON", blocked=True, custom={"region": "South", 'a"b': "x"}, collector_id=2),
    customer(
        3,
        country="FR",
        city="Lille",
        collection_stop=True,
        currency="JPY",
        last_contact_on=date(2026, 11, 20),
        custom={"zone": "S1", "rank": 12, "note": ""},
    ),
    customer(
        4,
        lead_id=1,
        country="",
        created_on=date(2026, 1, 1),
        paused_until=date(2026, 12, 1),
        last_contact_on=date(2026, 10, 1),
    ),
)
LEDGER = (
    item(1, customer=1, open_amount=100_000, due_on=date(2026, 11, 1), currency="EUR"),
    item(2, customer=1, open_amount=-20_000, due_on=date(2026, 11, 1), currency="EUR", type="credit-note"),
    item(3, customer=2, open_amount=50_000, due_on=date(2026, 8, 1), currency="EUR", hold="dispute"),
    item(4, customer=2, open_amount=5_000, due_on=date(2026, 12, 1), currency="USD", reference="PO 7"),
    item(5, customer=3, open_amount=1_500, due_on=date(2026, 11, 21), currency="JPY"),
)
FOUND = {
    "": "1234",
    "code = C1": "1",
    "code = c1": "",
    "code in (C1, C3, C9)": "13",
    "code not in (C1, C3)": "24",
    "name contains NORD": "1",
    "city = lyon": "2",
    "country = fr": "23",
    "country is empty": "4",
    "country != FR": "14",
    "custom.region = south": "2",
    "custom.region is empty": "134",
    '"custom.a\\"b" = x': "2",
    "blocked = yes": "2",
    "blocked != yes": "134",
    "collection-stop = yes": "3",
    "collected-on = C1": "4",
    "collected-on != C1": "123",
    "collected-on is empty": "123",
    "collected-on is not empty": "4",
    "collected-on in (C2, C1)": "4",
    "created < 2026-06-01": "4",
    "paused-until >= today": "4",
    "collector = ann": "1",
    "collector = ANN@acme.example": "1",
    "collector != Ann": "234",
    "collector in (ann, old)": "12",
    "collector is empty": "234",
    "collector is not empty": "1",
    "scenario = gentle": "1",
    "scenario = standard": "234",
    "group = key": "12",
    "group = Far": "2",
    "group != far": "134",
    "group in (Key, Far)": "12",
    "group is empty": "34",
    "group contains ke": "12",
    "colleague = Bea": "3",
    "colleague is empty": "124",
    "contact contains pay": "12",
    "collection-contact is empty": "234",
    "collection-contact = pay@c1.example": "1",
    "balance > 0": "123",
    "balance = 0": "4",
    "balance != 0": "123",
    "balance > 700": "13",
    "balance > 700 EUR": "1",
    "balance < 60 USD": "1234",
    "balance is empty": "4",
    "overdue >= 500": "123",
    "overdue = 0": "4",
    "credits < 0": "1",
    "disputed > 0": "2",
    "over-90 >= 500 EUR": "2",
    "open-items = 2": "12",
    "open-items < 2": "34",
    "days-overdue > 90": "2",
    "days-overdue = 0": "4",
    "days-overdue in (1, 21)": "13",
    "oldest-due < 2026-11-10": "12",
    "oldest-due is empty": "4",
    "credit-limit >= 2000": "1",
    "credit-limit is empty": "234",
    "limit-use >= 40": "1",
    "last-contact <= today-15": "124",
    "last-contact > today-15": "3",
    "last-contact is empty": "12",
    "last-action <= today-15": "234",
    "last-action >= today-15": "1",
    "last-action != 2026-11-15": "234",
    "last-action is empty": "234",
    "last-action is not empty": "1",
    "custom.region != south": "134",
    "custom.region contains OUT": "2",
    "custom.region in (North, SOUTH)": "2",
    "custom.zone = s1": "3",
    "custom.zone in (S1, S2)": "3",
    "custom.zone in (S2, R9)": "",
    "custom.zone in (T2, s1)": "3",
    "custom.rank in (12, 13)": "3",
    "custom.zone != S1": "124",
    "custom.zone = S": "",
    "custom.rank = 12": "3",
    "custom.rank = 1": "",
    "custom.rank is empty": "124",
    "custom.note is empty": "1234",
    "custom.region is not empty": "2",
    '"custom.a\\"b" is empty': "134",
    "name contains bäck": "1",
    'name = "bäckerei NORD"': "1",
    "item.type = credit-note": "1",
    "not item.type = credit-note": "234",
    "item.status = dispute": "2",
    "item.status = dispute and item.currency = USD": "",
    "item.status is empty and item.currency = USD": "2",
    "item.type = invoice and item.status is not empty": "2",
    "item.status contains isp": "2",
    "not item.status contains isp": "134",
    "item.due < today-60": "2",
    "item.days-overdue >= 1": "123",
    "item.amount > 499.99": "123",
    "item.reference contains po": "2",
    "item.reference is empty": "123",
    "item.reference is not empty": "2",
    'item.reference != "PO 7"': "123",
    'item.reference = "po 7" and item.currency = EUR': "",
    'item.reference = "po 7" and item.currency = USD': "2",
    "item.number = F001": "1",
    "item.number in (F003, F005, F009)": "23",
    "item.number != F001": "123",
    "item.custom.site is empty": "123",
    "item.custom.site = Paris": "",
    "item.open = 15 JPY": "",
    "item.open = 1500 JPY": "3",
    "item.open = 1000": "1",
    "item.open != 1000": "123",
    "item.open > 499.99 EUR": "12",
    "item.open <= -200": "1",
    "item.open < 60": "12",
    "item.open >= 1500": "3",
    "item.paid is empty": "123",
    "item.source = erp": "123",
    "item.source = other": "",
    "item.settled is empty": "123",
    "country = FR and (overdue > 400 or blocked = yes)": "23",
    "not (country = FR or country = DE)": "4",
}


@pytest.fixture
def ledger(engine: Engine, work: SqlWork, tenant: TenantId) -> None:
    of_tenant = {"tenant_id": tenant}
    person = {
        "role": "collector",
        "language": "en",
        "active": True,
        "address_confirmed": True,
        "rights": [],
        "single_keys": True,
    }
    link = of_tenant | {"origin": "person", "author": "ann", "at": AT}
    with engine.begin() as connection:
        for row in CUSTOMERS:
            connection.execute(insert(customers), of_tenant | row)
        connection.execute(users.delete())
        for number, name, active in ((1, "Ann", True), (2, "Old", False), (3, "Bea", True)):
            row = of_tenant | person | {"user_id": number, "name": name, "active": active}
            connection.execute(insert(users), row | {"email": f"{name.lower()}@acme.example"})
        for number, name in ((1, "Key"), (2, "Far")):
            connection.execute(insert(groups), link | {"group_id": number, "name": name})
        for number, (who, group) in enumerate(((1, 1), (2, 1), (2, 2)), 1):
            connection.execute(
                insert(customer_groups), link | {"link_id": number, "customer_id": who, "group_id": group}
            )
        ended = {"link_id": 9, "customer_id": 3, "group_id": 1, "ended_at": AT, "ended_origin": "person"}
        connection.execute(insert(customer_groups), link | ended)
        connection.execute(insert(customer_colleagues), link | {"link_id": 1, "customer_id": 3, "user_id": 3})
        for number, (who, collects) in enumerate(((1, True), (2, False)), 1):
            row = {"contact_id": number, "customer_id": who, "name": "Payer", "email": f"pay@c{who}.example"}
            connection.execute(insert(contacts), of_tenant | row | {"collection": collects})
        connection.execute(insert(sources), of_tenant | {"source_id": 1, "name": "erp"})
    put_items(engine, tenant, LEDGER)
    with engine.begin() as connection:
        connection.execute(insert(actions), of_tenant | _ACTION)
        refresh_summaries(connection, tenant, TODAY, None)
    with work(tenant) as unit:
        unit.tenancy.save_setting("scenario", "standard", AT, "test")


_ACTION = {
    "action_id": 1,
    "customer_id": 1,
    "scenario": "gentle",
    "step": "call",
    "step_number": 1,
    "steps": 2,
    "kind": "call",
    "template": "",
    "channel": "",
    "automation": "manual",
    "automatic": False,
    "state": "done",
    "warnings": [],
    "due_on": TODAY,
    "created_on": TODAY,
    "leader_item_id": 1,
    "item_ids": [1],
    "amount": 1,
    "currency": "EUR",
    "amounts": {"EUR": 1},
    "done_on": date(2026, 11, 15),
}


def test_customers_are_found_by_every_criterion(work: SqlWork, tenant: TenantId, ledger: None) -> None:
    wrong = {}
    with work.reading(tenant) as unit:
        for text, expected in FOUND.items():
            question = CustomerQuestion(today=TODAY, criteria=parse(text), sort="code", limit=100)
            lines = unit.customer_file.lines(question)
            found = "".join(sorted({str(line.customer) for line in lines}))
            if (found, unit.customer_file.count(question)) != (expected, len(expected)):
                wrong[text] = found
    assert wrong == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("item.currency = EUR", "123"),
        ("item.currency = EUR and not item.type = credit-note", "13"),
        ("country = FR and item.days-overdue > 0", "35"),
        ("group = Far", "34"),
        ("item.open >= 15 JPY", "5"),
        ("not item.status is empty", "3"),
    ],
)
def test_items_are_found_by_their_own_and_their_customers_criteria(
    work: SqlWork, tenant: TenantId, ledger: None, text: str, expected: str
) -> None:
    with work.reading(tenant) as unit:
        lines = unit.item_list.page(ItemQuestion(today=TODAY, criteria=parse(text), limit=100)).lines
    assert "".join(sorted(str(line.item.item) for line in lines)) == expected

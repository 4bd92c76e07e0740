"""Finding anything by a few characters, on both databases, and never what is not visible (T9)."""

from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine

from relance.core.kernel.identifiers import TenantId, UserId
from relance.core.tenancy.users import User
from relance.ports.store.palette import Between
from relance.usecases.customers.assign_customer import AssignCustomer, CustomerChoice
from tests.usecases.collection.ledgers import NoHolidays
from tests.usecases.intake.kit import Desk

HEADER = "customer_code,customer_name,number,issued_on,due_on,amount,currency"
ROWS = (
    "M1,Marlier BTP,FA-26-1,2026-01-01,2026-02-01,12480.50,EUR",
    "A1,Groupe Marchetti,FA-26-2,2026-01-01,2026-02-01,12480.00,EUR",
    "A2,100% Vins,FB-1,2026-01-01,2026-02-01,12480,JPY",
    "MAR,Zest,fa-26-9,2026-01-01,2026-02-01,7.00,EUR",
)


@pytest.fixture
def desk(engine: Engine, tenant: TenantId, tmp_path: Path) -> Desk:
    desk = Desk(engine, tenant, tmp_path)
    desk.rows(*ROWS, header=HEADER)
    return desk


@pytest.mark.parametrize(
    ("text", "codes"),
    [("mar", ["MAR", "M1", "A1"]), ("MARCHETTI", ["A1"]), ("%", ["A2"]), ("_", []), ("a1", ["A1"]), ("nobody", [])],
)
def test_the_code_itself_stands_before_what_begins_so_and_that_before_the_rest(
    desk: Desk, text: str, codes: list[str]
) -> None:
    with desk.work.reading(desk.tenant) as unit:
        assert [hit.code for hit in unit.palette.customers(text, None, 9)] == codes


@pytest.mark.parametrize(("text", "numbers"), [("FA-26", ["FA-26-1", "FA-26-2"]), ("fa-26-9", ["fa-26-9"]), ("26", [])])
def test_items_are_found_by_the_beginning_of_their_number(desk: Desk, text: str, numbers: list[str]) -> None:
    with desk.work.reading(desk.tenant) as unit:
        assert [hit.number for hit in unit.palette.items(text, None, 9)] == numbers


def test_amounts_are_found_in_every_currency_by_its_own_decimals(desk: Desk) -> None:
    whole, exact = Between(Decimal(12480), Decimal("12480.99")), Between(Decimal("12480.50"), Decimal("12480.50"))
    with desk.work.reading(desk.tenant) as unit:
        assert {hit.number for hit in unit.palette.items_of_amount(whole, None, 9)} == {"FA-26-1", "FA-26-2", "FB-1"}
        assert [hit.code for hit in unit.palette.customers_of_amount(exact, None, 9)] == ["M1"]


def test_who_sees_only_their_own_finds_only_these(desk: Desk) -> None:
    with desk.work(desk.tenant) as unit:
        ann = UserId(unit.tenancy.next_numbers("users", 1))
        unit.tenancy.add_user(User(user=ann, email="ann@acme.example", name="Ann", role="collector"), None)
    choice = CustomerChoice(actor=desk.actor, code="M1", collector=ann)
    AssignCustomer(desk.work, desk.clock, NoHolidays(), b"key")(choice)
    whole = Between(Decimal(1), Decimal(99999))
    with desk.work.reading(desk.tenant) as unit:
        found = unit.palette
        assert [hit.code for hit in found.customers("mar", ann, 9)] == ["M1"]
        assert [hit.code for hit in found.items("F", ann, 9)] == ["M1"]
        assert [hit.code for hit in found.items_of_amount(whole, ann, 9)] == ["M1"]
        assert [hit.code for hit in found.customers_of_amount(whole, ann, 9)] == ["M1"]
        assert [hit.code for hit in found.customers_of(["A1", "M1"], ann)] == ["M1"]
        assert [hit.code for hit in found.customers_of(["A1", "gone", "M1"], None)] == ["A1", "M1"]

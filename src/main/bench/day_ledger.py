"""An invented ledger for the bench of the day, loaded in bulk: 50 customers for 1,000 items, payers of mixed habits."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from random import Random
from typing import Any

from sqlalchemy import Connection, Engine

from relance.adapters.store.engine import is_sqlite
from relance.core.collection.scenarios import Scenario, Step, StepKind
from relance.core.kernel.days import day_number
from relance.core.kernel.identifiers import TenantId

_PER_CUSTOMER = 20
_SLICE = 50_000
_ITEM = (
    "tenant_id, item_id, entity_id, customer_id, source_id, unique_key, type, number, issued_on, due_on, currency, "
    "amount, open_amount, created_import_id, changed_import_id"
)
_CUSTOMER = "tenant_id, customer_id, entity_id, code, name, created_on, scenario"
_CONTACT = "tenant_id, contact_id, customer_id, name, email, collection"
_PUNCTUAL, _IN_CREDIT = 5, 6
"""Of ten customers, those below 5 have nothing overdue and number 5 has credits; the others pay late."""


def many(count: int) -> list[Scenario]:
    """Scenarios of eight steps each, no two with the same days: a note, reminders, a call, a task, a formal notice."""
    return [Scenario(code=f"bench-{n}", name={"en": f"Bench {n}"}, steps=_steps(n)) for n in range(1, count + 1)]


def _steps(shift: int) -> tuple[Step, ...]:
    days = (-10, 3, 10, 20, 32, 46, 60, 90)
    kinds: tuple[tuple[StepKind, str], ...] = (
        ("email", "courtesy-note"),
        ("email", "first-reminder"),
        ("email", "second-reminder"),
        ("call", "call-script"),
        ("email", "second-reminder"),
        ("task", "call-script"),
        ("email", "second-reminder"),
        ("email", "formal-notice"),
    )
    return tuple(
        Step(
            code=f"step-{place}",
            day=day + (shift if day > 0 else -(shift % 7)),
            kind=kind,
            template=template,
            days_ahead=20 if day < 0 else 0,
            automation="to-confirm" if kind == "email" else "manual",
        )
        for place, (day, (kind, template)) in enumerate(zip(days, kinds, strict=True), 1)
    )


def load(engine: Engine, tenant: TenantId, items: int, today: date, scenarios: Sequence[Scenario] = ()) -> None:
    """Fill the tenant's tables and let the planner know; the scenarios are spread over the customers."""
    customers = max(1, items // _PER_CUSTOMER)
    number = day_number(today)
    with engine.begin() as connection:
        _copy(connection, "customers", _CUSTOMER, _customers(tenant, customers, number, scenarios))
        _copy(connection, "contacts", _CONTACT, _contacts(tenant, customers))
        _copy(connection, "items", _ITEM, _items(tenant, items, customers, number))
    with engine.begin() as connection:
        for table in ("items", "customers", "contacts", "actions"):
            connection.exec_driver_sql(f"analyze {table}")


def monday(day: date) -> date:
    """The first Monday on or after a day, so that runs on any day of the week decide alike."""
    return day + timedelta(days=-day.weekday() % 7)


def _customers(tenant: TenantId, count: int, today: int, chasing: Sequence[Scenario]) -> Iterator[tuple[Any, ...]]:
    """By tens, so that each scenario has payers of every habit."""
    for number in range(1, count + 1):
        scenario = chasing[number // 10 % len(chasing)].code if chasing else None
        yield tenant, number, 1, f"C{number:06d}", f"Customer {number}", today - 400, scenario


def _contacts(tenant: TenantId, count: int) -> Iterator[tuple[Any, ...]]:
    for number in range(1, count + 1):
        yield tenant, number, number, "Accounts payable", f"ap@customer{number}.example", True


def _items(tenant: TenantId, count: int, customers: int, today: int) -> Iterator[tuple[Any, ...]]:
    """Items in the order in which they were issued, customers mixed, as a ledger grows."""
    random = Random(20261123)  # noqa: S311 - an invented ledger, the same in every run
    for number in range(1, count + 1):
        customer = number * 7919 % customers + 1
        habit = customer % 10
        late = _month_end(customer, number) if habit < _PUNCTUAL else random.randrange(-40, 45)
        amount, kind = random.randrange(1_000, 900_000), "invoice"
        if habit == _IN_CREDIT - 1 and number % 9 == 0:
            amount, kind = -amount // 4, "credit-note"
        due_on = today - late
        yield (
            *(tenant, number, 1, customer, 1, f"k{number}", kind, f"F{number:08d}", due_on - 30, due_on, "EUR"),
            *(amount, amount, 1, 1),
        )


def _month_end(customer: int, number: int) -> int:
    """Days past due, negative: punctual customers have two due dates a month apart, each customer its own."""
    return -(customer // 10 % 30) - (31 if number % 2 else 1)


def _copy(connection: Connection, table: str, columns: str, rows: Iterator[tuple[Any, ...]]) -> None:
    if is_sqlite(connection):
        marks = ", ".join("?" * (columns.count(",") + 1))
        while slice_ := list(islice(rows, _SLICE)):
            connection.exec_driver_sql(f"insert into {table} ({columns}) values ({marks})", slice_)
        return
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f"copy {table} ({columns}) from stdin") as copy:
        for row in rows:
            copy.write_row(row)

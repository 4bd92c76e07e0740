"""A small ledger whose reminders are due: one overdue invoice a customer, one collection contact, one collector."""

from datetime import UTC, date, datetime

from sqlalchemy import insert

from relance.adapters.calendars import HolidayCalendars
from relance.adapters.store.tables.customers import contacts, customers
from relance.adapters.store.tables.intake import sources
from relance.adapters.store.tables.ledger import items
from relance.adapters.store.work import SqlWork
from relance.adapters.supplied.files import SuppliedFiles
from relance.core.kernel.identifiers import TenantId, UserId
from relance.core.tenancy.users import Actor, User
from relance.usecases.collection.run_day import NewDay, RunDay

NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
"""A Tuesday morning in Paris."""
TODAY = date(2026, 3, 3)


class TestClock:
    """A clock that tests move."""

    __test__ = False

    def __init__(self, now: datetime = NOW) -> None:
        self.moment, self.ticks = now, 0

    def now(self) -> datetime:
        return self.moment

    def today(self, zone: str) -> date:
        from zoneinfo import ZoneInfo

        return self.moment.astimezone(ZoneInfo(zone)).date()

    def monotonic(self) -> float:
        return float(self.ticks)


def system(tenant: TenantId) -> Actor:
    return Actor(tenant=tenant, user=None, name="system")


def fill(work: SqlWork, tenant: TenantId, count: int = 1, automation: str = "to-confirm") -> None:
    """Customers C1, C2 ... with an invoice each, due 12 days ago."""
    with work(tenant) as unit:
        for scenario in SuppliedFiles().scenarios():
            unit.collection.save_scenario(_automated(scenario, automation))
        for template in SuppliedFiles().templates():
            unit.collection.save_template(template)
        unit.tenancy.add_user(
            User(user=UserId(1), email="ann@acme.example", name="Ann Lee", role="collector", address_confirmed=True),
            None,
        )
        unit.connection.execute(
            insert(sources), {"tenant_id": tenant, "source_id": 1, "name": "erp", "last_good_at": NOW}
        )
        unit.connection.execute(insert(customers), [_customer(tenant, n) for n in range(1, count + 1)])
        unit.connection.execute(insert(contacts), [_contact(tenant, n) for n in range(1, count + 1)])
        unit.connection.execute(insert(items), [_item(tenant, n) for n in range(1, count + 1)])


def decide(work: SqlWork, tenant: TenantId, clock: TestClock) -> None:
    RunDay(work, clock, HolidayCalendars(), b"key", True)(NewDay(actor=system(tenant)))


def _automated(scenario, automation: str):
    import msgspec

    steps = tuple(
        msgspec.structs.replace(step, automation=automation) if step.kind == "email" else step
        for step in scenario.steps
    )
    return msgspec.structs.replace(scenario, steps=steps)


def _customer(tenant: TenantId, n: int) -> dict[str, object]:
    return {
        "tenant_id": tenant,
        "customer_id": n,
        "entity_id": 1,
        "code": f"C{n}",
        "name": f"Customer {n}",
        "country": "FR",
        "language": "fr" if n % 2 else "en",
        "collector_id": 1,
        "created_on": date(2025, 1, 1),
    }


def _contact(tenant: TenantId, n: int) -> dict[str, object]:
    return {
        "tenant_id": tenant,
        "contact_id": n,
        "customer_id": n,
        "name": "Martin",
        "first_name": "Zoé",
        "email": f"pay{n}@customer{n}.example",
        "collection": True,
    }


def _item(tenant: TenantId, n: int) -> dict[str, object]:
    return {
        "tenant_id": tenant,
        "item_id": n,
        "entity_id": 1,
        "customer_id": n,
        "source_id": 1,
        "unique_key": f"F{n}",
        "type": "invoice",
        "number": f"F{n:05}",
        "issued_on": date(2026, 1, 20),
        "due_on": date(2026, 2, 19),
        "currency": "EUR",
        "amount": 100_000 + n,
        "open_amount": 100_000 + n,
        "created_import_id": 1,
        "changed_import_id": 1,
    }

"""Small ledgers for tests of collecting: customers and items written straight into the tables."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import Engine, insert

from relance.adapters.store.tables.customers import contacts, customers
from relance.adapters.store.tables.ledger import items
from relance.core.kernel.identifiers import CustomerId, ItemId, TenantId
from relance.core.ledger.items import Item


def item(id_: int, customer: int = 1, **fields: Any) -> Item:
    """An invoice of 100.00 EUR, due 2026-11-01, unless told otherwise."""
    usual: dict[str, Any] = {
        "type": "invoice",
        "number": f"F{id_:03d}",
        "issued_on": date(2026, 10, 1),
        "due_on": date(2026, 11, 1),
        "currency": "EUR",
        "open_amount": 10_000,
    }
    given = usual | fields
    given.setdefault("amount", given["open_amount"])
    return Item(item=ItemId(id_), customer=CustomerId(customer), **given)


def put_customers(engine: Engine, tenant: TenantId, *rows: dict[str, Any]) -> None:
    """Keep customers; `customer_id` is given, the rest has defaults. Each gets a collection contact."""
    with engine.begin() as connection:
        for row in rows:
            number = row["customer_id"]
            usual = {
                "tenant_id": tenant,
                "entity_id": 1,
                "code": f"C{number}",
                "name": f"Customer {number}",
                "created_on": date(2026, 1, 1),
            }
            connection.execute(insert(customers), usual | row)
            contact = {"tenant_id": tenant, "contact_id": number, "customer_id": number, "name": "Ann"}
            connection.execute(insert(contacts), contact | {"email": f"ann@c{number}.example", "collection": True})


def put_items(engine: Engine, tenant: TenantId, given: Iterable[Item]) -> None:
    """Keep items of source 1, imported by import 1."""
    rows = []
    for one in given:
        row = msgspec.structs.asdict(one)
        row["item_id"], row["customer_id"] = row.pop("item"), row.pop("customer")
        row |= {"tenant_id": tenant, "entity_id": 1, "source_id": 1, "unique_key": f"k{one.item}"}
        rows.append(row | {"created_import_id": 1, "changed_import_id": 1})
    with engine.begin() as connection:
        connection.execute(insert(items), rows)


class StillClock:
    """A moment that lasts as long as the test."""

    def __init__(self, now: datetime) -> None:
        self.moment = now

    def now(self) -> datetime:
        """The moment."""
        return self.moment

    def today(self, zone: str) -> date:
        """Its date, whatever the zone."""
        return self.moment.date()

    def monotonic(self) -> float:
        """Always the same."""
        return 0.0


class NoHolidays:
    """Countries without public holidays."""

    def of(self, country: str) -> Any:
        """Never a holiday."""
        return lambda _day: False

"""A ledger of N customers, each with a reminder that is due and fully automatic."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, insert

from relance.adapters.store.tables.collection import actions
from relance.adapters.store.tables.customers import contacts, customers
from relance.adapters.store.tables.intake import sources
from relance.adapters.store.tables.ledger import items
from relance.adapters.store.tenancy import SqlTenantDirectory
from relance.adapters.store.work import SqlWork
from relance.adapters.supplied.files import SuppliedFiles
from relance.core.kernel.identifiers import TenantId, UserId
from relance.core.tenancy.tenants import Tenant
from relance.core.tenancy.users import User

_ITEMS = 5
"""Open items of each customer."""
_SLICE = 20_000


def found(engine: Engine, now: datetime, count: int, document: bool = True) -> TenantId:
    """A tenant with its scenarios, templates, collector, source, and settings that let everything leave today."""
    draft = Tenant(
        tenant=TenantId(0),
        code="bench",
        name="Bench",
        currency="EUR",
        country="FR",
        language="en",
        timezone="Europe/Paris",
        created_on=now.date(),
    )
    tenant = SqlTenantDirectory(engine).found(draft, "B01")
    ann = User(user=UserId(1), email="ann@bench.example", name="Ann Lee", role="collector", address_confirmed=True)
    with SqlWork(engine)(tenant) as unit:
        for scenario in SuppliedFiles().scenarios():
            unit.collection.save_scenario(scenario)
        for template in SuppliedFiles().templates():
            unit.collection.save_template(template)
        unit.tenancy.add_user(ann, None)
        unit.tenancy.save_setting("daily-cap", str(max(count, 2000)), now, "bench")
        source = {"tenant_id": tenant, "source_id": 1, "name": "bench", "last_good_at": now}
        unit.connection.execute(insert(sources), source)
        for start in range(1, count + 1, _SLICE):
            numbers = range(start, min(start + _SLICE, count + 1))
            unit.connection.execute(insert(customers), [_customer(tenant, n, now.date()) for n in numbers])
            unit.connection.execute(insert(contacts), [_contact(tenant, n) for n in numbers])
            unit.connection.execute(insert(items), [row for n in numbers for row in _items(tenant, n, now.date())])
            unit.connection.execute(insert(actions), [_action(tenant, n, now.date(), document) for n in numbers])
    return tenant


def _customer(tenant: TenantId, n: int, today: date) -> dict[str, Any]:
    return {
        "tenant_id": tenant,
        "customer_id": n,
        "entity_id": 1,
        "code": f"C{n:06}",
        "name": f"Customer {n} & Sons",
        "country": "FR",
        "language": "fr" if n % 2 else "en",
        "collector_id": 1,
        "created_on": today,
    }


def _contact(tenant: TenantId, n: int) -> dict[str, Any]:
    return {
        "tenant_id": tenant,
        "contact_id": n,
        "customer_id": n,
        "name": "Morel" if n % 2 else "Miller",
        "first_name": "Zoé" if n % 2 else "Kim",
        "email": f"payments@customer{n}.example",
        "collection": True,
    }


def _items(tenant: TenantId, n: int, today: date) -> Iterator[dict[str, Any]]:
    for nth in range(_ITEMS):
        number = n * _ITEMS + nth
        amount = 10_000 + number % 999_983
        yield {
            "tenant_id": tenant,
            "item_id": number,
            "entity_id": 1,
            "customer_id": n,
            "source_id": 1,
            "unique_key": f"F{number}",
            "type": "invoice",
            "number": f"F{number:08}",
            "issued_on": today - timedelta(days=60 - nth),
            "due_on": today - timedelta(days=20 - nth),
            "currency": "EUR",
            "amount": amount,
            "open_amount": amount,
            "created_import_id": 1,
            "changed_import_id": 1,
        }


def _action(tenant: TenantId, n: int, today: date, document: bool) -> dict[str, Any]:
    return {
        "tenant_id": tenant,
        "action_id": n,
        "customer_id": n,
        "scenario": "standard",
        "step": "first-reminder",
        "step_number": 2,
        "steps": 5,
        "kind": "email",
        "template": "first-reminder",
        "channel": "email",
        "automation": "automatic",
        "automatic": True,
        "state": "planned",
        "warnings": [],
        "due_on": today,
        "created_on": today,
        "leader_item_id": n * _ITEMS,
        "item_ids": [],
        "amount": 0,
        "currency": "EUR",
        "amounts": {},
        "message_id": f"<bench.{n}.1@bench.example>",
        "brief": {"attached": ["statement"]} if document else None,
    }

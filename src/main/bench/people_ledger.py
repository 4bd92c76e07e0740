"""An invented ledger for the benches of search and agenda: customers of many kinds, items of every type and status.

Twenty items a customer, as many as asked for, made by columns; the same for the same number on the same day.
"""

from datetime import UTC, date, datetime

import polars as pl
from sqlalchemy import Connection, Engine, insert

from relance.adapters.store.bulk import analyze, load
from relance.adapters.store.columns import microseconds
from relance.adapters.store.summaries import refresh_summaries
from relance.adapters.store.tables.customers import groups
from relance.adapters.store.tables.intake import sources
from relance.adapters.store.tables.tenancy import tenants
from relance.adapters.store.tenancy import SqlTenantDirectory
from relance.adapters.store.work import SqlWork
from relance.adapters.supplied.files import SuppliedFiles
from relance.core.kernel.days import day_number
from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import TenantId, UserId
from relance.core.tenancy.tenants import Tenant
from relance.core.tenancy.users import User
from relance.main.bench.emptiness import prepare_empty
from relance.main.bench.people_rows import (
    GROUPS,
    SOURCES,
    USERS,
    actions_of,
    colleagues_of,
    contacts_of,
    customers_of,
    groups_of,
    items_of,
)

_CODE = "bench-people"
ITEMS_A_CUSTOMER = 20
_TABLES = ("customers", "contacts", "items", "actions", "customer_groups", "customer_colleagues", "account_summaries")


def found_or_known(engine: Engine, items: int, today: date) -> TenantId:
    """The tenant with this ledger, as it is or newly made; raises BadInput for a database that holds anything else."""
    known = _known(engine, items, today)
    if known is not None:
        return known
    prepare_empty(engine)
    tenant = _tenant(engine, today)
    with engine.begin() as connection:
        _fill(connection, tenant, max(1, items // ITEMS_A_CUSTOMER), items, day_number(today))
    with engine.begin() as connection:
        refresh_summaries(connection, tenant, today, None)
    with engine.begin() as connection:
        analyze(connection, *_TABLES)
        _note_counters(connection, tenant, items)
    return tenant


def _known(engine: Engine, items: int, today: date) -> TenantId | None:
    """The tenant of an earlier run on the same day."""
    with engine.connect() as connection:
        if not engine.dialect.has_table(connection, "tenants"):
            return None
        mine = tenants.c.code == _CODE
        row = connection.execute(tenants.select().where(mine, tenants.c.created_on == today)).first()
        if row is None:
            return None
        count = f"select count(*) from items where tenant_id = {row.tenant_id}"
        if connection.exec_driver_sql(count).scalar_one() != items:
            raise BadInput("the database holds the bench's ledger in another size: give an empty one")
        return TenantId(row.tenant_id)


def _tenant(engine: Engine, today: date) -> TenantId:
    draft = Tenant(
        tenant=TenantId(0),
        code=_CODE,
        name="Bench",
        currency="EUR",
        country="FR",
        language="en",
        timezone="Europe/Paris",
        created_on=today,
    )
    tenant = SqlTenantDirectory(engine).found(draft, "B01")
    now = datetime.now(UTC)
    with SqlWork(engine)(tenant) as unit:
        for scenario in SuppliedFiles().scenarios():
            unit.collection.save_scenario(scenario)
        for template in SuppliedFiles().templates():
            unit.collection.save_template(template)
        for number in range(1, USERS + 1):
            unit.tenancy.add_user(_user(number), None)
        made = {"tenant_id": tenant, "origin": "person", "author": "bench", "at": now}
        unit.connection.execute(insert(groups), [made | {"group_id": n, "name": f"Group {n}"} for n in GROUPS])
        source = {"tenant_id": tenant, "last_good_at": now}
        unit.connection.execute(insert(sources), [source | {"source_id": n, "name": f"ERP {n}"} for n in SOURCES])
    return tenant


def _user(number: int) -> User:
    return User(
        user=UserId(number),
        email=f"user{number}@bench.example",
        name=f"User {number}",
        role="collector",
        active=number != USERS,
        address_confirmed=True,
    )


def _fill(connection: Connection, tenant: TenantId, customers: int, items: int, today: int) -> None:
    same, now = {"tenant_id": tenant}, microseconds(datetime.now(UTC))
    load(connection, "customers", customers_of(customers, today, now), same)
    load(connection, "contacts", contacts_of(customers), same)
    load(connection, "customer_groups", groups_of(customers, now), same)
    load(connection, "customer_colleagues", colleagues_of(customers, now), same)
    for start in range(0, items, 250_000):
        load(connection, "items", items_of(start, min(items, start + 250_000), customers, today), same)
    load(connection, "actions", actions_of(customers, today, now), same)
    connection.exec_driver_sql(_leaders(tenant, today))


def _leaders(tenant: TenantId, today: int) -> str:
    """An open action is about the first of its customer's invoices that may be asked for and have not had its step."""
    return (
        "update actions set leader_item_id = coalesce((select min(i.item_id + 0) from items i "
        f"where i.tenant_id = {tenant} and i.customer_id = actions.customer_id and i.open_amount > 0 "
        f"and i.open_amount <> 0 and i.hold is null and i.type = 'invoice' and i.due_on < {today - 20} "
        "and i.step_done < 3), 0) "
        f"where tenant_id = {tenant} and done_on is null"
    )


def _note_counters(connection: Connection, tenant: TenantId, items: int) -> None:
    """What the product makes from now on gets numbers behind those of the ledger."""
    names = ("customers", "contacts", "items", "actions", "customer_groups", "customer_colleagues", "groups", "users")
    rows = pl.DataFrame({"name": names, "value": [items * 2] * len(names)})
    connection.exec_driver_sql(f"delete from counters where tenant_id = {tenant}")
    load(connection, "counters", rows, {"tenant_id": tenant})

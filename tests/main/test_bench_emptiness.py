"""A bench refuses a database that holds anything, before it writes."""

import pytest
from sqlalchemy import Engine, create_engine, inspect

from relance.adapters.store.tenancy import SqlTenantDirectory
from relance.core.kernel.errors import BadInput
from relance.main.bench.emptiness import prepare_empty
from tests.conftest import acme


@pytest.fixture
def empty() -> Engine:
    """A database of its own."""
    return create_engine("sqlite://")


def test_an_empty_database_gets_its_tables_and_may_be_used_again(empty: Engine) -> None:
    prepare_empty(empty)
    prepare_empty(empty)
    assert inspect(empty).has_table("items")


def test_a_database_with_a_tenant_is_refused(empty: Engine) -> None:
    prepare_empty(empty)
    SqlTenantDirectory(empty).found(acme("acme"), "FR01")
    with pytest.raises(BadInput):
        prepare_empty(empty)


def test_a_database_of_another_program_is_refused_and_left_alone(empty: Engine) -> None:
    with empty.begin() as connection:
        connection.exec_driver_sql("create table elsewhere (a integer)")
    with pytest.raises(BadInput):
        prepare_empty(empty)
    assert not inspect(empty).has_table("items")

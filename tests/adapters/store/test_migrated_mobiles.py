"""Mobile numbers that were typed before they were read."""

from importlib import import_module

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import create_engine, text

_BEFORE = (
    "create table tenants (tenant_id int, country text)",
    "create table customers (tenant_id int, customer_id int, country text)",
    "create table contacts (tenant_id int, contact_id int, customer_id int, mobile text)",
    "insert into tenants values (1, 'FR'), (2, 'GB')",
    "insert into customers values (1, 1, 'FR'), (1, 2, ''), (1, 3, 'GB'), (2, 1, '')",
    "insert into contacts values (1, 1, 1, '06 39 98 01 23'), (1, 2, 2, '06 39 98 01 24'), (1, 3, 3, '07700 900123'), "
    "(1, 4, 1, ''), (1, 5, 1, 'ask Ann'), (2, 1, 1, '07700 900124')",
)


def test_numbers_that_are_there_are_read_once() -> None:
    migration = import_module("relance.adapters.store.migrations.versions.0050_mobile_numbers")
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        for statement in _BEFORE:
            connection.execute(text(statement))
        with Operations.context(MigrationContext.configure(connection)):
            migration.upgrade()
        found = connection.execute(text("select mobile_e164 from contacts order by tenant_id, contact_id")).scalars()
        assert list(found) == ["+33639980123", "+33639980124", "+447700900123", "", "", "+447700900124"]
    engine.dispose()

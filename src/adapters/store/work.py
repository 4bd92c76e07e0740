"""The unit of work on SQLAlchemy: one connection, one transaction, one tenant."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine

from relance.adapters.store.beside import reading_by_two
from relance.adapters.store.engine import WRITE
from relance.adapters.store.ledger_stores import LedgerStores
from relance.adapters.store.message_stores import MessageStores
from relance.adapters.store.tenancy import insert_tenant
from relance.core.kernel.identifiers import TenantId
from relance.core.tenancy.tenants import Tenant


class SqlUnit(LedgerStores, MessageStores):
    """What one transaction can reach; each word's store is made when first asked for."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self.connection, self.tenant = connection, tenant


class SqlWork:
    """Opens units of work on one engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def __call__(self, tenant: TenantId) -> Iterator[SqlUnit]:
        """A transaction that may write; commits on a clean exit."""
        with self._engine.begin() as connection:
            yield SqlUnit(connection, tenant)

    @contextmanager
    def reading(self, tenant: TenantId) -> Iterator[SqlUnit]:
        """A transaction that only reads."""
        with (
            self._engine.execution_options(**{WRITE: False}).connect() as connection,
            connection.begin() as transaction,
        ):
            yield SqlUnit(connection, tenant)
            transaction.rollback()

    @contextmanager
    def reading_long(self, tenant: TenantId) -> Iterator[SqlUnit]:
        """The same for one long question, which two readers may share where the database is SQLite."""
        with reading_by_two(self._engine) as connection:
            yield SqlUnit(connection, tenant)

    @contextmanager
    def founding(self, tenant: Tenant, entity_code: str) -> Iterator[SqlUnit]:
        """A transaction in which a new tenant with its first entity exists."""
        with self._engine.begin() as connection:
            yield SqlUnit(connection, insert_tenant(connection, tenant, entity_code))

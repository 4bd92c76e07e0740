"""The unit of work: one transaction of one tenant, committed on a clean exit and undone on any exception."""

from contextlib import AbstractContextManager
from typing import Protocol

from relance.core.kernel.identifiers import TenantId
from relance.core.tenancy.tenants import Tenant
from relance.ports.ledger_stores import LedgerStores
from relance.ports.message_stores import MessageStores


class Unit(LedgerStores, MessageStores, Protocol):
    """What one transaction can reach. Everything in it belongs to `tenant`."""

    tenant: TenantId


class Work(Protocol):
    """Opens transactions. Nothing but a verb commits, and a verb commits once."""

    def __call__(self, tenant: TenantId) -> AbstractContextManager[Unit]:
        """A transaction that may write; on SQLite it holds the write lock from its start."""
        ...

    def reading(self, tenant: TenantId) -> AbstractContextManager[Unit]:
        """A transaction that only reads, and waits for no writer."""
        ...

    def reading_long(self, tenant: TenantId) -> AbstractContextManager[Unit]:
        """The same for a question that many rows answer: it may be shared by two readers that see the same."""
        ...

    def founding(self, tenant: Tenant, entity_code: str) -> AbstractContextManager[Unit]:
        """A transaction in which a new tenant with its first entity exists; raises Conflict when the code is taken."""
        ...

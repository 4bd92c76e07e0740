"""What the store promises about API keys."""

from datetime import datetime
from typing import Protocol

from relance.core.kernel.identifiers import TenantId
from relance.core.tenancy.keys import ApiKey


class KeyStore(Protocol):
    """The keys of the unit's tenant."""

    def add(self, key: ApiKey) -> None:
        """Keep a new key."""
        ...

    def get(self, key: str) -> ApiKey | None:
        """The key of this id, also a revoked one."""
        ...

    def used(self, key: str, at: datetime) -> None:
        """Note when the key was last used."""
        ...


class KeyDirectory(Protocol):
    """Looks across tenants before anybody is let in."""

    def tenant_of(self, key: str) -> TenantId | None:
        """The tenant whose key bears this id."""
        ...

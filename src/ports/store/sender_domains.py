"""What the store promises about domains that a tenant sends from."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Protocol

from relance.core.tenancy.sender_domains import SenderDomain, Sight


class SenderDomainStore(Protocol):
    """One tenant's domains."""

    def all(self) -> list[SenderDomain]:
        """By name."""
        ...

    def add(self, one: SenderDomain, sealed: str) -> None:
        """Keep a new one with its sealed private key; raises Conflict where it is there."""
        ...

    def saw(self, domain: str, sights: Mapping[str, Sight], at: datetime) -> None:
        """Keep what was seen of it; raises NotFound."""
        ...

    def remove(self, domain: str) -> None:
        """Forget it and its key; raises NotFound."""
        ...

    def sealed(self, domains: Collection[str]) -> dict[str, tuple[str, str]]:
        """Selector and sealed key of those whose key the world was seen to know."""
        ...

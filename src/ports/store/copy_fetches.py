"""What the store promises about copies that are fetched from the addresses of a file."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

import msgspec

from relance.core.intake.copy_hosts import CopyState, CopyTrouble
from relance.core.kernel.identifiers import ItemId


class CopyFetch(msgspec.Struct, frozen=True, kw_only=True):
    """A copy on its way: the address that the item's file gave, and what became of asking for it."""

    item: ItemId
    number: str
    source: str
    hosts: str
    address: str
    state: CopyState = "waiting"
    reason: CopyTrouble | None = None
    tries: int = 0
    next_at: datetime | None = None


class CopyFetchStore(Protocol):
    """Copies to fetch, of sources for which somebody switched it on."""

    def gather(self, now: datetime) -> None:
        """Put on the list what imports brought since the last look."""
        ...

    def waits(self, now: datetime) -> bool:
        """Whether there is anything to gather or to ask for."""
        ...

    def due(self, now: datetime, limit: int) -> list[CopyFetch]:
        """Those whose time has come, the longest waiting first."""
        ...

    def keep(self, fetch: CopyFetch, at: datetime) -> None:
        """Keep what became of one, unless its address is another by now."""
        ...

    def of_items(self, items: Collection[ItemId]) -> dict[ItemId, CopyFetch]:
        """What became of the copies of some items."""
        ...

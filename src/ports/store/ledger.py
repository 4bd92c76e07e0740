"""What the store promises about sums over the ledger."""

from datetime import datetime
from typing import Protocol

import msgspec

from relance.core.kernel.identifiers import UserId


class LedgerQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """Which items. `until`: as they were open at that moment; `customer` is a code; `own` limits to a collector's."""

    until: datetime | None = None
    customer: str | None = None
    own: UserId | None = None


class LedgerStore(Protocol):
    """Sums over items."""

    def open_sums(self, question: LedgerQuestion) -> dict[str, tuple[int, int]]:
        """Currency to the number of open items and their amount; memo items are in neither (D2)."""
        ...

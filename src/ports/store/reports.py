"""What the store promises about reports of messages: each is kept once, as it came, and folded later."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

import msgspec

from relance.core.kernel.identifiers import ActionId
from relance.ports.channels import Report


class MessageReport(msgspec.Struct, frozen=True, kw_only=True):
    """A report of one generation of an action's message."""

    action: ActionId
    generation: int
    at: datetime
    report: Report


class ReportStore(Protocol):
    """One tenant's reports."""

    def append(self, report: MessageReport) -> bool:
        """Keep a report; False for one that was kept before."""
        ...

    def unfolded(self, limit: int) -> list[MessageReport]:
        """Reports of which nothing has followed yet, the oldest first."""
        ...

    def folded(self, events: Collection[str]) -> None:
        """What follows of these was done."""
        ...

    def of(self, action: ActionId) -> list[MessageReport]:
        """Every report of an action's messages, the oldest first."""
        ...

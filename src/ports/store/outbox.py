"""What the store promises about the outbox's screen: messages that were handed over."""

from datetime import datetime
from typing import Protocol

import msgspec

from relance.core.kernel.identifiers import ActionId
from relance.core.tenancy.users import Actor


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """One message that was handed over."""

    action: ActionId
    at: datetime
    customer_code: str
    customer_name: str
    step: str
    to: str
    subject: str
    language: str


class OutboxStore(Protocol):
    """Reads of one tenant; visibility is part of the query."""

    def written(self, actor: Actor, limit: int) -> list[Written]:
        """The newest messages first."""
        ...

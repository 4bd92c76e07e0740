"""What the store promises about reading the audit trail."""

from datetime import datetime
from typing import Protocol

import msgspec


class AuditLine(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the trail; `detail` is JSON text as it was hashed."""

    seq: int
    at: datetime
    actor: str
    event: str
    subject: str
    detail: str


class AuditLog(Protocol):
    """The trail as people read it; nothing here can write."""

    def lines(self, search: str, before: int | None, limit: int) -> list[AuditLine]:
        """The latest first; `before` is the number of the last line seen, `search` part of actor, event or subject."""
        ...

    def latest_of(self, subjects: list[str]) -> AuditLine | None:
        """The last row about any of these subjects."""
        ...

"""The audit trail: append-only, each row hashes the one before it."""

from typing import Any, Protocol

import msgspec


class AuditVerdict(msgspec.Struct, frozen=True):
    """Whether a tenant's chain is whole: its head hash, and the first bad row's number."""

    ok: bool
    head: str
    first_bad: int | None


class AuditTrail(Protocol):
    """Records who did what in the same transaction as the deed."""

    def record(self, actor: str, event: str, subject: str, detail: dict[str, Any] | None = None) -> None:
        """Append one row; `detail` is plain data without secrets."""
        ...

    def record_many(self, actor: str, event: str, rows: list[tuple[str, dict[str, Any]]]) -> None:
        """Append one row for each (subject, detail), in order."""
        ...

    def verify(self) -> AuditVerdict:
        """Recompute the chain from its first row."""
        ...

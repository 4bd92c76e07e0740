"""Answers kept under an Idempotency-Key, so that a program may ask twice and be served once (I-22)."""

from datetime import datetime
from typing import Protocol

import msgspec

from relance.core.kernel.identifiers import TenantId


class KeptAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What was answered to a request; `status` is 0 while it is still being served."""

    fingerprint: str
    status: int
    body: bytes


class Answers(Protocol):
    """Remembers requests by tenant and key for a day."""

    def begin(self, tenant: TenantId, key: str, fingerprint: str, now: datetime) -> KeptAnswer | None:
        """Take the key for this request and return None, or return what is kept under it."""
        ...

    def keep(self, tenant: TenantId, key: str, status: int, body: bytes) -> None:
        """Keep the answer."""
        ...

    def forget(self, tenant: TenantId, key: str) -> None:
        """Give the key back: the request was refused and changed nothing."""
        ...

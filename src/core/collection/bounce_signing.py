"""Who may report returned mail over HTTP: a mail provider that signs with the tenant's own secret (T6)."""

import hashlib
import hmac
from datetime import datetime, timedelta

from relance.core.kernel.errors import RelanceError

SKEW = timedelta(minutes=5)


class SignatureRefused(RelanceError):
    """Not signed with the tenant's secret, or too long ago."""

    code = "signature-refused"
    status = 403


def secret_of(tenant: str, edition: int, key: bytes) -> str:
    """The secret of one tenant: another edition is another secret, and the old one opens nothing any more."""
    return hmac.new(key, f"returned-mail:{tenant}:{edition}".encode(), hashlib.sha256).hexdigest()


def signature(secret: str, moment: str, body: bytes) -> str:
    """What `X-Relance-Signature` says of a body sent at a moment (seconds since 1970, as text)."""
    return "sha256=" + hmac.new(secret.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()


def require_signature(secret: str, moment: str, body: bytes, said: str, now: datetime) -> None:
    """Raise SignatureRefused; in constant time."""
    right = hmac.compare_digest(signature(secret, moment, body).encode(), said.encode())
    fresh = moment.isascii() and moment.isdigit() and len(moment) < 12
    if not right or not fresh or abs(now.timestamp() - int(moment)) > SKEW.total_seconds():
        raise SignatureRefused("the signature or its time is not right")

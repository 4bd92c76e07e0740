"""The Message-ID of an action: fixed when it is planned, the same in every attempt (I-4)."""

import hashlib
import hmac
import re

NOWHERE = "relance.invalid"
"""The domain of a tenant without a sender address (RFC 2606: it never resolves)."""
_REFERENCE = re.compile(r"([1-9][0-9]{0,14})\.([1-9][0-9]{0,5})\.([0-9a-f]{16})", re.ASCII)


def domain_of(sender: str) -> str:
    """The domain of a sender written as an address or as `Name <address>`."""
    domain = sender.rpartition("@")[2].strip(" >")
    return domain if domain and "@" in sender else NOWHERE


def message_id(tenant: str, action: int, generation: int, domain: str, key: bytes) -> str:
    """Unique by tenant, action and generation; the keyed digest keeps strangers from guessing others."""
    name = f"{tenant}.{action}.{generation}"
    return f"<{name}.{digest_of(name, key)}@{domain}>"


def named_by(tenant: str, reference: str, key: bytes) -> tuple[int, int] | None:
    """Action and generation of what stands behind the tenant in a Message-ID; None where we did not make it."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return None
    action, generation, digest = found.groups()
    expected = digest_of(f"{tenant}.{action}.{generation}", key)
    return (int(action), int(generation)) if hmac.compare_digest(expected, digest) else None


def digest_of(name: str, key: bytes) -> str:
    """What only this installation can put behind a name."""
    return hashlib.blake2b(name.encode(), key=key[:64], digest_size=8).hexdigest()

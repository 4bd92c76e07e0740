"""The Message-ID of an action: fixed when it is planned, the same in every attempt (I-4)."""

import hashlib

NOWHERE = "relance.invalid"
"""The domain of a tenant without a sender address (RFC 2606: it never resolves)."""


def domain_of(sender: str) -> str:
    """The domain of a sender written as an address or as `Name <address>`."""
    domain = sender.rpartition("@")[2].strip(" >")
    return domain if domain and "@" in sender else NOWHERE


def message_id(tenant: str, action: int, generation: int, domain: str, key: bytes) -> str:
    """Unique by tenant, action and generation; the keyed digest keeps strangers from guessing others."""
    name = f"{tenant}.{action}.{generation}"
    return f"<{name}.{digest_of(name, key)}@{domain}>"


def digest_of(name: str, key: bytes) -> str:
    """What only this installation can put behind a name."""
    return hashlib.blake2b(name.encode(), key=key[:64], digest_size=8).hexdigest()

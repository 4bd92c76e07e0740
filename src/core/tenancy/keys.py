"""API keys: what they may do, and how the text that a program sends is built and read."""

import hashlib
from datetime import datetime
from typing import Literal

import msgspec

from relance.core.kernel.errors import BadInput, RelanceError
from relance.core.kernel.identifiers import TenantId, UserId
from relance.core.tenancy.users import Actor, Right, may

Scope = Literal["read", "import", "undo", "collect", "assign", "settings"]
SCOPES: tuple[Scope, ...] = ("read", "import", "undo", "collect", "assign", "settings")
"""`read`: see everything of the tenant; `import`: hand in files; `undo`: undo imports; `collect`: confirm, hold and
release; `assign`: who collects, groups, colleagues and scenarios; `settings`: settings, users and
scenarios."""

_PREFIX = "rl"
_RIGHTS: dict[Scope, tuple[Right, ...]] = {
    "read": ("see", "export"),
    "import": ("import",),
    "undo": ("undo",),
    "collect": ("confirm", "qualify"),
    "assign": ("assign",),
    "settings": ("settings", "scenarios"),
}
_ALL: frozenset[Right] = frozenset(
    {"settings", "scenarios", "confirm", "qualify", "assign", "import", "undo", "override-guard", "export", "see"}
)


class ApiKey(msgspec.Struct, frozen=True, kw_only=True):
    """A key of one tenant. `key` is public, the secret is kept as its SHA-256 only."""

    tenant: TenantId
    key: str
    name: str
    scopes: tuple[Scope, ...]
    secret_hash: str
    created_at: datetime
    revoked_at: datetime | None = None
    last_used_at: datetime | None = None
    user: UserId | None = None
    """The person for whom the program acts: it sees what that person sees, and may no more."""


class KeyRefused(RelanceError):
    """The key is unknown, revoked or torn; which of these is not told."""

    code = "key-refused"
    status = 401


class ScopeMissing(RelanceError):
    """The key is good, but was not given this scope."""

    code = "scope-missing"
    status = 403


def key_text(tenant: TenantId, key: str, secret: str) -> str:
    """What the program sends: the prefix that secret scanners look for, the tenant's number, the key, the secret."""
    return "_".join((_PREFIX, str(tenant), key, secret))


def parts_of(text: str) -> tuple[TenantId, str, str]:
    """Tenant, key and secret of what was sent; raises KeyRefused."""
    parts = text.split("_")
    if len(parts) != 4 or parts[0] != _PREFIX or not (parts[1].isascii() and parts[1].isdigit()):
        raise KeyRefused("this is no API key")
    if len(parts[1]) > 9:
        raise KeyRefused("this is no API key")
    return TenantId(int(parts[1])), parts[2], parts[3]


def hash_of(secret: str) -> str:
    """What is kept of a secret: a random one needs no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def checked_scopes(scopes: tuple[str, ...]) -> tuple[Scope, ...]:
    """The scopes in their usual order; raises BadInput for one that does not exist."""
    wrong = [scope for scope in scopes if scope not in SCOPES]
    if wrong:
        raise BadInput(f"scope {wrong[0]!r}: one of {', '.join(SCOPES)}")
    return tuple(scope for scope in SCOPES if scope in scopes)


def rights_of(scopes: tuple[Scope, ...]) -> tuple[Right, ...]:
    """The rights that scopes stand for; seeing comes with every key."""
    return tuple(right for scope in scopes for right in _RIGHTS[scope])


def narrowed(person: Actor, scopes: tuple[Scope, ...]) -> Actor:
    """The person as far as the key's scopes reach: neither adds to what the other allows."""
    reach = {right for scope in scopes for right in _RIGHTS[scope]} | {"see"}
    taken = tuple(f"-{right}" for right in sorted(_ALL - reach) if may(person, right))
    return msgspec.structs.replace(person, rights=(*person.rights, *taken))


def require_scope(held: tuple[Scope, ...], scope: Scope) -> None:
    """Raise ScopeMissing unless the key was given the scope."""
    if scope not in held:
        raise ScopeMissing(f"this key lacks the scope {scope}")

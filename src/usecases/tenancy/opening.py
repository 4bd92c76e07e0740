"""What opening a session means: a fresh random token, kept as a hash, bound to what the account is now."""

import hashlib
import secrets
from datetime import datetime, timedelta

import msgspec

from relance.core.kernel.errors import RelanceError
from relance.core.kernel.identifiers import TenantId, UserId
from relance.ports.store.sessions import Session
from relance.ports.work import Unit

IDLE = timedelta(hours=12)
LONGEST = timedelta(days=7)


class SignInRefused(RelanceError):
    """The address and the password do not fit together; the same answer for every cause."""

    code = "sign-in-refused"
    status = 401


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """A session that was just opened: what the browser must hold, and where to go."""

    cookie: str
    tenant_code: str
    csrf_token: str


def digest(token: str) -> str:
    """What the store keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_token() -> str:
    """256 random bits for an address or a cookie."""
    return secrets.token_urlsafe(32)


def carried(tenant: TenantId, token: str) -> str:
    """Tenant and token as one word for a cookie or an address."""
    return f"{tenant}-{token}"


def split(word: str) -> tuple[TenantId, str] | None:
    """The tenant and token of a cookie or link; None for what is no such word."""
    number, dash, token = word.partition("-")
    if not dash or not number.isascii() or not number.isdigit() or len(number) > 9 or len(token) != 43:
        return None
    return TenantId(int(number)), token


def open_session(unit: Unit, user: UserId, now: datetime) -> Opened:
    """Keep a new session in this unit; the token is made here and never taken from a client."""
    stamp = unit.sessions.stamp(user)
    if not stamp:
        raise SignInRefused("this account cannot sign in")
    token, csrf_token = new_token(), new_token()
    unit.sessions.end_older(now)
    unit.sessions.add(
        Session(
            token_hash=digest(token),
            user=user,
            csrf_token=csrf_token,
            stamp=stamp,
            created_at=now,
            seen_at=now,
            expires_at=now + LONGEST,
        )
    )
    return Opened(cookie=carried(unit.tenant, token), tenant_code=unit.tenancy.tenant().code, csrf_token=csrf_token)

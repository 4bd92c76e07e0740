"""What the store promises about signing in: sessions, one-time links, accounts by address, counted tries."""

from collections.abc import Collection
from datetime import datetime
from typing import Literal, NamedTuple, Protocol

import msgspec

from relance.core.kernel.identifiers import TenantId, UserId

LinkPurpose = Literal["sign-in", "mailed", "address"]
"""`mailed`: signs in, and left by mail only, so that who uses it reads this address; `address`: says only that."""


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """A server-side session; the browser holds the token, the store only its hash.

    `stamp` is what the account's password, role and state were at sign-in: once they differ, the session is dead
    (I-23).
    """

    token_hash: str
    user: UserId
    csrf_token: str
    stamp: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """One person's access to one tenant."""

    tenant: TenantId
    tenant_name: str
    user: UserId
    password_hash: str | None


class Taken(NamedTuple):
    """Whose link was used up, and what it was for."""

    user: UserId
    purpose: LinkPurpose


class SessionStore(Protocol):
    """Sessions and sign-in links of the unit's tenant."""

    def add(self, session: Session) -> None:
        """Keep a new session."""
        ...

    def find(self, token_hash: str) -> Session | None:
        """The session of this hash."""
        ...

    def touch(self, token_hash: str, at: datetime) -> None:
        """Remember that the session was used."""
        ...

    def end(self, token_hash: str) -> None:
        """Forget one session."""
        ...

    def end_all(self, user: UserId) -> None:
        """Forget every session of a user."""
        ...

    def end_older(self, now: datetime) -> None:
        """Forget sessions and links whose time is over."""
        ...

    def stamp(self, user: UserId) -> str:
        """What the session of this user must carry now; empty when the user cannot sign in."""
        ...

    def password_hash(self, user: UserId) -> str | None:
        """The hash of the user's password."""
        ...

    def save_password(self, user: UserId, password_hash: str) -> None:
        """Keep a new password; every session of the user is dead from here on."""
        ...

    def save_profile(self, user: UserId, language: str | None, theme: str | None, single_keys: bool) -> None:
        """Keep how the user wants to see the pages."""
        ...

    def add_link(self, token_hash: str, user: UserId, expires_at: datetime, purpose: LinkPurpose = "sign-in") -> None:
        """Keep a one-time link."""
        ...

    def take_link(self, token_hash: str, at: datetime, purposes: Collection[LinkPurpose]) -> Taken | None:
        """Use a link for one of these purposes up; None when it is unknown, used or too old."""
        ...


class SignInDirectory(Protocol):
    """Looks across tenants before anybody is signed in."""

    def accounts(self, email: str) -> list[Account]:
        """Every active account with this address."""
        ...

    def reserve(self, key: str, limit: int, since: datetime, now: datetime) -> bool:
        """Count one try for a key; False, and nothing counted, when `limit` tries were made since then."""
        ...

    def forgive(self, key: str) -> None:
        """Forget the tries of a key."""
        ...

    def reachable(self) -> bool:
        """Whether the database answers and has our tables."""
        ...

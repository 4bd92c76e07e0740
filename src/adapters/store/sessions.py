"""Sessions, sign-in links, accounts by address and counted tries."""

import hashlib
from collections.abc import Collection
from datetime import datetime

import msgspec
from sqlalchemy import ColumnElement, Connection, Engine, delete, func, insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from relance.adapters.store.engine import SchemaMissing
from relance.adapters.store.tables.tenancy import sessions, sign_in_attempts, sign_in_links, tenants, users
from relance.core.kernel.identifiers import TenantId, UserId
from relance.ports.store.sessions import Account, LinkPurpose, Session, Taken


class SqlSessions:
    """Sessions and links of one tenant."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def add(self, session: Session) -> None:
        """Keep a new session."""
        row = msgspec.structs.asdict(session)
        row["user_id"] = row.pop("user")
        self._connection.execute(insert(sessions), row | {"tenant_id": self._tenant})

    def find(self, token_hash: str) -> Session | None:
        """The session of this hash."""
        query = select(sessions).where(sessions.c.tenant_id == self._tenant, sessions.c.token_hash == token_hash)
        row = self._connection.execute(query).first()
        if row is None:
            return None
        return Session(
            token_hash=row.token_hash,
            user=UserId(row.user_id),
            csrf_token=row.csrf_token,
            stamp=row.stamp,
            created_at=row.created_at,
            seen_at=row.seen_at,
            expires_at=row.expires_at,
        )

    def touch(self, token_hash: str, at: datetime) -> None:
        """Remember that the session was used."""
        chosen = (sessions.c.tenant_id == self._tenant) & (sessions.c.token_hash == token_hash)
        self._connection.execute(update(sessions).where(chosen).values(seen_at=at))

    def end(self, token_hash: str) -> None:
        """Forget one session."""
        chosen = (sessions.c.tenant_id == self._tenant) & (sessions.c.token_hash == token_hash)
        self._connection.execute(delete(sessions).where(chosen))

    def end_all(self, user: UserId) -> None:
        """Forget every session of a user."""
        chosen = (sessions.c.tenant_id == self._tenant) & (sessions.c.user_id == user)
        self._connection.execute(delete(sessions).where(chosen))

    def end_older(self, now: datetime) -> None:
        """Forget sessions and links whose time is over."""
        for table in (sessions, sign_in_links):
            self._connection.execute(delete(table).where(table.c.tenant_id == self._tenant, table.c.expires_at < now))

    def stamp(self, user: UserId) -> str:
        """A digest of password, role and rights; empty when the user is unknown or inactive."""
        query = select(users.c.password_hash, users.c.role, users.c.rights, users.c.active)
        row = self._connection.execute(query.where(self._is(user))).first()
        if row is None or not row.active:
            return ""
        return hashlib.sha256(f"{row.password_hash}|{row.role}|{row.rights}".encode()).hexdigest()[:32]

    def password_hash(self, user: UserId) -> str | None:
        """The hash of the user's password."""
        found: str | None = self._connection.execute(select(users.c.password_hash).where(self._is(user))).scalar()
        return found

    def save_password(self, user: UserId, password_hash: str) -> None:
        """Keep a new password; its sessions carry another stamp and are dead."""
        self._connection.execute(update(users).where(self._is(user)).values(password_hash=password_hash))

    def save_profile(self, user: UserId, language: str | None, theme: str | None, single_keys: bool) -> None:
        """Keep how the user wants to see the pages."""
        values = {"language": language, "theme": theme, "single_keys": single_keys}
        self._connection.execute(update(users).where(self._is(user)).values(values))

    def add_link(self, token_hash: str, user: UserId, expires_at: datetime, purpose: LinkPurpose = "sign-in") -> None:
        """Keep a one-time link."""
        row = {"tenant_id": self._tenant, "token_hash": token_hash, "user_id": user, "expires_at": expires_at}
        self._connection.execute(insert(sign_in_links), row | {"purpose": purpose})

    def take_link(self, token_hash: str, at: datetime, purposes: Collection[LinkPurpose]) -> Taken | None:
        """Use a link up in one statement, so that two clicks at once give one session."""
        c = sign_in_links.c
        chosen = (c.tenant_id == self._tenant) & (c.token_hash == token_hash) & c.used_at.is_(None)
        statement = update(sign_in_links).where(chosen, c.expires_at > at, c.purpose.in_(purposes)).values(used_at=at)
        row = self._connection.execute(statement.returning(c.user_id, c.purpose)).first()
        return None if row is None else Taken(UserId(row.user_id), row.purpose)

    def _is(self, user: UserId) -> ColumnElement[bool]:
        return (users.c.tenant_id == self._tenant) & (users.c.user_id == user)


class SqlSignInDirectory:
    """Looks across tenants before anybody is signed in."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def accounts(self, email: str) -> list[Account]:
        """Every active account with this address, by tenant name."""
        query = select(users.c.tenant_id, tenants.c.name, users.c.user_id, users.c.password_hash)
        query = query.join(tenants, tenants.c.tenant_id == users.c.tenant_id)
        query = query.where(users.c.email == email.strip().lower(), users.c.active).order_by(tenants.c.name)
        with self._engine.connect().execution_options(relance_write=False) as connection:
            return [
                Account(tenant=TenantId(number), tenant_name=name, user=UserId(user), password_hash=password_hash)
                for number, name, user, password_hash in connection.execute(query)
            ]

    def reserve(self, key: str, limit: int, since: datetime, now: datetime) -> bool:
        """Count before the password is checked: a burst cannot get more than `limit` checks."""
        c = sign_in_attempts.c
        with self._engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("select pg_advisory_xact_lock(hashtext(%s))", (key,))
            connection.execute(delete(sign_in_attempts).where(c.key == key, c.at < since))
            tries, last = connection.execute(select(func.count(), func.max(c.number)).where(c.key == key)).one()
            if tries >= limit:
                return False
            connection.execute(insert(sign_in_attempts), {"key": key, "at": now, "number": (last or 0) + 1})
        return True

    def forgive(self, key: str) -> None:
        """Forget the tries of a key."""
        with self._engine.begin() as connection:
            connection.execute(delete(sign_in_attempts).where(sign_in_attempts.c.key == key))

    def reachable(self) -> bool:
        """Whether the database answers and has our tables."""
        try:
            with self._engine.connect().execution_options(relance_write=False) as connection:
                connection.execute(select(tenants.c.tenant_id).limit(1)).first()
        except (SQLAlchemyError, SchemaMissing):
            return False
        return True

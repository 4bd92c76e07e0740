"""Tenants, settings, users and counters."""

from datetime import datetime
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, bindparam, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from relance.adapters.store.tables.tenancy import counters, entities, settings, tenants, users
from relance.adapters.store.upsert import upsert, upsert_on
from relance.core.kernel.errors import Conflict, NotFound
from relance.core.kernel.identifiers import EntityId, TenantId, UserId
from relance.core.tenancy.settings import Settings
from relance.core.tenancy.tenants import Tenant
from relance.core.tenancy.users import User

_USER = (
    users.c.user_id,
    users.c.email,
    users.c.name,
    users.c.role,
    users.c.active,
    users.c.address_confirmed,
    users.c.rights,
    users.c.language,
    users.c.theme,
    users.c.single_keys,
    users.c.sees,
    users.c.invited_until,
)

_SETTINGS = select(settings.c.name, settings.c.value).where(settings.c.tenant_id == bindparam("tenant"))


class SqlTenancy:
    """One tenant's own data."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def tenant(self) -> Tenant:
        """The tenant; raises NotFound."""
        row = self._connection.execute(select(tenants).where(tenants.c.tenant_id == self._tenant)).first()
        if row is None:
            raise NotFound("no such tenant")
        return _tenant(row)

    def settings(self) -> Settings:
        """All settings, defaults included."""
        rows = self._connection.execute(_SETTINGS, {"tenant": self._tenant})
        return Settings({row[0]: row[1] for row in rows})

    def save_setting(self, name: str, value: str, at: datetime, by: str) -> None:
        """Keep one checked setting."""
        row = {"tenant_id": self._tenant, "name": name, "value": value, "changed_at": at, "changed_by": by}
        self._connection.execute(upsert(self._connection, settings, ("tenant_id", "name")), [row])

    def first_entity(self) -> EntityId:
        """The tenant's first entity."""
        query = select(func.min(entities.c.entity_id)).where(entities.c.tenant_id == self._tenant)
        return EntityId(self._connection.execute(query).scalar_one())

    def entity_by_code(self, code: str) -> EntityId:
        """The entity of this code; raises NotFound."""
        query = select(entities.c.entity_id).where(entities.c.tenant_id == self._tenant, entities.c.code == code)
        found = self._connection.execute(query).scalar()
        if found is None:
            raise NotFound(f"no entity {code!r}")
        return EntityId(found)

    def save_tenant(self, tenant: Tenant) -> None:
        """Keep the tenant's changed name, currency, country, language and zone."""
        row = msgspec.structs.asdict(tenant)
        kept = {name: row[name] for name in ("name", "currency", "country", "language", "timezone")}
        self._connection.execute(update(tenants).where(tenants.c.tenant_id == self._tenant).values(kept))

    def users(self) -> list[User]:
        """All users by name."""
        query = select(*_USER).where(users.c.tenant_id == self._tenant).order_by(users.c.name, users.c.user_id)
        return [_user(row) for row in self._connection.execute(query)]

    def user(self, user: UserId) -> User:
        """One user; raises NotFound."""
        query = select(*_USER).where(users.c.tenant_id == self._tenant, users.c.user_id == user)
        row = self._connection.execute(query).first()
        if row is None:
            raise NotFound("no such user")
        return _user(row)

    def user_by_email(self, email: str) -> User | None:
        """The user with this address, compared without case."""
        query = select(*_USER).where(users.c.tenant_id == self._tenant, users.c.email == email.strip().lower())
        row = self._connection.execute(query).first()
        return _user(row) if row else None

    def add_user(self, user: User, password_hash: str | None) -> None:
        """Keep a new user; raises Conflict when the address is taken."""
        row = msgspec.structs.asdict(user)
        row["user_id"], row["email"] = row.pop("user"), user.email.strip().lower()
        if self.user_by_email(user.email):
            raise Conflict(f"{user.email} is a user already")
        self._connection.execute(insert(users), row | {"tenant_id": self._tenant, "password_hash": password_hash})

    def save_user(self, user: User) -> None:
        """Keep a person's changed name, role, state, rights, view, invitation and confirmed address."""
        place = (users.c.tenant_id == self._tenant, users.c.user_id == user.user)
        row = msgspec.structs.asdict(user)
        names = ("name", "role", "active", "rights", "sees", "invited_until", "address_confirmed")
        kept = {name: row[name] for name in names} | {"rights": list(user.rights)}
        self._connection.execute(update(users).where(*place).values(kept))

    def end_invitations(self, now: datetime) -> list[UserId]:
        """Make those inactive who were invited, and have set no password in time."""
        late = (users.c.active, users.c.password_hash.is_(None), users.c.invited_until <= now)
        statement = update(users).where(users.c.tenant_id == self._tenant, *late).values(active=False)
        return sorted(self._connection.execute(statement.returning(users.c.user_id)).scalars())

    def next_numbers(self, name: str, count: int) -> int:
        """Reserve numbers of a counter; the row's lock is held until the commit."""
        row = {"tenant_id": self._tenant, "name": name, "value": count}
        last: int = self._connection.execute(_counted(self._connection.dialect.name), row).scalar_one()
        return last - count + 1


@cache
def _counted(dialect: str) -> Any:
    return upsert_on(dialect, counters, ("tenant_id", "name"), add=("value",)).returning(counters.c.value)


class SqlTenantDirectory:
    """Finds and founds tenants."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def by_code(self, code: str) -> Tenant:
        """The tenant of this code; raises NotFound."""
        with self._engine.connect().execution_options(relance_write=False) as connection:
            row = connection.execute(select(tenants).where(tenants.c.code == code)).first()
        if row is None:
            raise NotFound(f"no tenant {code!r}")
        return _tenant(row)

    def all(self) -> list[Tenant]:
        """Every tenant by code."""
        with self._engine.connect().execution_options(relance_write=False) as connection:
            return [_tenant(row) for row in connection.execute(select(tenants).order_by(tenants.c.code))]

    def found(self, tenant: Tenant, entity_code: str) -> TenantId:
        """Keep a new tenant with its first entity; raises Conflict when the code is taken."""
        with self._engine.begin() as connection:
            return insert_tenant(connection, tenant, entity_code)


def insert_tenant(connection: Connection, tenant: Tenant, entity_code: str) -> TenantId:
    """Keep a new tenant with its first entity; raises Conflict when the code is taken."""
    row = msgspec.structs.asdict(tenant)
    del row["tenant"]
    try:
        number = connection.execute(insert(tenants).returning(tenants.c.tenant_id), row).scalar_one()
    except IntegrityError as taken:
        raise Conflict(f"the tenant {tenant.code!r} exists already") from taken
    entity = {"tenant_id": number, "entity_id": 1, "code": entity_code, "name": tenant.name}
    connection.execute(insert(entities), entity)
    return TenantId(number)


def _user(row: Any) -> User:
    names = (
        "user",
        "email",
        "name",
        "role",
        "active",
        "address_confirmed",
        "rights",
        "language",
        "theme",
        "single_keys",
        "sees",
        "invited_until",
    )
    fields = dict(zip(names, row, strict=True))
    return msgspec.convert(fields, User)


def _tenant(row: Any) -> Tenant:
    number, code, name, currency, country, language, timezone, created_on = row
    return Tenant(
        tenant=TenantId(number),
        code=code,
        name=name,
        currency=currency,
        country=country,
        language=language,
        timezone=timezone,
        created_on=created_on,
    )

"""API keys."""

from datetime import datetime

import msgspec
from sqlalchemy import Connection, Engine, insert, select, update

from relance.adapters.store.tables.tenancy import api_keys
from relance.core.kernel.identifiers import TenantId
from relance.core.tenancy.keys import ApiKey


class SqlKeys:
    """The keys of one tenant."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def add(self, key: ApiKey) -> None:
        """Keep a new key."""
        row = {
            "tenant_id": self._tenant,
            "key_id": key.key,
            "name": key.name,
            "secret_hash": key.secret_hash,
            "scopes": list(key.scopes),
            "created_at": key.created_at,
            "user_id": key.user,
        }
        self._connection.execute(insert(api_keys), row)

    def get(self, key: str) -> ApiKey | None:
        """The key of this id, also a revoked one."""
        query = select(api_keys).where(api_keys.c.tenant_id == self._tenant, api_keys.c.key_id == key)
        row = self._connection.execute(query).first()
        if row is None:
            return None
        return msgspec.convert(
            {
                "tenant": row.tenant_id,
                "key": row.key_id,
                "name": row.name,
                "scopes": row.scopes,
                "secret_hash": row.secret_hash,
                "created_at": row.created_at,
                "revoked_at": row.revoked_at,
                "last_used_at": row.last_used_at,
                "user": row.user_id,
            },
            ApiKey,
        )

    def used(self, key: str, at: datetime) -> None:
        """Note when the key was last used."""
        mine = (api_keys.c.tenant_id == self._tenant) & (api_keys.c.key_id == key)
        self._connection.execute(update(api_keys).where(mine).values(last_used_at=at))


class SqlKeyDirectory:
    """Finds a key's tenant."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def tenant_of(self, key: str) -> TenantId | None:
        """The tenant whose key bears this id."""
        query = select(api_keys.c.tenant_id).where(api_keys.c.key_id == key)
        with self._engine.connect().execution_options(relance_write=False) as connection:
            return connection.execute(query).scalar()

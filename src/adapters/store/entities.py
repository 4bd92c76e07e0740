"""Legal entities of one tenant."""

from typing import Any

import msgspec
from sqlalchemy import Connection, insert, select, update

from relance.adapters.store.tables.tenancy import entities
from relance.core.kernel.errors import Conflict
from relance.core.kernel.identifiers import EntityId, TenantId
from relance.core.tenancy.entities import DETAILS, Entity

_COLUMNS = [entities.c[name] for name in ("code", "name", *DETAILS)]


class SqlEntities:
    """One tenant's entities."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def all(self) -> list[Entity]:
        """Every entity, the first one first."""
        query = select(entities.c.entity_id.label("entity"), *_COLUMNS).where(entities.c.tenant_id == self._tenant)
        return [_entity(row) for row in self._connection.execute(query.order_by(entities.c.entity_id))]

    def add(self, entity: Entity) -> Entity:
        """Keep a new entity under the next number; raises Conflict where the code is taken."""
        known = self.all()
        if any(one.code.casefold() == entity.code.casefold() for one in known):
            raise Conflict(f"there is an entity {entity.code!r} already")
        number = EntityId(max(one.entity for one in known) + 1)
        row = msgspec.structs.asdict(entity) | {"tenant_id": self._tenant, "entity_id": number}
        row.pop("entity")
        self._connection.execute(insert(entities), row)
        return msgspec.structs.replace(entity, entity=number)

    def save(self, entity: Entity) -> None:
        """Keep what changed; the code stays."""
        values = {name: getattr(entity, name) for name in ("name", *DETAILS)}
        place = (entities.c.tenant_id == self._tenant, entities.c.entity_id == entity.entity)
        self._connection.execute(update(entities).where(*place).values(values))


def _entity(row: Any) -> Entity:
    return Entity(**row._mapping)

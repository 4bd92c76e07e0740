"""What the store promises about the legal entities of a tenant."""

from typing import Protocol

from relance.core.tenancy.entities import Entity


class EntityStore(Protocol):
    """The unit's entities."""

    def all(self) -> list[Entity]:
        """Every entity, the first one first."""
        ...

    def add(self, entity: Entity) -> Entity:
        """Keep a new entity under the next number; raises Conflict where the code is taken."""
        ...

    def save(self, entity: Entity) -> None:
        """Keep what changed; the code stays."""
        ...

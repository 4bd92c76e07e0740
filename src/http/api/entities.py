"""Legal entities."""

from typing import Any

import msgspec
from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from relance.core.tenancy.entities import DETAILS, Entity
from relance.http.addresses import code_of
from relance.http.api.access import caller_of, doing, editing, reading
from relance.http.api.once import Once
from relance.usecases.tenancy.add_entity import AddEntity, NewEntity
from relance.usecases.tenancy.change_entity import ChangeEntity, EntityChange
from relance.usecases.tenancy.list_entities import ListEntities

AnyRequest = Request[Any, Any, Any]


class EntitiesAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Every legal entity, the first one first."""

    rows: list[Entity]


class EntityToChange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The fields to change. The first entity has a name alone: it signs as the company of the settings."""

    name: str | None = None
    country: str | None = None
    street: str | None = None
    zip: str | None = None
    city: str | None = None
    phone: str | None = None
    bank: str | None = None
    iban: str | None = None
    bic: str | None = None
    sender: str | None = None

    def details(self) -> dict[str, str]:
        """What was given of what messages are signed with."""
        return {name: getattr(self, name) for name in DETAILS if getattr(self, name) is not None}


class EntityWanted(EntityToChange, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An entity to add; files name it by its code."""

    code: str
    name: str


@reading("/entities", "settings", summary="The legal entities of the tenant")
def entities(request: AnyRequest, list_entities: NamedDependency[ListEntities]) -> EntitiesAnswer:
    """Every entity, the first one first."""
    return EntitiesAnswer(rows=list_entities(caller_of(request).actor))


@doing("/entities", "settings", summary="Add a legal entity")
def add_entity(
    request: AnyRequest,
    data: JSONBody[EntityWanted],
    add_entity: NamedDependency[AddEntity],
    once: NamedDependency[Once],
) -> Response[bytes]:
    """One company more."""
    wanted = NewEntity(actor=caller_of(request).actor, code=data.code, name=data.name, details=data.details())
    return once(request, msgspec.json.encode(data), lambda: add_entity(wanted))


@editing("/entities/{code:str}", "settings", summary="Change a legal entity: what is left out stays")
def change_entity(
    request: AnyRequest,
    code: FromPath[str],
    data: JSONBody[EntityToChange],
    change_entity: NamedDependency[ChangeEntity],
) -> Entity:
    """Its name, and what its messages are signed with; the code stays."""
    change = EntityChange(actor=caller_of(request).actor, code=code_of(code), name=data.name, details=data.details())
    return change_entity(change)


HANDLERS = [entities, add_entity, change_entity]

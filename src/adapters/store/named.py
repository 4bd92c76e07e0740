"""Which customer a person means: a code, or a code with its entity where several entities have one (A23)."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import ColumnElement, Connection, and_, or_

from relance.adapters.store.entities import SqlEntities
from relance.adapters.store.tables.customers import customers
from relance.core.kernel.identifiers import EntityId, TenantId
from relance.core.tenancy.entities import place_of


def named(connection: Connection, tenant: TenantId, code: str) -> ColumnElement[bool]:
    """Customers that `C001` or `FR02:C001` names; a code may itself hold a colon."""
    return any_named(connection, tenant, (code,))


def any_named(connection: Connection, tenant: TenantId, codes: Collection[str]) -> ColumnElement[bool]:
    """Customers that any of the words names."""
    ways: list[ColumnElement[bool]] = [
        customers.c.code.in_(codes) if len(codes) > 1 else customers.c.code == next(iter(codes))
    ]
    with_entity = [code.partition(":") for code in codes if ":" in code]
    numbers = entity_codes(connection, tenant) if with_entity else {}
    found: dict[EntityId, list[str]] = defaultdict(list)
    for number, entity in numbers.items():
        found[number] += [code for word, _, code in with_entity if word == entity]
    ways += [and_(customers.c.entity_id == number, customers.c.code.in_(of)) for number, of in found.items() if of]
    return or_(*ways)


def entity_codes(connection: Connection, tenant: TenantId) -> dict[EntityId, str]:
    """Every entity's code."""
    return {one.entity: one.code for one in SqlEntities(connection, tenant).all()}


def as_asked(code: str, entity: str, asked: Collection[str]) -> str:
    """The word by which a customer was asked for."""
    place = place_of(code, entity)
    return place if place in asked else code

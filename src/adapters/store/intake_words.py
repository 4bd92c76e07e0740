"""The words that cells of a file may use for something of the tenant's: codes of entities, customers, steps, people."""

from typing import Any

from sqlalchemy import Connection, select

from relance.adapters.store.steps import step_codes
from relance.adapters.store.tables.collection import scenarios
from relance.adapters.store.tables.customers import customers
from relance.adapters.store.tables.tenancy import entities, users
from relance.core.intake.fields import Kind
from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import TenantId
from relance.core.tenancy.users import ROLES


def known_words(connection: Connection, tenant: TenantId, kind: Kind, entity: str | None) -> dict[str, dict[str, Any]]:
    """By field: word to number or code. The entity of rows that name none stands under the empty word."""
    found = {"entity": _entities(connection, tenant, entity)}
    if kind == "items":
        codes = step_codes(connection, tenant)["last_step"].to_list()
        return found | {"last_step": {code: code for code in codes}}
    if kind == "customers":
        query = select(scenarios.c.code).where(scenarios.c.tenant_id == tenant)
        codes = list(connection.execute(query).scalars())
        return found | {"collector": _people(connection, tenant), "scenario": {code: code for code in codes}}
    place = (customers.c.tenant_id == tenant, customers.c.entity_id == found["entity"][""])
    rows = connection.execute(select(customers.c.code, customers.c.customer_id).where(*place))
    return found | {
        "customer_code": {row.code: row.customer_id for row in rows},
        "role": {role: role for role in ROLES},
    }


def customer_terms(connection: Connection, tenant: TenantId, entity: int) -> dict[str, str]:
    """The terms of the entity's customers that have some, by code."""
    place = (customers.c.tenant_id == tenant, customers.c.entity_id == entity, customers.c.terms != "")
    rows = connection.execute(select(customers.c.code, customers.c.terms).where(*place))
    return {row.code: row.terms for row in rows}


def customer_codes(connection: Connection, tenant: TenantId) -> dict[str, list[Any]]:
    """Entity and code of every customer, each as a list."""
    query = select(customers.c.entity_id, customers.c.code).where(customers.c.tenant_id == tenant)
    rows = connection.execute(query).all()
    return {"entity_id": [row.entity_id for row in rows], "code": [row.code for row in rows]}


def _entities(connection: Connection, tenant: TenantId, entity: str | None) -> dict[str, Any]:
    query = select(entities.c.code, entities.c.entity_id).where(entities.c.tenant_id == tenant)
    codes = {row.code: row.entity_id for row in connection.execute(query.order_by(entities.c.entity_id))}
    if entity is not None and entity not in codes:
        raise BadInput(f"no entity {entity!r}; there are {', '.join(codes)}")
    return codes | {"": codes[entity] if entity is not None else min(codes.values())}


def _people(connection: Connection, tenant: TenantId) -> dict[str, Any]:
    """Users by address, and by name where only one bears it."""
    query = select(users.c.user_id, users.c.email, users.c.name).where(users.c.tenant_id == tenant)
    rows = connection.execute(query).all()
    names = [row.name.lower() for row in rows]
    by_name = {row.name: row.user_id for row in rows if names.count(row.name.lower()) == 1}
    return by_name | {row.email: row.user_id for row in rows}

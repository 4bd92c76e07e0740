"""Who sees only their own customers sees those that they collect and those that they are associated with (B16)."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, insert

from relance.adapters.store.tables.customers import customer_colleagues
from relance.adapters.store.work import SqlWork
from relance.core.kernel.errors import NotFound
from relance.core.kernel.identifiers import TenantId, UserId
from relance.ports.store.customer_file import CustomerQuestion
from tests.usecases.collection.ledgers import item, put_customers, put_items

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def associate(engine: Engine, tenant: TenantId, customer: int, user: int, ended: bool = False) -> None:
    row = {"tenant_id": tenant, "link_id": customer, "customer_id": customer, "user_id": user, "origin": "person"}
    with engine.begin() as connection:
        connection.execute(
            insert(customer_colleagues), row | {"author": "Ann", "at": NOW, "ended_at": NOW if ended else None}
        )


def test_own_customers_are_collected_or_associated(engine: Engine, work: SqlWork, tenant: TenantId) -> None:
    put_customers(engine, tenant, *({"customer_id": n, "collector_id": 7 if n == 1 else 8} for n in range(1, 5)))
    put_items(engine, tenant, [item(number, customer=number) for number in range(1, 5)])
    associate(engine, tenant, 2, 7)
    associate(engine, tenant, 3, 7, ended=True)
    own = UserId(7)
    with work.reading(tenant) as unit:
        question = CustomerQuestion(today=NOW.date(), own=own)
        assert sorted(line.customer for line in unit.customer_file.lines(question)) == [1, 2]
        assert unit.assigned.seen_by(own, [1, 2, 3, 4]) == {1, 2}
        codes = {line.customer: line.code for line in unit.customer_file.lines(CustomerQuestion(today=NOW.date()))}
        assert unit.customer_file.card(codes[2], own).customer == 2
        with pytest.raises(NotFound):
            unit.customer_file.card(codes[3], own)

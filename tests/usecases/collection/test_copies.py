"""Colleagues get copies by their role, as the step says; what was confirmed keeps its copies (S0.4, A9)."""

import msgspec
import pytest
from sqlalchemy import Engine, insert

from relance.adapters.store.tables.customers import customer_colleagues
from relance.core.kernel.identifiers import TenantId, UserId
from relance.core.tenancy.users import User
from tests.delivery_ledger import NOW
from tests.usecases.collection.mailroom import Mailroom


@pytest.fixture
def room(engine: Engine, tenant: TenantId) -> Mailroom:
    """The first reminder is copied to the collector and to colleagues who are viewers: Bob is one, Cy is not."""
    room = Mailroom(engine, tenant)
    with room.work(tenant) as unit:
        standard = unit.collection.scenario("standard")
        steps = [msgspec.structs.replace(one, cc=("collector", "viewer")) for one in standard.steps]
        unit.collection.save_scenario(msgspec.structs.replace(standard, steps=tuple(steps)))
        for number, name, role in ((2, "Bob", "viewer"), (3, "Cy", "manager")):
            email = f"{name.lower()}@acme.example"
            unit.tenancy.add_user(User(user=UserId(number), email=email, name=name, role=role, active=False), None)  # type: ignore[arg-type]  # a role
            link = {"tenant_id": tenant, "link_id": number, "customer_id": 1, "user_id": number, "origin": "person"}
            unit.connection.execute(insert(customer_colleagues), [link | {"author": "x", "at": NOW}])  # type: ignore[attr-defined]  # SQL
    return room


def test_the_message_carries_the_copies_once(room: Mailroom) -> None:
    assert [one.name for one in room.preview(1).cc] == ["Ann Lee", "Bob"]
    assert room.confirm(1).changed == 1
    assert [one.name for one in room.preview(1).cc] == ["Ann Lee", "Bob"]
    assert room.dispatch(ignore_windows=True).sent == 1
    [message] = room.channel.carried
    assert [one.email for one in message.cc] == ["ann@acme.example", "bob@acme.example"]

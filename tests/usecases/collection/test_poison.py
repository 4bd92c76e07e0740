"""One message that cannot be made fails with its reason, and all others leave (matrix, rows 17 and 20)."""

from sqlalchemy import Engine

from relance.adapters.render.pool import PooledRenderer, RenderPool
from relance.adapters.store.tables.collection import actions
from relance.adapters.store.tables.customers import contacts, customers
from relance.core.collection.templates import Template
from relance.core.kernel.identifiers import TenantId
from relance.usecases.collection.dispatch import Dispatched
from tests.usecases.collection.mailroom import Mailroom

TEN_MB, TOO_MUCH = "x" * (10 << 20), "y" * ((8 << 20) - 50_000)
LITTLE = 14 << 20
"""Bytes in which a child can render, but not take in a name of 8 MB."""


def test_poison_fails_alone_and_the_rest_leaves(engine: Engine, tenant: TenantId) -> None:
    pool = RenderPool(seconds=5, memory=LITTLE)
    room = Mailroom(engine, tenant, 7, "automatic", PooledRenderer(pool))
    raising = Template("first-reminder", "de", "Hello", "{{ nothing.at_all }}")
    with room.work(tenant) as unit:
        unit.collection.save_template(raising)
    room.change(customers, customers.c.customer_id == 2, name=TEN_MB)
    room.change(customers, customers.c.customer_id == 3, language="de")
    room.change(contacts, contacts.c.customer_id == 4, email="pay@a.example, boss@b.example")
    room.change(customers, customers.c.customer_id == 5, name=TOO_MUCH)
    room.change(actions, actions.c.tenant_id == tenant, state="planned", automatic=True)
    try:
        assert room.dispatch(ignore_windows=True) == Dispatched(sent=3, failed=3, held=1)
    finally:
        pool.close()
    became = {one: room.state(one) for one in (2, 3, 4, 5)}
    assert became == {
        2: ("failed", "render"),
        3: ("failed", "render"),
        4: ("held", "no-collection-contact"),
        5: ("failed", "render"),
    }
    assert sorted(one.action for one in room.channel.carried) == ["1.1", "6.1", "7.1"]

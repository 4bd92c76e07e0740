"""The tenant comes first in every key of the schema. `tests/tenant_watch.py` listens to what the store says (I-11)."""

from sqlalchemy import UniqueConstraint

from relance.adapters.store.schema import metadata
from tests.tenant_watch import NOT_OF_ONE_TENANT


def test_every_key_and_index_starts_with_the_tenant() -> None:
    wrong = []
    for table in metadata.tables.values():
        if table.name in NOT_OF_ONE_TENANT:
            continue
        keys = [table.primary_key, *(c for c in table.constraints if isinstance(c, UniqueConstraint)), *table.indexes]
        wrong += [f"{table.name}: {key.name}" for key in keys if next(iter(key.columns)).name != "tenant_id"]
    assert not wrong

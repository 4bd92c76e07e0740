"""The audit chain names the first row that does not follow, whatever was done to it (I-21)."""

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, Engine, text

from relance.adapters.store.work import SqlWork
from relance.core.kernel.identifiers import TenantId

Tamper = Callable[[Connection], object]


def _say(*statements: str) -> Tamper:
    return lambda connection: [connection.execute(text(statement)) for statement in statements]


@pytest.mark.parametrize(
    ("tamper", "first_bad"),
    [
        (_say("update audit set subject = 'x' where seq = 3"), 3),
        (_say("update audit set detail = '{}' where seq = 1"), 1),
        (_say("update audit set actor = 'bob' where seq = 6"), 6),
        (_say("update audit set at = at + 1 where seq = 2"), 2),
        (_say("delete from audit where seq = 4"), 5),
        (_say("delete from audit where seq = 1"), 2),
        (_say("update audit set seq = 99 where seq = 2", "update audit set seq = 2 where seq = 5"), 2),
        (_say("update audit set tenant_id = 77 where seq = 3"), 4),
    ],
)
def test_the_first_row_that_does_not_follow_is_named(
    engine: Engine, work: SqlWork, tenant: TenantId, tamper: Tamper, first_bad: int
) -> None:
    for n in range(1, 7):
        with work(tenant) as unit:
            unit.audit.record("ann", "setting-changed", f"s{n}", {"n": n})
    with work.reading(tenant) as unit:
        assert unit.audit.verify().ok
    with engine.begin() as connection:
        tamper(connection)
    with work.reading(tenant) as unit:
        verdict = unit.audit.verify()
    assert (verdict.ok, verdict.first_bad) == (False, first_bad)


def test_many_rows_at_once_chain_like_one_after_the_other(work: SqlWork, tenant: TenantId) -> None:
    with work(tenant) as unit:
        unit.audit.record_many("ann", "action-cancelled", [(f"action:{n}", {"n": n}) for n in range(50)])
        unit.audit.record_many("ann", "nothing", [])
        unit.audit.record("ann", "day-decided", "day:2026-01-05")
    with work.reading(tenant) as unit:
        assert unit.audit.verify().ok

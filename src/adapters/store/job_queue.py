"""The queue of background work across tenants: leased rows, on both databases."""

from collections.abc import Collection
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Engine, and_, case, delete, func, select, update

from relance.adapters.store.database_clock import from_now
from relance.adapters.store.engine import WRITE, is_sqlite
from relance.adapters.store.tables.jobs import jobs
from relance.core.kernel.identifiers import TenantId
from relance.core.tenancy.jobs import JobKind, JobState, pause_after, state_after
from relance.ports.jobs import Claimed, Held, Waiting

_CLAIMED = (jobs.c.tenant_id, jobs.c.job_id, jobs.c.kind, jobs.c.key, jobs.c.details, jobs.c.attempts, jobs.c.fence)
_HELD = (jobs.c.tenant_id, jobs.c.job_id, jobs.c.attempts, jobs.c.fence, jobs.c.runner, jobs.c.beat)
_LONGEST_REASON = 500


class SqlJobQueue:
    """Each call is a transaction of its own; looking takes no lock."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._reading = engine.execution_options(**{WRITE: False})
        self.beats = engine.dialect.name != "sqlite"
        """On one machine a lock file says all; and a beat would wait for whoever writes much."""

    def stirs(self) -> bool:
        """Whether any job waits or runs, whatever its `tenant_id`."""
        any_at_all = select(jobs.c.tenant_id).where(jobs.c.state != "parked").limit(1)
        with self._reading.connect() as connection:
            return connection.execute(any_at_all).first() is not None

    def waiting(self, kinds: Collection[JobKind]) -> list[Waiting]:
        """The tenants that have due jobs of these kinds."""
        with self._reading.connect() as connection:
            due, runs = and_(*_due(connection, kinds)), jobs.c.state == "running"
            query = (
                select(jobs.c.tenant_id, func.sum(case((runs, 1), else_=0)))
                .where(jobs.c.state != "parked", jobs.c.kind.in_(list(kinds)))
                .group_by(jobs.c.tenant_id)
                .having(func.sum(case((due, 1), else_=0)) > 0)
            )
            found = connection.execute(query).fetchall()
        return [Waiting(tenant=tenant, running=int(running)) for tenant, running in found]

    def claim(self, tenant: TenantId, kinds: Collection[JobKind], runner: str) -> Claimed | None:
        """The tenant's oldest due job, claimed."""
        with self._engine.begin() as connection:
            first = select(jobs.c.job_id).where(jobs.c.tenant_id == tenant, *_due(connection, kinds))
            first = first.order_by(jobs.c.job_id).limit(1)
            if not is_sqlite(connection):
                first = first.with_for_update(skip_locked=True)
            taking = {"state": "running", "runner": runner, "started_at": from_now(connection), "beat": 0}
            counts = {"attempts": jobs.c.attempts + 1, "fence": jobs.c.fence + 1}
            place = (jobs.c.tenant_id == tenant, jobs.c.job_id == first.correlate(None).scalar_subquery())
            row = connection.execute(update(jobs).where(*place).values(**taking, **counts).returning(*_CLAIMED)).first()
        return msgspec.convert(dict(zip(Claimed.__struct_fields__, row, strict=True)), Claimed) if row else None

    def running(self) -> list[Held]:
        """Every job that runs."""
        with self._reading.connect() as connection:
            rows = connection.execute(select(*_HELD).where(jobs.c.state == "running")).fetchall()
        return [msgspec.convert(dict(zip(Held.__struct_fields__, row, strict=True)), Held) for row in rows]

    def beat(self, runner: str) -> None:
        """Say that this runner lives; every tenant's jobs of it (`tenant_id` plays no part)."""
        mine = (jobs.c.tenant_id >= 0, jobs.c.state == "running", jobs.c.runner == runner)
        with self._engine.begin() as connection:
            connection.execute(update(jobs).where(*mine).values(beat=jobs.c.beat + 1))

    def end(self, claimed: Claimed) -> bool:
        """The job is done, or begins again where it was asked for once more."""
        with self._engine.begin() as connection:
            done = connection.execute(delete(jobs).where(*_still(claimed), jobs.c.again == 0))
            if done.rowcount == 1:
                return True
            fresh: dict[str, Any] = {"state": "waiting", "attempts": 0, "again": 0, "reason": "", "runner": ""}
            fresh |= {"due_at": from_now(connection)}
            return connection.execute(update(jobs).where(*_still(claimed)).values(**fresh)).rowcount == 1

    def fail(self, held: Claimed | Held, reason: str) -> JobState | None:
        """An attempt failed: what became of the job."""
        state = state_after(held.attempts)
        with self._engine.begin() as connection:
            pause = pause_after(held.attempts, reason).total_seconds()
            after: dict[str, Any] = {"state": state, "reason": reason[:_LONGEST_REASON], "runner": "", "again": 0}
            after |= {"due_at": from_now(connection, pause)}
            if state == "parked":
                after |= {"parked_at": from_now(connection)}
            changed = connection.execute(update(jobs).where(*_still(held)).values(**after)).rowcount
        return state if changed == 1 else None

    def has(self, tenant: TenantId, key: str) -> bool:
        """Whether a job of this key waits or runs."""
        place = (jobs.c.tenant_id == tenant, jobs.c.key == key, jobs.c.state != "parked")
        with self._reading.connect() as connection:
            return connection.execute(select(jobs.c.job_id).where(*place)).first() is not None


def _due(connection: Connection, kinds: Collection[JobKind]) -> tuple[ColumnElement[bool], ...]:
    return (jobs.c.state == "waiting", jobs.c.due_at <= from_now(connection), jobs.c.kind.in_(list(kinds)))


def _still(held: Claimed | Held) -> tuple[ColumnElement[bool], ...]:
    """The row as long as nobody else claimed it since."""
    this = (jobs.c.tenant_id == held.tenant, jobs.c.job_id == held.job)
    return (*this, jobs.c.fence == held.fence, jobs.c.state == "running")

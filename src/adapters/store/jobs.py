"""Background work of one tenant."""

from typing import Any

import msgspec
from sqlalchemy import Connection, case, select, type_coerce, update
from sqlalchemy.dialects import postgresql, sqlite

from relance.adapters.store.columns import Instant
from relance.adapters.store.database_clock import from_now
from relance.adapters.store.engine import is_sqlite
from relance.adapters.store.tables.jobs import job_ticks, jobs
from relance.adapters.store.tenancy import SqlTenancy
from relance.core.kernel.errors import Conflict, NotFound
from relance.core.kernel.identifiers import TenantId
from relance.core.tenancy.jobs import Job, JobId, JobState, NewJob, may_recur

_SHOWN = tuple(jobs.c["job_id" if name == "job" else name] for name in Job.__struct_fields__)
_ORDER = case({"parked": 0, "running": 1}, value=jobs.c.state, else_=2)


class SqlJobs:
    """Jobs of one tenant."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant
        self._mine = jobs.c.tenant_id == tenant

    def add(self, new: NewJob) -> bool:
        """Have it done once more from now on."""
        there = self._of(new.key)
        if there is None:
            return self._insert(new)
        if there.state == "running":
            self._change(there.job, again=1, details=dict(new.details), by=new.by)
        if there.state == "parked":
            self._revive(there.job, new)
        return there.state != "waiting"

    def recur(self, new: NewJob) -> bool:
        """Have it done unless one of its key waits, runs, or was parked not long ago."""
        if not self.offers(new.key):
            return False
        return self.add(new)

    def offers(self, key: str) -> bool:
        """Whether `recur` would have it done now."""
        there = self._of(key)
        if there is None:
            return True
        now = self._connection.execute(select(type_coerce(from_now(self._connection), Instant))).scalar_one()
        return there.state == "parked" and may_recur(there.parked_at, there.reason, now)

    def tick(self, name: str, tick: str) -> bool:
        """Whether nobody took this tick of that clock, or a later one, before."""
        make: Any = sqlite.insert if is_sqlite(self._connection) else postgresql.insert
        statement = make(job_ticks).values(tenant_id=self._tenant, name=name, tick=tick)
        statement = statement.on_conflict_do_update(
            index_elements=["tenant_id", "name"], set_={"tick": tick}, where=job_ticks.c.tick < tick
        )
        return self._connection.execute(statement.returning(job_ticks.c.tick)).first() is not None

    def tick_each(self, name: str, seconds: int) -> bool:
        """The same for a clock that ticks every so many seconds of the database's time."""
        now = int(self._connection.execute(select(from_now(self._connection))).scalar_one())
        tick = f"{now // (seconds * 1_000_000):020d}"
        return self.last_tick(name) < tick and self.tick(name, tick)

    def last_tick(self, name: str) -> str:
        """The last tick that was taken of that clock; empty for none."""
        query = select(job_ticks.c.tick).where(job_ticks.c.tenant_id == self._tenant, job_ticks.c.name == name)
        return str(self._connection.execute(query).scalar() or "")

    def state(self, key: str) -> JobState | None:
        """What has become of the job of this key."""
        query = select(jobs.c.state).where(self._mine, jobs.c.key == key)
        return self._connection.execute(query).scalar()

    def all(self, limit: int = 200) -> list[Job]:
        """Parked ones first, then what runs, then what waits."""
        query = select(*_SHOWN).where(self._mine).order_by(_ORDER, jobs.c.due_at, jobs.c.job_id).limit(limit)
        return [_job(row) for row in self._connection.execute(query)]

    def retry(self, job: JobId) -> Job:
        """Have a parked job tried again from its first attempt."""
        row = self._connection.execute(select(*_SHOWN).where(self._mine, jobs.c.job_id == job)).first()
        if row is None:
            raise NotFound(f"no job {job}: it is done, or there was none")
        there = _job(row)
        if there.state != "parked":
            raise Conflict(f"job {job} is {there.state}: only a parked one is tried again")
        self._change(job, state="waiting", attempts=0, due_at=from_now(self._connection), parked_at=None)
        return there

    def _of(self, key: str) -> Job | None:
        query = select(*_SHOWN).where(self._mine, jobs.c.key == key).with_for_update()
        row = self._connection.execute(query).first()
        return _job(row) if row else None

    def _insert(self, new: NewJob) -> bool:
        now = from_now(self._connection)
        row = {
            "tenant_id": self._tenant,
            "job_id": SqlTenancy(self._connection, self._tenant).next_numbers("jobs", 1),
            "kind": new.kind,
            "key": new.key,
            "details": dict(new.details),
            "by": new.by,
            "state": "waiting",
            "created_at": now,
            "due_at": now,
            "reason": "",
            "runner": "",
        }
        counts = {"attempts": 0, "fence": 0, "beat": 0, "again": 0}
        make: Any = sqlite.insert if is_sqlite(self._connection) else postgresql.insert
        statement = make(jobs).values(row | counts).on_conflict_do_nothing(index_elements=["tenant_id", "key"])
        return self._connection.execute(statement.returning(jobs.c.job_id)).first() is not None

    def _revive(self, job: JobId, new: NewJob) -> None:
        now = from_now(self._connection)
        fresh = {"state": "waiting", "attempts": 0, "due_at": now, "parked_at": None}
        self._change(job, details=dict(new.details), by=new.by, **fresh)

    def _change(self, job: JobId, **values: Any) -> None:
        self._connection.execute(update(jobs).where(self._mine, jobs.c.job_id == job).values(**values))


def _job(row: Any) -> Job:
    return msgspec.convert(dict(zip(Job.__struct_fields__, row, strict=True)), Job)

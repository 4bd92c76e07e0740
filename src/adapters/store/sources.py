"""Sources: how they are fetched, every attempt, and every file looked at."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, and_, delete, func, insert, or_, select, update

from relance.adapters.store.source_rows import as_plan, as_run, plan_row
from relance.adapters.store.tables.intake import imports, sources
from relance.adapters.store.tables.sources import source_files, source_plans, source_runs
from relance.adapters.store.tenancy import SqlTenancy
from relance.core.intake.arrivals import TakenFile
from relance.core.intake.sources import UPLOAD, SourcePlan, SourceRun, SourceState
from relance.core.kernel.errors import NotFound
from relance.core.kernel.identifiers import ImportId, SourceId, TenantId
from relance.ports.store.sources import Kept


class SqlSources:
    """The sources of one tenant."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def states(self) -> list[SourceState]:
        """Every source by name."""
        found = [self._state(row) for row in self._connection.execute(self._sources().order_by(sources.c.name))]
        last = self._last_runs()
        return [msgspec.structs.replace(state, last_run=last.get(state.source)) for state in found]

    def state(self, name: str) -> SourceState:
        """One source that was set up."""
        query = self._sources().where(sources.c.name == name, source_plans.c.source_id.is_not(None))
        row = self._connection.execute(query).first()
        if row is None:
            raise NotFound(f"no source {name!r} was set up")
        state = self._state(row)
        return msgspec.structs.replace(state, last_run=next(iter(self.runs(state.source, 1)), None))

    def kept(self, source: SourceId) -> Kept:
        """What is kept with it."""
        columns = (source_plans.c.sealed_secret, source_plans.c.trusted_key, source_plans.c.fingerprint)
        row = self._connection.execute(select(*columns).where(*self._plan_of(source))).first()
        if row is None:
            return Kept()
        return Kept(sealed_secret=row.sealed_secret, trusted_key=row.trusted_key, fingerprint=row.fingerprint)

    def save(self, source: SourceId, plan: SourcePlan, kept: Kept, next_run_at: datetime | None) -> None:
        """Keep how it is fetched."""
        self._connection.execute(delete(source_plans).where(*self._plan_of(source)))
        row = plan_row(plan) | msgspec.structs.asdict(kept) | {"next_run_at": next_run_at}
        row |= {"tenant_id": self._tenant, "source_id": source, "claimed_until": None, "failures": 0}
        self._connection.execute(insert(source_plans), row)
        hosts = {"copy_hosts": plan.copy_hosts, "copies_import_id": 0}
        self._mark(source, scheduled=plan.scheduled, freshness_days=plan.freshness_days, **hosts)

    def trust(self, source: SourceId, key: str, fingerprint: str) -> None:
        """Keep the host's key that a person accepted."""
        accepted = {"trusted_key": key, "fingerprint": fingerprint}
        self._connection.execute(update(source_plans).where(*self._plan_of(source)).values(accepted))

    def remove(self, source: SourceId) -> None:
        """Forget how it is fetched; what is fed by hand is measured as such again (A28)."""
        self._connection.execute(delete(source_plans).where(*self._plan_of(source)))
        self._mark(source, scheduled=False, freshness_days=None, copy_hosts="")

    def due(self, now: datetime) -> list[str]:
        """Names of the sources whose time has come."""
        joined = source_plans.join(
            sources,
            (sources.c.tenant_id == source_plans.c.tenant_id) & (sources.c.source_id == source_plans.c.source_id),
        )
        query = select(sources.c.name).select_from(joined).where(source_plans.c.tenant_id == self._tenant, *_due(now))
        return list(self._connection.execute(query.order_by(source_plans.c.next_run_at)).scalars())

    def claim(self, source: SourceId, now: datetime, until: datetime, *, only_due: bool) -> bool:
        """One update decides who is first."""
        free = _due(now) if only_due else (_unclaimed(now),)
        taking = update(source_plans).where(*self._plan_of(source), *free).values(claimed_until=until)
        return self._connection.execute(taking).rowcount == 1

    def begin(self, source: SourceId, by: str, at: datetime) -> int:
        """The number of a new attempt."""
        left = (*self._run_of(source), source_runs.c.state == "running")
        gone = {
            "state": "failed",
            "code": "worker-gone",
            "message": "the process that fetched it ended",
            "finished_at": at,
        }
        self._connection.execute(update(source_runs).where(*left).values(gone))
        number = SqlTenancy(self._connection, self._tenant).next_numbers("source_runs", 1)
        row = {"tenant_id": self._tenant, "run_id": number, "source_id": source, "state": "running", "imports": []}
        self._connection.execute(insert(source_runs), row | {"by": by, "started_at": at})
        return number

    def finish(self, source: SourceId, run: SourceRun, next_run_at: datetime | None, failures: int) -> None:
        """Keep what became of an attempt."""
        values = msgspec.structs.asdict(run) | {"imports": list(run.imports)}
        number = values.pop("run")
        this = (*self._run_of(source), source_runs.c.run_id == number)
        self._connection.execute(update(source_runs).where(*this).values(values))
        free = {"claimed_until": None, "next_run_at": next_run_at, "failures": failures}
        self._connection.execute(update(source_plans).where(*self._plan_of(source)).values(free))

    def failures(self, source: SourceId) -> int:
        """Attempts that failed in a row."""
        return self._connection.execute(select(source_plans.c.failures).where(*self._plan_of(source))).scalar() or 0

    def runs(self, source: SourceId, limit: int = 20) -> list[SourceRun]:
        """Its attempts, the latest first."""
        query = select(source_runs).where(*self._run_of(source)).order_by(source_runs.c.run_id.desc()).limit(limit)
        return [as_run(row) for row in self._connection.execute(query)]

    def files(self, source: SourceId) -> list[TakenFile]:
        """Every file looked at."""
        names = ("name", "size", "modified_at", "ordered_at", "content", "outcome")
        query = select(*(source_files.c[name] for name in names)).where(*self._file_of(source))
        rows = self._connection.execute(query.order_by(source_files.c.file_number))
        return [TakenFile(**dict(zip(names, row, strict=True))) for row in rows]

    def remember(self, source: SourceId, file: TakenFile, number: ImportId | None, at: datetime) -> None:
        """Keep what became of a file; looked at again it keeps its number no more, but its last outcome counts."""
        same = (
            source_files.c.name == file.name,
            source_files.c.size == file.size,
            source_files.c.modified_at.is_not_distinct_from(file.modified_at),
        )
        self._connection.execute(delete(source_files).where(*self._file_of(source), *same))
        last = select(func.max(source_files.c.file_number)).where(*self._file_of(source))
        place = (self._connection.execute(last).scalar() or 0) + 1
        row = msgspec.structs.asdict(file) | {"file_number": place, "import_id": number, "looked_at": at}
        self._connection.execute(insert(source_files), row | {"tenant_id": self._tenant, "source_id": source})

    def _mark(self, source: SourceId, **values: Any) -> None:
        this = (sources.c.tenant_id == self._tenant, sources.c.source_id == source)
        self._connection.execute(update(sources).where(*this).values(values))

    def _sources(self) -> Select[Any]:
        plan = and_(source_plans.c.tenant_id == sources.c.tenant_id, source_plans.c.source_id == sources.c.source_id)
        last = and_(imports.c.tenant_id == sources.c.tenant_id, imports.c.import_id == sources.c.last_import_id)
        columns = (
            sources.c.source_id,
            sources.c.name,
            sources.c.last_good_at,
            sources.c.freshness_days,
            sources.c.copy_hosts,
            imports.c.kind.label("last_kind"),
            *(column for column in source_plans.c if column.name not in {"tenant_id", "source_id"}),
        )
        joined = sources.outerjoin(source_plans, plan).outerjoin(imports, last)
        return select(*columns).select_from(joined).where(sources.c.tenant_id == self._tenant)

    def _state(self, row: Any) -> SourceState:
        plan = as_plan(row) if row.way else SourcePlan(name=row.name, kind=row.last_kind or "items", way=UPLOAD)
        return SourceState(
            source=SourceId(row.source_id),
            plan=plan,
            last_good_at=row.last_good_at,
            next_run_at=row.next_run_at,
            set_up=bool(row.way),
        )

    def _last_runs(self) -> dict[SourceId, SourceRun]:
        latest = select(func.max(source_runs.c.run_id)).where(source_runs.c.tenant_id == self._tenant)
        query = select(source_runs).where(
            source_runs.c.tenant_id == self._tenant, source_runs.c.run_id.in_(latest.group_by(source_runs.c.source_id))
        )
        return {SourceId(row.source_id): as_run(row) for row in self._connection.execute(query)}

    def _plan_of(self, source: SourceId) -> tuple[Any, ...]:
        return source_plans.c.tenant_id == self._tenant, source_plans.c.source_id == source

    def _run_of(self, source: SourceId) -> tuple[Any, ...]:
        return source_runs.c.tenant_id == self._tenant, source_runs.c.source_id == source

    def _file_of(self, source: SourceId) -> tuple[Any, ...]:
        return source_files.c.tenant_id == self._tenant, source_files.c.source_id == source


def _unclaimed(now: datetime) -> Any:
    return or_(source_plans.c.claimed_until.is_(None), source_plans.c.claimed_until <= now)


def _due(now: datetime) -> tuple[Any, ...]:
    return source_plans.c.enabled, source_plans.c.next_run_at <= now, _unclaimed(now)

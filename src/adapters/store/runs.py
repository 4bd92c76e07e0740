"""Runs: imports and checks that work beside the request that asked for them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Text, bindparam, cast, delete, insert, literal, select, update

from relance.adapters.store.tables.intake import import_runs, imports
from relance.adapters.store.tables.jobs import jobs
from relance.adapters.store.tenancy import SqlTenancy
from relance.core.intake.progress import Progress
from relance.core.intake.reports import ImportReport, Recognised
from relance.core.intake.runs import Choices, Run
from relance.core.kernel.errors import NotFound
from relance.core.kernel.identifiers import ImportId, RunId, TenantId


class SqlRuns:
    """Runs of one tenant."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant
        self._mine = import_runs.c.tenant_id == tenant
        self._read = select(import_runs, _job(tenant))

    def next_number(self) -> RunId:
        """The number of the next run."""
        return RunId(SqlTenancy(self._connection, self._tenant).next_numbers("runs", 1))

    def begin(self, run: Run) -> None:
        """Keep a run; an import also appears in the history, as running."""
        row = {
            "tenant_id": self._tenant,
            "run_id": run.run,
            "import_id": run.number,
            "choices": msgspec.to_builtins(run.choices),
            "author": run.author,
            "started_at": run.started_at,
            "heard_at": run.heard_at,
        }
        self._connection.execute(insert(import_runs), row | _columns(run.progress))
        if run.number:
            self._connection.execute(insert(imports), self._running(run, run.number))

    def note(self, progress: Mapping[RunId, Progress], at: datetime) -> None:
        """Keep how far runs have come, and that they live."""
        place = (self._mine, import_runs.c.run_id == bindparam("run"), import_runs.c.report.is_(None))
        rows = [{"run": run, "at": at} | _columns(how, "the_") for run, how in progress.items()]
        values: dict[str, Any] = {name: bindparam(f"the_{name}") for name in ("phase", "rows_done", "rows_about")}
        self._connection.execute(update(import_runs).where(*place).values(heard_at=bindparam("at"), **values), rows)

    def end(self, run: RunId, report: ImportReport, at: datetime) -> None:
        """Keep a run's report; an import that is still running in the history ends with the same."""
        number = self.one(run).number
        place = (self._mine, import_runs.c.run_id == run, import_runs.c.report.is_(None))
        self._connection.execute(
            update(import_runs).where(*place).values(report=msgspec.to_builtins(report), heard_at=at)
        )
        if number is None:
            return
        going = (imports.c.tenant_id == self._tenant, imports.c.import_id == number, imports.c.state == "running")
        shown = msgspec.to_builtins(msgspec.structs.replace(report, number=number, rejected=()))
        ended = {"state": report.state, "reason": report.reason, "finished_at": at, "report": shown}
        self._connection.execute(update(imports).where(*going).values(**ended))

    def one(self, run: RunId) -> Run:
        """One run; raises NotFound."""
        row = self._connection.execute(self._read.where(self._mine, import_runs.c.run_id == run)).first()
        if row is None:
            raise NotFound("no such run")
        return _run(row)

    def unfinished(self) -> list[Run]:
        """The runs without a report, oldest first."""
        query = self._read.where(self._mine, import_runs.c.report.is_(None)).order_by(import_runs.c.run_id)
        return [_run(row) for row in self._connection.execute(query)]

    def checks(self, since: datetime, limit: int) -> list[Run]:
        """Checks that were heard of since then, the newest first."""
        query = self._read.where(self._mine, import_runs.c.import_id.is_(None), import_runs.c.heard_at >= since)
        query = query.order_by(import_runs.c.run_id.desc()).limit(limit)
        return [_run(row) for row in self._connection.execute(query)]

    def forget(self, before: datetime) -> None:
        """Drop the runs that were last heard of before."""
        self._connection.execute(delete(import_runs).where(self._mine, import_runs.c.heard_at < before))

    def _running(self, run: Run, number: ImportId) -> dict[str, Any]:
        report = ImportReport(number=number, state="running", recognised=Recognised(kind=run.choices.kind))
        return {
            "tenant_id": self._tenant,
            "import_id": number,
            "kind": run.choices.kind,
            "mode": run.choices.mode,
            "file_name": run.choices.file_name,
            "fingerprint": "",
            "archive_ref": run.choices.archive_ref,
            "state": report.state,
            "author": run.author,
            "started_at": run.started_at,
            "report": msgspec.to_builtins(report),
        }


def _columns(progress: Progress, before: str = "") -> dict[str, Any]:
    names = {"phase": progress.phase, "rows_done": progress.rows, "rows_about": progress.about}
    return {before + name: value for name, value in names.items()}


def _job(tenant: TenantId) -> ColumnElement[Any]:
    """What has become of the job of a run."""
    its = (jobs.c.tenant_id == tenant, jobs.c.key == literal("run ") + cast(import_runs.c.run_id, Text))
    return select(jobs.c.state).where(*its).scalar_subquery().label("job")


def _run(row: Any) -> Run:
    return Run(
        run=row.run_id,
        number=row.import_id,
        choices=msgspec.convert(row.choices, Choices),
        author=row.author,
        started_at=row.started_at,
        heard_at=row.heard_at,
        progress=msgspec.convert({"phase": row.phase, "rows": row.rows_done, "about": row.rows_about}, Progress),
        report=msgspec.convert(row.report, ImportReport) if row.report is not None else None,
        job=row.job,
    )

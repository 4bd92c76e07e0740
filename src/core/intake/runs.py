"""A run: one import or one check that works beside the request that asked for it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import msgspec

from relance.core.intake.fields import Kind, Mode
from relance.core.intake.progress import Progress
from relance.core.intake.reports import ImportLine, ImportReport, Recognised
from relance.core.kernel.identifiers import ImportId, RunId
from relance.core.tenancy.jobs import JobState

_SILENT = timedelta(seconds=30)
"""A run that nobody has heard of for so long, and that no job will take up, has died with its process."""
_SILENT_WRITING = timedelta(minutes=10)
"""The one transaction that writes may keep SQLite from noting a sign of life."""


class Choices(msgspec.Struct, frozen=True, kw_only=True):
    """What a person chose for a file: enough to show the page again, and to import it."""

    archive_ref: str
    file_name: str
    kind: Kind
    mode: Mode = "stock"
    source: str = ""
    profile: str = ""
    importer: str = ""
    entity: str = ""
    mapping: Mapping[str, str] = {}
    options: Mapping[str, str] = {}
    dry_run: bool = False
    override_guard: bool = False
    override_reason: str = ""


class Run(msgspec.Struct, frozen=True, kw_only=True, rename={"number": "import"}):
    """One run. `number` is the import's, None for a check; `report` is there once it has ended.

    `job`: what has become of the job that does it; a run whose job waits or runs is not lost, whoever died over it.
    """

    run: RunId
    number: ImportId | None
    choices: Choices
    author: str
    started_at: datetime
    heard_at: datetime
    progress: Progress = Progress()
    report: ImportReport | None = None
    job: JobState | None = None


def is_lost(run: Run, now: datetime) -> bool:
    """Whether nothing has been heard of an unfinished run for too long, and nobody will take it up by himself."""
    if run.job in {"waiting", "running"}:
        return False
    return now - run.heard_at > (_SILENT_WRITING if run.progress.phase == "writing" else _SILENT)


def is_to_give_up(run: Run, now: datetime) -> bool:
    """Whether the run has failed for good, for somebody who holds the lock that its writing would need.

    One whose job is parked may be tried again by a person.
    """
    return run.job is None and run.heard_at < now - _SILENT


def lost_report(number: ImportId | None, choices: Choices) -> ImportReport:
    """The report of a run whose process died: nothing was changed (I-8)."""
    recognised = Recognised(kind=choices.kind, mapping=dict(choices.mapping))
    return ImportReport(number=number or 0, state="failed", recognised=recognised, reason="interrupted")


def with_progress(line: ImportLine, run: Run | None, now: datetime) -> ImportLine:
    """A running import as it is now: how far it has come, or failed where its process died."""
    if line.state != "running":
        return line
    if run is None or is_lost(run, now):
        report = msgspec.structs.replace(line.report, state="failed", reason="interrupted")
        return msgspec.structs.replace(line, state="failed", reason="interrupted", report=report)
    return msgspec.structs.replace(line, run=run.run, progress=run.progress)

"""What the background does with a run: import the file, and keep the report whatever happened."""

import logging
from collections.abc import Callable, Mapping

import msgspec

from relance.core.intake.progress import Progress, Telling
from relance.core.intake.reports import ImportReport, Recognised, State
from relance.core.kernel.errors import NotFound, RelanceError
from relance.core.kernel.identifiers import RunId, TenantId
from relance.ports.archive import Archive
from relance.ports.background import RunToDo
from relance.usecases.intake.end_run import EndRun, RunEnded
from relance.usecases.intake.import_file import FileToImport, ImportFile
from relance.usecases.intake.note_progress import NoteProgress, ProgressMade

_LOG = logging.getLogger("relance.background")


class FileElsewhere(RelanceError):
    """The file was kept on a machine that does not share its files with this one."""

    code = "file-elsewhere"


class PerformRun:
    """Verbs are made for each run, as for each request."""

    def __init__(self, import_file: Callable[[], ImportFile], end_run: Callable[[], EndRun], archive: Archive) -> None:
        self._import_file, self._end_run, self._archive = import_file, end_run, archive

    def __call__(self, todo: RunToDo, tell: Telling) -> None:
        """Import and end; raises FileElsewhere."""
        try:
            self._archive.open(todo.actor.tenant, todo.choices.archive_ref)
        except NotFound as missing:
            raise FileElsewhere(
                "the file that was handed in is not here: servers and workers share one RELANCE_STATE"
            ) from missing
        report = self._report(todo, tell)
        self._end_run()(RunEnded(tenant=todo.actor.tenant, run=todo.run, report=report))

    def _report(self, todo: RunToDo, tell: Telling) -> ImportReport:
        try:
            return self._import_file()(self._file(todo, tell))
        except RelanceError as refused:
            return _ended(todo, "refused", refused.code, refused.detail)
        except Exception as failure:  # a thread has nobody above it: the person who waits must see that it broke
            _LOG.exception("run %s of tenant %s failed", todo.run, todo.actor.tenant)
            return _ended(todo, "failed", "failed", type(failure).__name__)

    def _file(self, todo: RunToDo, tell: Telling) -> FileToImport:
        chosen = todo.choices
        return FileToImport(
            actor=todo.actor,
            kind=chosen.kind,
            file=self._archive.open(todo.actor.tenant, chosen.archive_ref),
            file_name=chosen.file_name,
            mode=chosen.mode,
            profile=chosen.profile or None,
            importer=chosen.importer or None,
            source=chosen.source or None,
            entity=chosen.entity or None,
            mapping=chosen.mapping,
            options=chosen.options,
            dry_run=chosen.dry_run,
            override_guard=chosen.override_guard,
            override_reason=chosen.override_reason,
            number=todo.number,
            tell=tell,
        )


class KeepNotes:
    """The progress of a tenant's runs into the store."""

    def __init__(self, note_progress: Callable[[], NoteProgress]) -> None:
        self._note_progress = note_progress

    def __call__(self, tenant: TenantId, progress: Mapping[RunId, Progress]) -> None:
        """Note it."""
        self._note_progress()(ProgressMade(tenant=tenant, progress=progress))


def _ended(todo: RunToDo, state: State, reason: str, message: str) -> ImportReport:
    recognised = Recognised(kind=todo.choices.kind, mapping=dict(todo.choices.mapping))
    report = ImportReport(number=0, state=state, recognised=recognised, reason=reason, message=message)
    return msgspec.structs.replace(report, number=todo.number or 0)

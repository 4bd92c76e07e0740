"""Import a file: read it, compare it with what is known, ask the guard, and write only what changes, at once."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import msgspec

from relance.core.intake.controls import controls_of
from relance.core.intake.reports import ImportReport
from relance.core.kernel.errors import BadInput
from relance.core.tenancy.users import require_right
from relance.ports.archive import Archive
from relance.ports.assigners import Assigner
from relance.ports.calendars import Calendars
from relance.ports.clock import Clock
from relance.ports.failpoints import failpoint
from relance.ports.intake import Checked, Importers, TableReader
from relance.ports.store.intake import Applying, Difference
from relance.ports.work import Work
from relance.usecases.intake.aftermath import Aftermath
from relance.usecases.intake.guarding import judged
from relance.usecases.intake.keeping import Keeping
from relance.usecases.intake.preparing import FileToImport, Prepared, prepared
from relance.usecases.intake.profiling import layout_report, unknown_types
from relance.usecases.intake.reading import Reading
from relance.usecases.intake.recognising import Unreadable
from relance.usecases.intake.reporting import (
    compared_report,
    identical_report,
    nothing_accepted,
    read_report,
    refused_report,
)

__all__ = ["FileToImport", "ImportFile"]

_MOST_TRIES = 5


class ImportFile:
    """Everything of one import happens in one transaction, or nothing does (I-8)."""

    def __init__(
        self,
        work: Work,
        clock: Clock,
        importers: Importers,
        reader: TableReader,
        archive: Archive,
        calendars: Calendars,
        key: bytes,
        assigners: Sequence[Assigner] = (),
    ) -> None:
        self._work, self._clock, self._importers, self._archive = work, clock, importers, archive
        self._reading, self._keeping = Reading(work, reader), Keeping(work, clock, archive)
        self._aftermath = Aftermath(calendars, key, assigners)

    def __call__(self, request: FileToImport) -> ImportReport:
        """Import, or say why not: the state is `done`, `held`, `refused` or `dry-run`."""
        require_right(request.actor, "import")
        if request.override_guard:
            require_right(request.actor, "override-guard")
        if not request.file.is_file():
            raise BadInput(f"there is no file {request.file.name!r}")
        with self._work.reading(request.actor.tenant) as unit:
            ready = prepared(unit, request, self._importers, self._clock.now())
        controls_of(ready.plan.options)
        if ready.identical and not request.dry_run:
            return self._keeping.finish(ready, identical_report(ready), good=True)
        try:
            checked = self._reading.checked(ready)
        except Unreadable as refusal:
            return self._keeping.finish(ready, refused_report(ready, refusal.detail))
        except BadInput as refusal:
            report = refused_report(ready, refusal.detail)
            return self._keeping.finish(ready, msgspec.structs.replace(report, reason=BadInput.code))
        if isinstance(checked, ImportReport):
            return self._keeping.finish(ready, checked)
        checked = msgspec.structs.replace(checked, questions=checked.questions or unknown_types(ready, checked))
        if checked.questions:
            return self._keeping.finish(ready, read_report(ready, checked, "held", "needs-answer"))
        if checked.rows and checked.rejected_rows == checked.rows:
            return self._keeping.finish(ready, nothing_accepted(ready, checked))
        return self._import(ready, checked)

    def _import(self, ready: Prepared, checked: Checked) -> ImportReport:
        """Compare and write; the archive copies the file while the database compares."""
        if ready.request.dry_run:
            return self._compared(ready, checked, lambda: "")
        with ThreadPoolExecutor(1) as beside:
            archived = beside.submit(self._archive.keep_file, ready.request.actor.tenant, ready.request.file)
            return self._compared(ready, checked, archived.result)

    def _compared(self, ready: Prepared, checked: Checked, archived: Callable[[], str]) -> ImportReport:
        for _ in range(_MOST_TRIES):
            ready.request.tell("comparing", checked.rows)
            with self._work.reading(ready.request.actor.tenant) as unit:
                source = unit.intake.source(ready.source)
                difference = unit.intake.difference(ready.request.kind, ready.request.mode, source, checked)
            if difference is None:
                checked = self._reading.in_full(ready)
                continue
            report = compared_report(ready, checked, difference, judged(ready, checked, difference))
            report = layout_report(report, ready.change) if ready.change is not None else report
            if report.reason or ready.request.dry_run:
                return self._keeping.finish(ready, report)
            failpoint("import.staged")
            ready.request.tell("writing", checked.rows)
            written = self._keeping.recorded(ready, partial(self._write, ready, difference, report, archived))
            if written is not None:
                failpoint("import.committed")
                return written
        raise BadInput("other imports of this tenant keep changing the ledger; try again when they are done")

    def _write(
        self, ready: Prepared, difference: Difference, report: ImportReport, archived: Callable[[], str]
    ) -> ImportReport | None:
        """Apply and keep in one transaction; None where another import came in between and all must be redone."""
        archive_ref = archived()
        with self._work(ready.request.actor.tenant) as unit:
            unit.intake.lock()
            if difference.moved:
                unit.day.lock()
            if unit.intake.ledger_state() != difference.ledger:
                return None
            number = ready.request.number or unit.intake.next_number()
            source = unit.intake.ensure_source(ready.source)
            applying = Applying(
                number=number,
                source=source.source,
                today=self._clock.today(ready.tenant.timezone),
                at=self._clock.now(),
                author=ready.request.actor.name,
                collector=ready.collector,
                scenario=ready.settings.text("scenario") or None,
                penalties=ready.settings.switch("penalties"),
            )
            unit.intake.apply(ready.request.kind, difference, applying)
            self._aftermath.follow(unit, difference, applying)
            self._aftermath.assign(unit, applying)
            kept = self._keeping.keep(unit, ready, report, number, archive_ref, good=True)
            failpoint("import.before_commit")
        return kept

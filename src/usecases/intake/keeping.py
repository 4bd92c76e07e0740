"""Keep what became of an import: its row in the history, its profile, its line in the audit trail."""

from collections.abc import Callable

import msgspec

from relance.core.intake.reports import ImportReport
from relance.core.kernel.identifiers import ImportId
from relance.ports.archive import Archive
from relance.ports.clock import Clock
from relance.ports.store.intake import NewImport
from relance.ports.work import Unit, Work
from relance.usecases.intake.preparing import Prepared
from relance.usecases.intake.profiling import profile_to_save
from relance.usecases.intake.reporting import refused_report


class Keeping:
    """The history of imports; a dry run is not in it."""

    def __init__(self, work: Work, clock: Clock, archive: Archive) -> None:
        self._work, self._clock, self._archive = work, clock, archive

    def finish(self, ready: Prepared, report: ImportReport, good: bool = False) -> ImportReport:
        """Keep an import that changes nothing; a dry run keeps nothing at all."""
        if ready.request.dry_run:
            state = report.state if report.state == "refused" else "dry-run"
            return msgspec.structs.replace(report, state=state)
        archive_ref = self._archive.keep_file(ready.request.actor.tenant, ready.request.file)
        with self._work(ready.request.actor.tenant) as unit:
            number = ready.request.number or unit.intake.next_number()
            return self.keep(unit, ready, report, number, archive_ref, good)

    def keep(
        self, unit: Unit, ready: Prepared, report: ImportReport, number: ImportId, archive_ref: str, good: bool
    ) -> ImportReport:
        """The report with its number, kept in this transaction with all that belongs to it."""
        report, now = msgspec.structs.replace(report, number=number), self._clock.now()
        source, known_by = unit.intake.ensure_source(ready.source), ready.file.text(archive_ref)
        profile = profile_to_save(ready, report.recognised.mapping, now) if good and not report.identical else None
        if profile is not None:
            unit.intake.save_profile(profile)
        new = NewImport(
            kind=ready.request.kind,
            mode=ready.request.mode,
            source=source.source,
            file_name=ready.request.file_name,
            fingerprint=known_by,
            archive_ref=archive_ref,
            author=ready.request.actor.name,
            started_at=ready.started_at,
            finished_at=now,
            report=report,
            began=ready.request.number is not None,
        )
        unit.intake.keep(number, new)
        if good:
            fresh = now if ready.request.kind == "items" else None
            unit.intake.mark_good(source.source, number, fresh, known_by)
        counts = {name: getattr(report, name) for name in ("accepted", "new", "changed", "settled", "reopened")}
        detail = counts | {"kind": ready.request.kind, "reason": report.reason, "file": ready.request.file_name}
        if report.overridden:
            detail |= {"overridden": report.overridden, "why": report.override_reason}
        unit.audit.record(ready.request.actor.name, f"import-{report.state}", f"import {number}", detail)
        return report

    def recorded(self, ready: Prepared, write: Callable[[], ImportReport | None]) -> ImportReport | None:
        """A failure leaves the ledger as it was and one line that says so; the error itself travels on (I-8)."""
        try:
            return write()
        except Exception as failure:  # whatever broke, a person must find the failed import in the history
            report = refused_report(ready, f"{type(failure).__name__}", state="failed")
            self.finish(ready, report)
            raise

"""Import a file: read it, compare it with what is known, ask the guard, and write only what changes, at once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import msgspec

from relance.core.intake.controls import controls_of
from relance.core.intake.progress import Telling
from relance.core.intake.reports import ImportReport
from relance.core.intake.understanding import Understanding
from relance.core.intake.unknown_customers import leaves_out
from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import ImportId
from relance.core.tenancy.users import require_right
from relance.ports.archive import Archive
from relance.ports.assigners import Assigner
from relance.ports.calendars import Calendars
from relance.ports.clock import Clock
from relance.ports.failpoints import failpoint
from relance.ports.importers import Table
from relance.ports.intake import CUSTOMER_TERMS, CUSTOMERS, Checked, Importers, OpenRows, TableReader
from relance.ports.store.intake import Applying, Difference, NewImport
from relance.ports.work import Unit, Work
from relance.usecases.collection.following import follow
from relance.usecases.collection.replanning import Planner
from relance.usecases.customers.assigning import Assigning
from relance.usecases.intake.asking import not_understood_report
from relance.usecases.intake.guarding import judged
from relance.usecases.intake.preparing import FileToImport, Prepared, prepared
from relance.usecases.intake.profiling import layout_report, profile_to_save, settled, unknown_types
from relance.usecases.intake.recognising import Unreadable, readable
from relance.usecases.intake.reporting import (
    compared_report,
    identical_report,
    nothing_accepted,
    read_report,
    refused_report,
)
from relance.usecases.intake.understanding import first_of, refused_by_importer, understand_tables

__all__ = ["FileToImport", "ImportFile"]

_MOST_TRIES = 5
_FEW = 200
"""So many accounts are decided again within an import; more wait for the day, or the import would."""


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
        self._work, self._clock, self._importers, self._reader = work, clock, importers, reader
        self._archive, self._calendars, self._key, self._assigners = archive, calendars, key, assigners

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
            return self._finish(ready, identical_report(ready), good=True)
        try:
            checked = self._read(ready, request)
        except Unreadable as refusal:
            return self._finish(ready, refused_report(ready, refusal.detail))
        except BadInput as refusal:
            report = refused_report(ready, refusal.detail)
            return self._finish(ready, msgspec.structs.replace(report, reason=BadInput.code))
        if isinstance(checked, ImportReport):
            return self._finish(ready, checked)
        checked = msgspec.structs.replace(checked, questions=checked.questions or unknown_types(ready, checked))
        if checked.questions:
            return self._finish(ready, read_report(ready, checked, "held", "needs-answer"))
        if checked.rows and checked.rejected_rows == checked.rows:
            return self._finish(ready, nothing_accepted(ready, checked))
        return self._import(ready, checked)

    def _read(self, ready: Prepared, request: FileToImport) -> Checked | ImportReport:
        """The rows, or why they are not understood; the database tells meanwhile which of them it knows."""
        with ThreadPoolExecutor(1) as beside:
            opened = beside.submit(self._opened, ready)
            tables = self._understood(ready, request)
            self._know_customers(ready)
            report = not_understood_report(ready, tables, self._reader)
            return report or self._reader.check(tables, ready.plan, opened.result)

    def _understood(self, ready: Prepared, request: FileToImport) -> Iterator[Table]:
        """The tables of the file, once it is understood."""
        refusal = refused_by_importer(ready.request.kind, ready.recognised)
        if refusal is not None:
            ready.follow(refusal, ready.plan.known)
            return iter(())
        read = partial(readable, ready.importer, request.file, ready.options)
        first, tables = first_of(read())
        if first is None:
            ready.follow(Understanding(kind=ready.request.kind), ready.plan.known)
            return tables
        known = settled(ready, self._reader.names_of(first))
        if known is not None:
            terms = {CUSTOMER_TERMS: self._terms(ready)} if "due" in ready.plan.options else {}
            ready.follow(known, {**ready.plan.known, **terms})
            return _told(tables, request.tell)
        more = (self._reader, ready.plan, ready.recognised, partial(self._terms, ready))
        found = understand_tables(self._reader.look(first), tables, read, *more)
        ready.follow(found.understanding, found.known)
        return _told(found.tables, request.tell)

    def _know_customers(self, ready: Prepared) -> None:
        """All of them, where rows of others stay out."""
        if ready.request.kind == "items" and leaves_out(ready.plan.options):
            with self._work.reading(ready.request.actor.tenant) as unit:
                known = {**ready.plan.known, CUSTOMERS: unit.intake.customer_codes()}
            ready.plan = msgspec.structs.replace(ready.plan, known=known)

    def _terms(self, ready: Prepared) -> Mapping[str, Any]:
        with self._work.reading(ready.request.actor.tenant) as unit:
            return unit.intake.customer_terms(ready.plan.known["entity"][""])

    def _opened(self, ready: Prepared) -> OpenRows | None:
        if ready.request.kind != "items":
            return None
        with self._work.reading(ready.request.actor.tenant) as unit:
            return unit.intake.opened(ready.source)

    def _read_in_full(self, ready: Prepared) -> Checked:
        tables = readable(ready.importer, ready.request.file, ready.options)
        return self._reader.check(_told(tables, ready.request.tell), ready.plan)

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
                checked = self._read_in_full(ready)
                continue
            report = compared_report(ready, checked, difference, judged(ready, checked, difference))
            report = layout_report(report, ready.change) if ready.change is not None else report
            if report.reason or ready.request.dry_run:
                return self._finish(ready, report)
            failpoint("import.staged")
            ready.request.tell("writing", checked.rows)
            written = self._recorded(ready, partial(self._write, ready, difference, report, archived))
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
            self._follow(unit, difference, applying)
            self._assign(unit, applying)
            kept = self._keep(unit, ready, report, number, archive_ref, good=True)
            failpoint("import.before_commit")
        return kept

    def _follow(self, unit: Unit, difference: Difference, applying: Applying) -> None:
        """What the old scenarios proposed goes at once; a few accounts get their new action now, many with the day."""
        if not difference.moved:
            return
        withdrawn = unit.collection.change_scenarios(difference.moved)
        rows = [(f"action:{action}", {"reason": "scenario-changed"}) for action, _ in withdrawn]
        unit.audit.record_many(applying.author, "action-cancelled", rows)
        if withdrawn and len(withdrawn) <= _FEW:
            planner = Planner(unit, applying.today, self._calendars, self._key)
            planner.replan({customer for _, customer in withdrawn}, applying.author)

    def _assign(self, unit: Unit, applying: Applying) -> None:
        """The tenant's tasks look at what the file has brought (A2, B15); who has none waits for nothing."""
        tasks = unit.assignment.tasks()
        if not tasks:
            return
        if any(task.attribute == "scenario" for task in tasks):
            unit.day.lock()
        assigning = Assigning(unit, self._assigners, applying.today, applying.at)
        moved = assigning.write(assigning.decide())
        follow(unit, moved, applying.author, Planner(unit, applying.today, self._calendars, self._key))

    def _finish(self, ready: Prepared, report: ImportReport, good: bool = False) -> ImportReport:
        """Keep an import that changes nothing; a dry run keeps nothing at all."""
        if ready.request.dry_run:
            state = report.state if report.state == "refused" else "dry-run"
            return msgspec.structs.replace(report, state=state)
        archive_ref = self._archive.keep_file(ready.request.actor.tenant, ready.request.file)
        with self._work(ready.request.actor.tenant) as unit:
            number = ready.request.number or unit.intake.next_number()
            return self._keep(unit, ready, report, number, archive_ref, good)

    def _keep(
        self, unit: Unit, ready: Prepared, report: ImportReport, number: ImportId, archive_ref: str, good: bool
    ) -> ImportReport:
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

    def _recorded(self, ready: Prepared, write: Callable[[], ImportReport | None]) -> ImportReport | None:
        """A failure leaves the ledger as it was and one line that says so; the error itself travels on (I-8)."""
        try:
            return write()
        except Exception as failure:  # whatever broke, a person must find the failed import in the history
            report = refused_report(ready, f"{type(failure).__name__}", state="failed")
            self._finish(ready, report)
            raise


def _told(tables: Iterator[Table], tell: Telling) -> Iterator[Table]:
    """The tables, each counted once it has been taken."""
    rows = 0
    for table in tables:
        yield table
        rows += len(table.rejected) + (len(table.columns) if hasattr(table.columns, "__len__") else 0)
        tell("reading", rows)

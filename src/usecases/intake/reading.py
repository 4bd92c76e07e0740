"""Read the file of an import: understand it, check its rows, and let the database tell meanwhile which it knows."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any

import msgspec

from relance.core.intake.progress import Telling
from relance.core.intake.reports import ImportReport
from relance.core.intake.understanding import Understanding
from relance.core.intake.unknown_customers import leaves_out
from relance.ports.importers import Table
from relance.ports.intake import CUSTOMER_TERMS, CUSTOMERS, Beforehand, Checked, OpenRows, PassedOver, TableReader
from relance.ports.work import Work
from relance.usecases.intake.asking import not_understood_report
from relance.usecases.intake.preparing import Prepared
from relance.usecases.intake.profiling import settled
from relance.usecases.intake.reading_ahead import ahead
from relance.usecases.intake.recognising import readable
from relance.usecases.intake.understanding import first_of, refused_by_importer, understand_tables


class Reading:
    """The rows of one import's file, outside any transaction that writes."""

    def __init__(self, work: Work, reader: TableReader) -> None:
        self._work, self._reader = work, reader

    def checked(self, ready: Prepared) -> Checked | ImportReport:
        """The rows, or why they are not understood; the database tells meanwhile which of them it knows."""
        with ThreadPoolExecutor(1) as beside:
            opened = beside.submit(self._opened, ready)
            tables = self._understood(ready)
            self._know_customers(ready)
            report = not_understood_report(ready, tables, self._reader)
            return report or self._asking_beside(beside, ready, tables, opened.result)

    def in_full(self, ready: Prepared) -> Checked:
        """Every row, whatever the database knows."""
        tables = readable(ready.importer, ready.request.file, ready.options)
        return self._reader.check(_told(tables, ready.request.tell), ready.plan)

    def _asking_beside(
        self,
        beside: ThreadPoolExecutor,
        ready: Prepared,
        tables: Iterator[Table],
        opened: Callable[[], OpenRows | None],
    ) -> Checked:
        """The rows, and what the comparison will ask of the database."""
        if ready.request.kind != "items":
            return self._reader.check(tables, ready.plan, opened)
        asked, left = beside.submit(self._customers, ready), Future[Any]()

        def passed_over(over: PassedOver, mapping: Mapping[str, str]) -> None:
            nonlocal left
            left = beside.submit(self._left, ready, over, mapping)

        checked = self._reader.check(tables, ready.plan, opened, passed_over)
        found = left.result() if checked.passed_over else None
        return msgspec.structs.replace(checked, beforehand=msgspec.structs.replace(asked.result(), left=found))

    def _customers(self, ready: Prepared) -> Beforehand:
        with self._work.reading(ready.request.actor.tenant) as unit:
            return unit.intake.customers_beforehand()

    def _left(self, ready: Prepared, over: PassedOver, mapping: Mapping[str, str]) -> Any:
        with self._work.reading(ready.request.actor.tenant) as unit:
            return unit.intake.left_beforehand(over, mapping)

    def _understood(self, ready: Prepared) -> Iterator[Table]:
        """The tables of the file, once it is understood."""
        refusal = refused_by_importer(ready.request.kind, ready.recognised)
        if refusal is not None:
            ready.follow(refusal, ready.plan.known)
            return iter(())
        read = partial(_read_ahead, ready)
        first, tables = first_of(read())
        if first is None:
            ready.follow(Understanding(kind=ready.request.kind), ready.plan.known)
            return tables
        known = settled(ready, self._reader.names_of(first))
        if known is not None:
            terms = {CUSTOMER_TERMS: self._terms(ready)} if "due" in ready.plan.options else {}
            ready.follow(known, {**ready.plan.known, **terms})
            return _told(tables, ready.request.tell)
        more = (self._reader, ready.plan, ready.recognised, partial(self._terms, ready))
        found = understand_tables(self._reader.look(first), tables, read, *more)
        ready.follow(found.understanding, found.known)
        return _told(found.tables, ready.request.tell)

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


def _read_ahead(ready: Prepared) -> Iterator[Table]:
    return ahead(readable(ready.importer, ready.request.file, ready.options))


def _told(tables: Iterator[Table], tell: Telling) -> Iterator[Table]:
    """The tables, each counted once it has been taken."""
    rows = 0
    for table in tables:
        yield table
        rows += len(table.rejected) + (len(table.columns) if hasattr(table.columns, "__len__") else 0)
        tell("reading", rows)

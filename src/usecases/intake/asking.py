"""The answer where a file is not imported because of what it is, or because only a person can say what it means."""

from collections.abc import Iterator

import msgspec

from relance.core.intake.reports import ImportReport
from relance.ports.importers import Table
from relance.ports.intake import TableReader
from relance.usecases.intake.preparing import Prepared
from relance.usecases.intake.profiling import layout_report
from relance.usecases.intake.reporting import refused_report


def not_understood_report(ready: Prepared, tables: Iterator[Table], reader: TableReader) -> ImportReport | None:
    """Refused with the reason, held with the questions; None where the file may be read."""
    found = ready.understanding
    assert found is not None
    if found.refusal:
        return _refused(ready, found.refusal, found.message)
    if not found.questions:
        return None
    rows = sum(reader.rows_of(table) for table in tables)
    report = refused_report(ready, "", state="held")
    report = msgspec.structs.replace(report, rows=rows, reason="needs-answer", questions=found.questions)
    return layout_report(report, ready.change) if ready.change is not None else report


def _refused(ready: Prepared, code: str, message: str) -> ImportReport:
    return msgspec.structs.replace(refused_report(ready, message), reason=code)

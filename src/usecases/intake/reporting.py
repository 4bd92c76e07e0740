"""The answer of an import in each of its endings."""

import msgspec

from relance.core.intake.reports import MOST_REJECTS, ImportReport, Recognised, Reject, State
from relance.core.kernel.money import sums_text
from relance.ports.importers import Rejected
from relance.ports.intake import Checked
from relance.ports.store.intake import Difference
from relance.usecases.intake.preparing import Prepared


def refused_report(ready: Prepared, message: str, state: State = "refused") -> ImportReport:
    """Nothing could be read."""
    reason = "unreadable-file" if state == "refused" else "failed"
    recognised = _recognised(ready, dict(ready.plan.mapping))
    return ImportReport(number=0, state=state, recognised=recognised, reason=reason, message=message)


def read_report(ready: Prepared, checked: Checked, state: State, reason: str) -> ImportReport:
    """The file was read, and nothing compared."""
    return ImportReport(
        number=0,
        state=state,
        reason=reason,
        rows=checked.rows,
        recognised=_recognised(ready, checked.mapping),
        questions=checked.questions,
        notes=checked.notes,
    )


def compared_report(
    ready: Prepared, checked: Checked, difference: Difference, state: State, reason: str
) -> ImportReport:
    """The file was compared with what is known."""
    rejected = sorted((*checked.rejected, *difference.rejected), key=lambda row: row.line)[:MOST_REJECTS]
    rejected_rows = checked.rejected_rows + len(difference.rejected)
    sums = {name: amount - difference.refused.get(name, 0) for name, amount in checked.sums.items()}
    return ImportReport(
        number=0,
        state=state,
        reason=reason,
        rows=checked.rows,
        accepted=checked.rows - rejected_rows,
        rejected=tuple(_reject(row) for row in rejected),
        rejected_rows=rejected_rows,
        rounded=checked.rounded,
        sums=sums_text(sums),
        open_before=sums_text(difference.move.open_before),
        open_after=sums_text(difference.move.open_after),
        recognised=_recognised(ready, checked.mapping),
        notes=(*checked.notes, *difference.notes),
        **msgspec.structs.asdict(difference.counts),
    )


def identical_report(ready: Prepared) -> ImportReport:
    """The report of the same file before, with nothing changed (A21)."""
    last = ready.last_report
    assert last is not None
    nothing = dict.fromkeys(("new", "changed", "settled", "reopened", "new_customers"), 0)
    unchanged = last.accepted if ready.request.kind == "items" else 0
    return msgspec.structs.replace(
        last, state="done", reason="", identical=True, unchanged=unchanged, open_before=last.open_after, **nothing
    )


def _recognised(ready: Prepared, mapping: dict[str, str]) -> Recognised:
    options = ready.options
    header = options.get("header-line", "1")
    return Recognised(
        kind=ready.request.kind,
        importer=ready.importer.name,
        encoding=options.get("encoding", ""),
        delimiter=options.get("delimiter", ""),
        header_line=int(header) if header.isdecimal() else 1,
        mapping=mapping,
        confidence=ready.recognised.confidence,
    )


def _reject(row: Rejected) -> Reject:
    return Reject(line=row.line, column=row.column, value=row.value, code=row.code, message=row.message)

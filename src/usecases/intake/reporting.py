"""The answer of an import in each of its endings."""

import msgspec

from relance.core.intake.controls import CONTROLS
from relance.core.intake.effects import Effect
from relance.core.intake.reports import (
    MOST_REJECTS,
    EffectCase,
    EffectTold,
    ImportReport,
    Note,
    Recognised,
    Reject,
    State,
)
from relance.core.intake.understanding import Guess
from relance.core.intake.undoing import UNDOABLE
from relance.core.kernel.money import decimal_text, sums_text
from relance.ports.importers import Rejected
from relance.ports.intake import Checked
from relance.ports.store.intake import Difference
from relance.usecases.intake.guarding import Judged
from relance.usecases.intake.preparing import Prepared

_EXAMPLES = 6


def refused_report(ready: Prepared, message: str, state: State = "refused") -> ImportReport:
    """Nothing could be read."""
    reason = "unreadable-file" if state == "refused" else "failed"
    recognised = _recognised(ready, dict(ready.plan.mapping))
    return ImportReport(number=0, state=state, recognised=recognised, reason=reason, message=message)


def told_guesses(ready: Prepared) -> tuple[Guess, ...]:
    """What was guessed of the file's structure and of its cells, beside what was said."""
    of_cells = ready.understanding.guesses if ready.understanding else ()
    said = ready.request.options
    return tuple(guess for guess in (*ready.recognised.guesses, *of_cells) if guess.name not in said)


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


def nothing_accepted(ready: Prepared, checked: Checked) -> ImportReport:
    """Every row was rejected: the file says nothing, and must not count as the source's last word."""
    rejected = tuple(_reject(row) for row in checked.rejected[:MOST_REJECTS])
    report = read_report(ready, checked, "refused", "nothing-accepted")
    return msgspec.structs.replace(report, rejected=rejected, rejected_rows=checked.rejected_rows)


def compared_report(ready: Prepared, checked: Checked, difference: Difference, judged: Judged) -> ImportReport:
    """The file was compared with what is known."""
    rejected = sorted((*checked.rejected, *difference.rejected), key=lambda row: row.line)[:MOST_REJECTS]
    rejected_rows = checked.rejected_rows + len(difference.rejected)
    sums = {name: amount - difference.refused.get(name, 0) for name, amount in checked.sums.items()}
    return ImportReport(
        number=0,
        state="held" if judged.reason else "done",
        reason=judged.reason,
        message=judged.message,
        overridden=judged.overridden,
        override_reason=ready.request.override_reason if judged.overridden else "",
        guard=judged.guard,
        effects={deed: _effect(effect) for deed, effect in difference.effects.items()},
        rows=checked.rows,
        accepted=checked.rows - rejected_rows,
        rejected=tuple(_reject(row) for row in rejected),
        rejected_rows=rejected_rows,
        rounded=checked.rounded,
        sums=sums_text(sums),
        open_before=sums_text(difference.move.open_before),
        open_after=sums_text(difference.move.open_after),
        recognised=_recognised(ready, checked.mapping),
        notes=(*checked.notes, *_other_sheets(ready), *difference.notes, *_anomalies(difference), *_for_good(ready)),
        **msgspec.structs.asdict(difference.counts),
    )


def identical_report(ready: Prepared) -> ImportReport:
    """The report of the same file before, with nothing changed (A21)."""
    last = ready.last_report
    assert last is not None
    nothing = dict.fromkeys(("new", "changed", "settled", "reopened", "new_customers"), 0)
    last = msgspec.structs.replace(last, effects={}, guard=None, overridden="", override_reason="", message="")
    unchanged = last.accepted if ready.request.kind == "items" else 0
    return msgspec.structs.replace(
        last, state="done", reason="", identical=True, unchanged=unchanged, open_before=last.open_after, **nothing
    )


def _recognised(ready: Prepared, mapping: dict[str, str]) -> Recognised:
    options = {name: ready.plan.options.get(name, value) for name, value in ready.options.items()}
    header = options.get("header-line", "1")
    return Recognised(
        kind=ready.request.kind,
        importer=ready.importer.name,
        encoding=options.get("encoding", ""),
        delimiter=options.get("delimiter", ""),
        header_line=int(header) if header.isdecimal() else 1,
        mapping=mapping,
        options={name: value for name, value in options.items() if name not in CONTROLS},
        confidence=ready.recognised.confidence,
        columns=ready.understanding.columns if ready.understanding else (),
        guesses=told_guesses(ready),
    )


def _other_sheets(ready: Prepared) -> tuple[Note, ...]:
    """That a workbook has more sheets that may hold items, where nobody said which one is meant."""
    found = [guess for guess in told_guesses(ready) if (guess.name, guess.code) == ("sheet", "several-sheets")]
    return tuple(Note("other-sheets", 1, (f"{guess.value}: {guess.why}",)) for guess in found)


def _anomalies(difference: Difference) -> tuple[Note, ...]:
    """Items that a file had settled and that come back (A7)."""
    again = difference.effects.get("reopened")
    if again is None:
        return ()
    return (Note("reopened", again.count, tuple(f"{one.customer} {one.number}" for one in again.largest[:_EXAMPLES])),)


def _for_good(ready: Prepared) -> tuple[Note, ...]:
    """Told by the check before it runs."""
    told = ready.request.dry_run and ready.request.kind not in UNDOABLE
    return (Note("not-undoable", 1),) if told else ()


def _effect(effect: Effect) -> EffectTold:
    cases = (
        EffectCase(
            case.customer,
            case.number,
            case.currency,
            decimal_text(case.before, case.currency),
            decimal_text(case.after, case.currency),
        )
        for case in effect.largest
    )
    return EffectTold(
        count=effect.count, before=sums_text(effect.before), after=sums_text(effect.after), largest=tuple(cases)
    )


def _reject(row: Rejected) -> Reject:
    return Reject(line=row.line, column=row.column, value=row.value, code=row.code, message=row.message)

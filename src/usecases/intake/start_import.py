"""Start an import, or a check, beside the request that asks for it."""

from datetime import timedelta
from pathlib import Path

import msgspec

from relance.core.intake.progress import Progress
from relance.core.intake.runs import Choices, Run
from relance.core.kernel.identifiers import ImportId, RunId
from relance.core.tenancy.users import Actor, require_right
from relance.ports.archive import Archive
from relance.ports.background import Background
from relance.ports.clock import Clock
from relance.ports.work import Unit, Work
from relance.usecases.intake.errands import RunErrand, import_job
from relance.usecases.intake.losing import give_up_lost

_KEPT = timedelta(days=7)
"""So long the report of a check can be looked at again."""
_SAMPLE = 65_536


class ImportWanted(msgspec.Struct, frozen=True, kw_only=True):
    """A kept file and what was chosen for it."""

    actor: Actor
    choices: Choices


class ImportStarted(msgspec.Struct, frozen=True, kw_only=True, rename={"number": "import"}):
    """The run's number, and the import's unless it is a check."""

    run: RunId
    number: ImportId | None


class StartImport:
    """The run and its job are kept together: whoever asks finds it at once, and no process takes it along by dying."""

    def __init__(self, work: Work, clock: Clock, archive: Archive, background: Background) -> None:
        self._work, self._clock, self._archive, self._background = work, clock, archive, background

    def __call__(self, request: ImportWanted) -> ImportStarted:
        """What was started; raises NotAllowed, NotFound for the file."""
        require_right(request.actor, "import")
        if request.choices.override_guard:
            require_right(request.actor, "override-guard")
        file = self._archive.open(request.actor.tenant, request.choices.archive_ref)
        progress = Progress(about=rows_about(file))
        with self._work(request.actor.tenant) as unit:
            run = self._begun(unit, request, progress)
            unit.jobs.add(import_job(RunErrand(actor=request.actor, run=run.run)))
        self._background.nudge()
        return ImportStarted(run=run.run, number=run.number)

    def _begun(self, unit: Unit, request: ImportWanted, progress: Progress) -> Run:
        now = self._clock.now()
        give_up_lost(unit, now)
        unit.runs.forget(now - _KEPT)
        run = Run(
            run=unit.runs.next_number(),
            number=None if request.choices.dry_run else unit.intake.next_number(),
            choices=request.choices,
            author=request.actor.name,
            started_at=now,
            heard_at=now,
            progress=progress,
        )
        unit.runs.begin(run)
        return run


def rows_about(file: Path) -> int:
    """How many rows the file may have, by the length of its first lines; 0 where it is not plain text."""
    with file.open("rb") as opened:
        sample = opened.read(_SAMPLE)
    lines = sample.count(b"\n")
    if b"\0" in sample or not lines:
        return 0
    return file.stat().st_size * lines // len(sample)

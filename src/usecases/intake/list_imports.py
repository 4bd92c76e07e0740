"""The history of imports."""

import msgspec

from relance.core.intake.reports import ImportLine
from relance.core.intake.runs import with_progress
from relance.core.tenancy.users import Actor, require_right, sees_import
from relance.ports.clock import Clock
from relance.ports.work import Work


class ImportsQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """The newest imports, at most `limit`."""

    actor: Actor
    limit: int = 100


class ListImports:
    """Lists imports, newest first."""

    def __init__(self, work: Work, clock: Clock) -> None:
        self._work, self._clock = work, clock

    def __call__(self, request: ImportsQuestion) -> list[ImportLine]:
        """One line an import, with its report."""
        require_right(request.actor, "see")
        with self._work.reading(request.actor.tenant) as unit:
            lines = unit.intake.imports(request.limit)
            runs = {run.number: run for run in unit.runs.unfinished()}
        seen = [line for line in lines if sees_import(request.actor, line.author)]
        return [with_progress(line, runs.get(line.number), self._clock.now()) for line in seen]

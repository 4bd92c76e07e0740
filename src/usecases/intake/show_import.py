"""One import with its rejected rows."""

import msgspec

from relance.core.intake.reports import ImportLine, Reject
from relance.core.intake.runs import with_progress
from relance.core.kernel.errors import NotFound
from relance.core.kernel.identifiers import ImportId
from relance.core.tenancy.users import Actor, require_right, sees_import
from relance.ports.clock import Clock
from relance.ports.work import Work


class ImportQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """Which import."""

    actor: Actor
    number: ImportId


class ShowImport:
    """Shows one import; its report lists the rejected rows."""

    def __init__(self, work: Work, clock: Clock) -> None:
        self._work, self._clock = work, clock

    def __call__(self, request: ImportQuestion) -> ImportLine:
        """The import; raises NotFound."""
        require_right(request.actor, "see")
        with self._work.reading(request.actor.tenant) as unit:
            line = unit.intake.one(request.number)
            if not sees_import(request.actor, line.author):
                raise NotFound("no such import")
            runs = {run.number: run for run in unit.runs.unfinished()} if line.state == "running" else {}
            rejected = tuple(msgspec.convert(row, Reject) for row in unit.intake.rejects(request.number))
        line = with_progress(line, runs.get(line.number), self._clock.now())
        return msgspec.structs.replace(line, report=msgspec.structs.replace(line.report, rejected=rejected))

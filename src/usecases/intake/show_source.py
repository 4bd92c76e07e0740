"""One source with its last attempts."""

import msgspec

from relance.core.intake.sources import SourceRun, SourceState
from relance.core.tenancy.users import Actor, require_right
from relance.ports.work import Work


class SourceQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """Which source."""

    actor: Actor
    name: str


class SourceShown(msgspec.Struct, frozen=True, kw_only=True):
    """The source, and its attempts with the latest first."""

    state: SourceState
    runs: tuple[SourceRun, ...]


class ShowSource:
    """Shows how a source is fetched, never its secret."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, request: SourceQuestion) -> SourceShown:
        """The source; raises NotFound, NotAllowed."""
        require_right(request.actor, "import")
        with self._work.reading(request.actor.tenant) as unit:
            state = unit.sources.state(request.name)
            return SourceShown(state=state, runs=tuple(unit.sources.runs(state.source)))

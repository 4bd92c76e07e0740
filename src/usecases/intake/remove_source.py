"""Stop fetching a source."""

from relance.core.tenancy.users import require_right
from relance.ports.work import Work
from relance.usecases.intake.show_source import SourceQuestion


class RemoveSource:
    """Forgets how a source is fetched, and its secret; its items and imports stay."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, request: SourceQuestion) -> None:
        """Raises NotFound, NotAllowed."""
        require_right(request.actor, "import")
        with self._work(request.actor.tenant) as unit:
            state = unit.sources.state(request.name)
            unit.sources.remove(state.source)
            unit.audit.record(request.actor.name, "source-removed", f"source:{request.name}", {"way": state.plan.way})

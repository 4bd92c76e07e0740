"""Take back the last change of a draft."""

from relance.core.tenancy.users import Actor, require_right
from relance.ports.work import Work
from relance.usecases.scenarios.drafting import required_draft


class UndoDraft:
    """The draft as it was one change before; after the first one nothing is left to take back."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, actor: Actor, code: str) -> None:
        """Go back one revision; raises NotFound, NotAllowed."""
        require_right(actor, "scenarios")
        with self._work(actor.tenant) as unit:
            before = required_draft(unit, code)
            unit.scenarios.undo(code)
            unit.audit.record(actor.name, "scenario-undone", f"scenario:{code}", {"revision": before.revision})

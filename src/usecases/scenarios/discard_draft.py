"""Forget the draft of a scenario."""

from relance.core.tenancy.users import Actor, require_right
from relance.ports.work import Work
from relance.usecases.scenarios.drafting import required_draft


class DiscardDraft:
    """What is published stays as it is; a scenario that was never published is gone."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, actor: Actor, code: str) -> None:
        """Forget it; raises NotFound, NotAllowed."""
        require_right(actor, "scenarios")
        with self._work(actor.tenant) as unit:
            before = required_draft(unit, code)
            unit.scenarios.discard(code)
            unit.audit.record(actor.name, "scenario-discarded", f"scenario:{code}", {"revision": before.revision})

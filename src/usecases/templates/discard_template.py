"""Discard the draft of a text."""

from relance.core.tenancy.users import Actor, require_right
from relance.ports.work import Work


class DiscardTemplate:
    """What is published stays."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, actor: Actor, code: str, language: str) -> None:
        """Forget it; raises NotAllowed."""
        require_right(actor, "scenarios")
        with self._work(actor.tenant) as unit:
            unit.templates.discard(code, language)
            unit.audit.record(actor.name, "template-discarded", f"template:{code}", {"language": language})

"""Supply a tenant with the texts that came with the installation after it was founded."""

from relance.core.tenancy.users import Actor, require_right
from relance.ports.supplied import Supplied
from relance.ports.work import Work


class SupplyTemplates:
    """Adds what is missing and changes nothing that is there."""

    def __init__(self, work: Work, supplied: Supplied) -> None:
        self._work, self._supplied = work, supplied

    def __call__(self, actor: Actor) -> int:
        """How many texts were added; raises NotAllowed."""
        require_right(actor, "scenarios")
        with self._work(actor.tenant) as unit:
            known = {(line.code, line.language) for line in unit.templates.lines()}
            missing = [one for one in self._supplied.templates() if (one.code, one.language) not in known]
            unit.templates.supply(missing)
            unit.audit.record(actor.name, "templates-supplied", "templates", {"added": len(missing)})
        return len(missing)

"""Verify the audit chain."""

from relance.core.tenancy.users import Actor, require_right
from relance.ports.store.audit import AuditVerdict
from relance.ports.work import Work


class VerifyAudit:
    """An auditor asks whether anything was changed behind our back (I-21)."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, actor: Actor) -> AuditVerdict:
        """Recompute the tenant's chain; raises NotAllowed."""
        require_right(actor, "settings")
        with self._work.reading(actor.tenant) as unit:
            return unit.audit.verify()

"""Read the audit trail."""

import msgspec

from relance.core.tenancy.users import Actor, require_right
from relance.ports.store.audit_log import AuditLine
from relance.ports.work import Work


class AuditWanted(msgspec.Struct, frozen=True, kw_only=True):
    """`subjects`: only the last row about these; else a page of the trail, the latest first."""

    actor: Actor
    search: str = ""
    before: int | None = None
    limit: int = 100
    subjects: tuple[str, ...] = ()


class ReadAudit:
    """Who did what, when."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, request: AuditWanted) -> list[AuditLine]:
        """The rows; raises NotAllowed."""
        require_right(request.actor, "settings")
        with self._work.reading(request.actor.tenant) as unit:
            if request.subjects:
                latest = unit.audit_log.latest_of(list(request.subjects))
                return [latest] if latest else []
            return unit.audit_log.lines(request.search, request.before, request.limit)

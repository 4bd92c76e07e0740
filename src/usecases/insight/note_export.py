"""Note that a table left as a file."""

import msgspec

from relance.core.tenancy.users import Actor, require_right
from relance.ports.work import Work


class ExportMade(msgspec.Struct, frozen=True, kw_only=True):
    """Which table, how many rows, and with which filters."""

    actor: Actor
    table: str
    rows: int
    filters: dict[str, str] = {}


class NoteExport:
    """Data that leaves is on record, with its number of rows (T11)."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, request: ExportMade) -> None:
        """Append to the audit trail; raises NotAllowed."""
        require_right(request.actor, "export")
        with self._work(request.actor.tenant) as unit:
            detail = {"rows": request.rows, "filters": request.filters}
            unit.audit.record(request.actor.name, "exported", f"table:{request.table}", detail)

"""The history of imports."""

import msgspec

from relance.core.intake.reports import ImportLine
from relance.core.tenancy.users import Actor, require_right
from relance.ports.work import Work


class ImportsQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """The newest imports, at most `limit`."""

    actor: Actor
    limit: int = 100


class ListImports:
    """Lists imports, newest first."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, request: ImportsQuestion) -> list[ImportLine]:
        """One line an import, with its report."""
        require_right(request.actor, "see")
        with self._work.reading(request.actor.tenant) as unit:
            return unit.intake.imports(request.limit)

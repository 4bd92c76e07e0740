"""List the addresses to which nothing is sent, and those that came back and wait for a decision."""

import msgspec

from relance.core.tenancy.users import Actor, require_right
from relance.ports.store.suppressions import Suggestion, Suppression
from relance.ports.work import Work

_SUGGESTIONS = 200


class SuppressionsWanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which addresses; `after` is the last one seen."""

    actor: Actor
    search: str = ""
    after: str = ""
    limit: int = 100


class SuppressionsFound(msgspec.Struct, frozen=True, kw_only=True):
    """One page by address, and what mail servers said should join it."""

    rows: list[Suppression]
    more: bool
    suggested: list[Suggestion]


class ListSuppressions:
    """The suppression list."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, request: SuppressionsWanted) -> SuppressionsFound:
        """One page; raises NotAllowed."""
        require_right(request.actor, "see")
        own = request.actor.user if request.actor.own_only else None
        with self._work.reading(request.actor.tenant) as unit:
            rows = unit.suppressions.listed(request.search, request.after, request.limit + 1)
            suggested = unit.suppressions.suggested(_SUGGESTIONS, own)
        return SuppressionsFound(rows=rows[: request.limit], more=len(rows) > request.limit, suggested=suggested)

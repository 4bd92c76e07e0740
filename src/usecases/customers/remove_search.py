"""Forget a saved search."""

import msgspec

from relance.core.kernel.errors import Conflict, NotAllowed
from relance.core.tenancy.users import Actor, may, require_right
from relance.ports.work import Work
from relance.usecases.customers.save_search import following


class SearchToRemove(msgspec.Struct, frozen=True, kw_only=True):
    """The number that it was saved under."""

    actor: Actor
    number: int


class RemoveSearch:
    """Its owner may, and an administrator any shared one."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, request: SearchToRemove) -> None:
        """Remove; raises NotFound, NotAllowed."""
        actor = request.actor
        require_right(actor, "see")
        with self._work(actor.tenant) as unit:
            saved = unit.saved_searches.one(request.number, actor.user)
            if saved.owner != actor.user and not may(actor, "settings"):
                raise NotAllowed("only who saved this search may remove it")
            if tasks := following(unit, saved.number):
                raise Conflict(f"Search & Assign follows this search: {tasks}; change or remove these tasks first")
            unit.saved_searches.remove(saved.number)
            unit.audit.record(actor.name, "search-removed", f"search:{saved.number}", {"name": saved.name})

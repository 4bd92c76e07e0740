"""Keep a pasted list of codes that no address could carry."""

import msgspec

from relance.core.customers.saved_searches import SavedSearch, checked_saved
from relance.core.customers.search import Clause
from relance.core.tenancy.users import Actor, require_right
from relance.ports.work import Work


class ListToKeep(msgspec.Struct, frozen=True, kw_only=True):
    """Codes in their order, and what such a list is called."""

    actor: Actor
    codes: tuple[str, ...]
    called: str


class KeepList:
    """A private saved search, told apart by its number; the same list pasted again is found again."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, request: ListToKeep) -> int:
        """Its number; raises BadInput, NotAllowed."""
        actor, search = request.actor, Clause("code", "in", request.codes)
        require_right(actor, "see")
        with self._work(actor.tenant) as unit:
            for known in unit.saved_searches.visible(actor.user):
                if known.search == search and known.owner == actor.user:
                    return known.number
            number = unit.tenancy.next_numbers("searches", 1)
            name = f"{request.called} ({number})"
            saved = SavedSearch(number=number, name=name, target="customers", search=search, owner=actor.user)
            unit.saved_searches.save(checked_saved(saved))
            unit.audit.record(actor.name, "search-saved", f"search:{number}", {"name": name, "shared": False})
        return number

"""List the saved searches."""

import msgspec

from relance.core.customers.saved_searches import SavedSearch
from relance.core.tenancy.users import Actor, require_right
from relance.ports.clock import Clock
from relance.ports.store.customer_file import CustomerQuestion
from relance.ports.store.item_list import ItemQuestion
from relance.ports.work import Unit, Work


class SearchShown(msgspec.Struct, frozen=True, kw_only=True):
    """A saved search, how much it finds for this viewer now, and whether it is the viewer's own."""

    saved: SavedSearch
    count: int
    own: bool


class ListSearches:
    """The viewer's own and the shared ones, with live counts of what this viewer may see."""

    def __init__(self, work: Work, clock: Clock) -> None:
        self._work, self._clock = work, clock

    def __call__(self, actor: Actor) -> list[SearchShown]:
        """By name, without alerts, which have a list of their own; raises NotAllowed."""
        require_right(actor, "see")
        with self._work.reading(actor.tenant) as unit:
            return [
                SearchShown(saved=saved, count=self._count(unit, actor, saved), own=saved.owner == actor.user)
                for saved in unit.saved_searches.visible(actor.user)
                if not saved.alert
            ]

    def _count(self, unit: Unit, actor: Actor, saved: SavedSearch) -> int:
        today, own = self._clock.today(unit.tenancy.tenant().timezone), actor.user if actor.own_only else None
        if saved.target == "customers":
            return unit.customer_file.count(CustomerQuestion(today=today, criteria=saved.search, own=own))
        sums = unit.item_list.sums(ItemQuestion(today=today, criteria=saved.search, own=own))
        return sum(count for count, _ in sums.values())

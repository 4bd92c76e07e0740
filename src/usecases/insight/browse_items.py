"""Browse the items."""

from datetime import date

import msgspec

from relance.core.customers.search import EVERYTHING, Search, checked
from relance.core.kernel.identifiers import EntityId, ItemId
from relance.core.tenancy.users import Actor, require_right
from relance.ports.clock import Clock
from relance.ports.store.item_list import ItemLine, ItemQuestion, ItemView
from relance.ports.work import Work


class ItemsWanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which items; `after` is due day and number of the last line seen."""

    actor: Actor
    criteria: Search = EVERYTHING
    search: str = ""
    view: ItemView = "open"
    currency: str = ""
    after: tuple[date, ItemId] | None = None
    limit: int = 50


class ItemsFound(msgspec.Struct, frozen=True, kw_only=True):
    """One page, whether more follow, and count and open amount of the whole answer by currency."""

    lines: list[ItemLine]
    more: bool
    sums: dict[str, tuple[int, int]]
    today: date
    entities: dict[EntityId, str] = {}
    """Codes by number, where the tenant has several (A23)."""


class BrowseItems:
    """Every invoice, credit and payment, the oldest due first."""

    def __init__(self, work: Work, clock: Clock) -> None:
        self._work, self._clock = work, clock

    def __call__(self, request: ItemsWanted) -> ItemsFound:
        """One page; raises NotAllowed, BadInput for criteria that cannot be asked."""
        require_right(request.actor, "see")
        with self._work.reading_long(request.actor.tenant) as unit:
            today = self._clock.today(unit.tenancy.tenant().timezone)
            question = ItemQuestion(
                today=today,
                criteria=checked(request.criteria),
                search=request.search,
                view=request.view,
                currency=request.currency,
                after=request.after,
                limit=request.limit + 1,
                own=request.actor.user if request.actor.own_only else None,
            )
            page = unit.item_list.page(question)
            entities = {one.entity: one.code for one in unit.entities.all()}
        return ItemsFound(
            lines=page.lines[: request.limit],
            more=len(page.lines) > request.limit,
            sums=page.sums,
            today=today,
            entities=entities if len(entities) > 1 else {},
        )

"""Find customers, items and amounts by a few characters."""

import msgspec

from relance.core.customers.saved_searches import SavedSearch
from relance.core.tenancy.users import Actor, require_right
from relance.ports.store.palette import Between, CustomerHit, ItemHit
from relance.ports.work import Work

MOST_RECENT = 6
_MOST = 6


class AnythingWanted(msgspec.Struct, frozen=True, kw_only=True):
    """What was typed, as text and perhaps as an amount; without text the customers that were opened lately."""

    actor: Actor
    text: str = ""
    amount: Between | None = None
    recent: tuple[str, ...] = ()


class AnythingFound(msgspec.Struct, frozen=True, kw_only=True):
    """A few of each kind, the best first; `searches` are saved ones by their name."""

    customers: list[CustomerHit] = []
    items: list[ItemHit] = []
    of_amount: list[ItemHit] = []
    owing: list[CustomerHit] = []
    searches: list[SavedSearch] = []
    recent: list[CustomerHit] = []


class FindAnything:
    """One place to type a name, a code, an item's number or an amount; nothing that is not visible is found (T9)."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, request: AnythingWanted) -> AnythingFound:
        """A few of each kind; raises NotAllowed."""
        actor, text, amount = request.actor, request.text.strip(), request.amount
        require_right(actor, "see")
        own = actor.user if actor.own_only else None
        with self._work.reading(actor.tenant) as unit:
            store = unit.palette
            if not text:
                return AnythingFound(recent=store.customers_of(request.recent[:MOST_RECENT], own))
            named = [one for one in unit.saved_searches.visible(actor.user) if text.lower() in one.name.lower()]
            return AnythingFound(
                customers=store.customers(text, own, _MOST),
                items=store.items(text, own, _MOST),
                of_amount=store.items_of_amount(amount, own, _MOST) if amount else [],
                owing=store.customers_of_amount(amount, own, _MOST) if amount else [],
                searches=named[:_MOST],
            )

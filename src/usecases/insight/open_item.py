"""Open one item."""

from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from relance.core.kernel.identifiers import ItemId
from relance.core.tenancy.users import Actor, require_right
from relance.ports.clock import Clock
from relance.ports.store.copy_fetches import CopyFetch
from relance.ports.store.documents import Document
from relance.ports.store.item_list import HoldShown, ItemChange, ItemLine, Listing
from relance.ports.work import Work


class ItemWanted(msgspec.Struct, frozen=True, kw_only=True):
    """The item by its number in the store."""

    actor: Actor
    item: ItemId


class ItemOpened(msgspec.Struct, frozen=True, kw_only=True):
    """One item with everything that happened to it."""

    line: ItemLine
    import_number: int
    imported_at: datetime | None
    source: str
    changes: list[ItemChange]
    holds: list[HoldShown]
    listings: list[Listing]
    today: date
    document: str = ""
    """What its import said of its copy: an address or a file's name."""
    copies: Sequence[Document] = ()
    fetch: CopyFetch | None = None
    """What became of asking the address for it."""


class OpenItem:
    """Where an item came from, what changed in it, what held it, and which messages listed it."""

    def __init__(self, work: Work, clock: Clock) -> None:
        self._work, self._clock = work, clock

    def __call__(self, request: ItemWanted) -> ItemOpened:
        """The item; raises NotFound, NotAllowed."""
        require_right(request.actor, "see")
        own = request.actor.user if request.actor.own_only else None
        with self._work.reading(request.actor.tenant) as unit:
            line = unit.item_list.line(request.item, own)
            number, at, source = unit.item_list.origin(request.item)
            document, copies = unit.documents.of_item(request.item)
            return ItemOpened(
                line=line,
                import_number=number,
                imported_at=at,
                source=source,
                changes=unit.item_list.changes(request.item),
                holds=unit.item_list.holds(request.item),
                listings=unit.item_list.listings(request.item),
                today=self._clock.today(unit.tenancy.tenant().timezone),
                document=document,
                copies=copies,
                fetch=unit.copy_fetches.of_items([request.item]).get(request.item),
            )

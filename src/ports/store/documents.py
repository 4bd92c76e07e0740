"""What the store promises about copies of invoices."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

import msgspec

from relance.core.collection.enclosing import Copy
from relance.core.intake.copies import Numbered
from relance.core.kernel.identifiers import CustomerId, ItemId, UserId


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A kept copy."""

    document: int
    item: ItemId
    number: str
    file_name: str
    media_type: str
    size: int
    archive_ref: str
    origin: str
    author: str
    at: datetime


class NewDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A copy to keep."""

    item: ItemId
    file_name: str
    media_type: str
    size: int
    archive_ref: str
    origin: str


class DocumentStore(Protocol):
    """Copies of one tenant; `own` shows only what this person may see."""

    def candidates(self, keys: Collection[str], names: Collection[str]) -> list[Numbered]:
        """Items whose number has one of these keys, or whose import named one of these files (lower case)."""
        ...

    def known(self, items: Collection[ItemId]) -> set[tuple[ItemId, str]]:
        """Which items have which copies already, by item and reference."""
        ...

    def add(self, new: Sequence[NewDocument], author: str, at: datetime) -> None:
        """Keep copies."""
        ...

    def one(self, document: int, own: UserId | None) -> Document:
        """One copy; raises NotFound."""
        ...

    def latest(self, own: UserId | None, limit: int) -> list[Document]:
        """The newest copies first."""
        ...

    def of_item(self, item: ItemId) -> tuple[str, list[Document]]:
        """What the item's import said of its copy (an address or a file's name), and the copies."""
        ...

    def newest(self, items: Collection[ItemId]) -> dict[ItemId, Copy]:
        """The copy that came last of each of these items that has one."""
        ...

    def of_customer(self, customer: CustomerId) -> dict[ItemId, list[Document]]:
        """The copies of a customer's items."""
        ...

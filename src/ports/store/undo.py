"""What the store promises about undoing imports."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Protocol

import msgspec

from relance.core.intake.undoing import Losses, Standing
from relance.core.kernel.identifiers import ActionId, CustomerId, ImportId
from relance.ports.store.collection import ScenarioChange


class Undone(msgspec.Struct, frozen=True, kw_only=True):
    """What an undo touched. `moved` are accounts whose scenario went back to the one before."""

    accounts: tuple[CustomerId, ...]
    withdrawn: tuple[ActionId, ...]
    moved: tuple[ScenarioChange, ...] = ()


class UndoStore(Protocol):
    """Imports of one tenant, taken back."""

    def standing(self, number: ImportId) -> Standing:
        """What decides whether it can be undone; raises NotFound."""
        ...

    def losses(self, number: ImportId) -> Losses:
        """What an undo would take away. Writes nothing."""
        ...

    def undo(self, number: ImportId, today: date, at: datetime, author: str) -> Undone:
        """Take back everything that the import changed, and mark it."""
        ...

    def open_accounts(self, accounts: Collection[CustomerId]) -> Sequence[CustomerId]:
        """Those of the accounts that have an action not yet on its way."""
        ...

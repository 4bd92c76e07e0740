"""What the store promises about imports: sources, profiles, history, and applying what a file changes."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Protocol

import msgspec

from relance.core.intake.effects import Deed, Effect
from relance.core.intake.fields import Kind, Mode
from relance.core.intake.guard import Move
from relance.core.intake.reports import Counts, ImportLine, ImportReport, Note
from relance.core.kernel.identifiers import ImportId, SourceId
from relance.ports.importers import Rejected
from relance.ports.intake import Beforehand, Checked, OpenRows, PassedOver
from relance.ports.store.collection import ScenarioChange


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """Where files come from: a snapshot settles only what came from the same source (A14)."""

    source: SourceId
    name: str
    last_good_at: datetime | None = None
    last_import: ImportId | None = None
    fingerprint: str = ""
    """Of the last import, empty once anything else changed its items (A21)."""


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """A mapping and options kept under a name, and the layout that they are for.

    `columns` are the file's, in its order, and `layout` is their digest. Each save that changes something is a version.
    """

    name: str
    kind: Kind
    mapping: dict[str, str]
    options: dict[str, str]
    importer: str = ""
    columns: tuple[str, ...] = ()
    layout: str = ""
    version: int = 0
    author: str = ""
    saved_at: datetime | None = None


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """What a file would change, computed without writing.

    `rows` is for the store alone. `ledger` is the state of the ledger it was computed from: only to that may it be
    applied. `rejected` are rows that only a comparison with the ledger could refuse.
    """

    ledger: int
    counts: Counts
    move: Move
    rows: Any
    rejected: tuple[Rejected, ...] = ()
    refused: dict[str, int] = {}
    """Amounts of these rows by currency: they are not in the sum of what was accepted."""
    notes: tuple[Note, ...] = ()
    effects: dict[Deed, Effect] = {}
    """What becomes of items, by amount."""
    moved: tuple[ScenarioChange, ...] = ()
    """Known accounts that the file gives another scenario."""


class NewImport(msgspec.Struct, frozen=True, kw_only=True):
    """One import to keep in the history."""

    kind: Kind
    mode: Mode
    source: SourceId | None
    file_name: str
    fingerprint: str
    archive_ref: str
    author: str
    started_at: datetime
    finished_at: datetime
    report: ImportReport
    began: bool = False
    """Its row is there already, as running."""


class Applying(msgspec.Struct, frozen=True, kw_only=True):
    """The circumstances in which a difference is applied. The last three are for new accounts."""

    number: ImportId
    source: SourceId
    today: date
    at: datetime
    author: str
    collector: int | None = None
    scenario: str | None = None
    penalties: bool = True


class IntakeStore(Protocol):
    """Imports of one tenant."""

    def lock(self) -> None:
        """One import at a time writes in a tenant; held until the transaction ends."""
        ...

    def ledger_state(self) -> int:
        """A number that grows with each import that writes."""
        ...

    def known_words(self, kind: Kind, entity: str | None) -> dict[str, dict[str, Any]]:
        """The words that cells may use for something of the tenant's, by field; raises BadInput for an entity."""
        ...

    def customer_terms(self, entity: int) -> dict[str, str]:
        """The terms of the entity's customers that have some, by code."""
        ...

    def customer_codes(self) -> dict[str, list[Any]]:
        """`entity_id` and `code` of every customer, each as a list."""
        ...

    def source(self, name: str) -> Source | None:
        """The source of this name."""
        ...

    def ensure_source(self, name: str) -> Source:
        """The source of this name, made where there is none."""
        ...

    def profile(self, name: str) -> Profile | None:
        """The mapping profile of this name."""
        ...

    def profiles(self) -> list[Profile]:
        """Every mapping profile as it is now, the one that was saved last first."""
        ...

    def profile_versions(self, name: str) -> list[Profile]:
        """What a profile has been, newest first."""
        ...

    def save_profile(self, profile: Profile) -> int:
        """Keep a mapping profile as its next version, unless nothing changes; the version it has now."""
        ...

    def opened(self, source: str) -> OpenRows | None:
        """What is open at the source of this name, by which rows can be known; None where there is no such source."""
        ...

    def customers_beforehand(self) -> Beforehand:
        """The numbers of all customers, while a file of items is still being read."""
        ...

    def left_beforehand(self, over: PassedOver, mapping: Mapping[str, str]) -> Any:
        """What is left of what was open, in the columns that a file with this mapping fills; None where it is much."""
        ...

    def difference(self, kind: Kind, mode: Mode, source: Source | None, checked: Checked) -> Difference | None:
        """What the checked rows would change. Writes nothing.

        None where rows were passed over as repeated and the whole file must be read after all: the ledger changed since
        what was open was read, or other rows speak of the same items.
        """
        ...

    def apply(self, kind: Kind, difference: Difference, applying: Applying) -> None:
        """Write a difference, and refresh what is kept about the accounts that it touches."""
        ...

    def next_number(self) -> ImportId:
        """The number of the next import."""
        ...

    def keep(self, number: ImportId, new: NewImport) -> None:
        """Keep an import, its report and its rejected rows; raises Conflict where it ran and was given up meanwhile."""
        ...

    def mark_good(self, source: SourceId, number: ImportId, at: datetime | None, fingerprint: str) -> None:
        """Note a source's last good import; `at` is when its items were last known to be fresh (A28)."""
        ...

    def imports(self, limit: int = 100) -> list[ImportLine]:
        """The history, newest first."""
        ...

    def one(self, number: ImportId) -> ImportLine:
        """One import; raises NotFound."""
        ...

    def rejects(self, number: ImportId) -> list[Mapping[str, Any]]:
        """The rejected rows of an import, in the order of the file."""
        ...

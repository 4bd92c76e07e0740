"""What the store promises about sources: how they are fetched, every attempt, and every file looked at."""

from datetime import datetime
from typing import Protocol

import msgspec

from relance.core.intake.arrivals import TakenFile
from relance.core.intake.sources import SourcePlan, SourceRun, SourceState
from relance.core.kernel.identifiers import ImportId, SourceId


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept with a source and shown nowhere: the sealed secret, and the host's key that a person accepted."""

    sealed_secret: str = ""
    trusted_key: str = ""
    fingerprint: str = ""


class SourceStore(Protocol):
    """The sources of one tenant."""

    def states(self) -> list[SourceState]:
        """Every source by name, also those that nobody set up; with the last run. `stale` is left to the caller."""
        ...

    def state(self, name: str) -> SourceState:
        """One source that was set up; raises NotFound."""
        ...

    def kept(self, source: SourceId) -> Kept:
        """What is kept with it."""
        ...

    def save(self, source: SourceId, plan: SourcePlan, kept: Kept, next_run_at: datetime | None) -> None:
        """Keep how it is fetched; a source that was set up before is overwritten and no failure counts any more."""
        ...

    def trust(self, source: SourceId, key: str, fingerprint: str) -> None:
        """Keep the host's key that a person accepted."""
        ...

    def remove(self, source: SourceId) -> None:
        """Forget how it is fetched; its items, imports and attempts stay."""
        ...

    def due(self, now: datetime) -> list[str]:
        """Names of the sources whose time has come and that nobody is fetching."""
        ...

    def claim(self, source: SourceId, now: datetime, until: datetime, *, only_due: bool) -> bool:
        """Be the only one who fetches it until then; False where another is quicker or its time has not come."""
        ...

    def begin(self, source: SourceId, by: str, at: datetime) -> int:
        """The number of a new attempt; attempts that nobody finished are noted as failed."""
        ...

    def finish(self, source: SourceId, run: SourceRun, next_run_at: datetime | None, failures: int) -> None:
        """Keep what became of an attempt, and give the source free."""
        ...

    def failures(self, source: SourceId) -> int:
        """Attempts that failed since the last one that did not."""
        ...

    def runs(self, source: SourceId, limit: int = 20) -> list[SourceRun]:
        """Its attempts, the latest first."""
        ...

    def files(self, source: SourceId) -> list[TakenFile]:
        """Every file looked at, in the order of looking."""
        ...

    def remember(self, source: SourceId, file: TakenFile, number: ImportId | None, at: datetime) -> None:
        """Keep what became of a file."""
        ...

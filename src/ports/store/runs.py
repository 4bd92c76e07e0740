"""What the store promises about runs: imports and checks that work beside the request that asked for them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from relance.core.intake.progress import Progress
from relance.core.intake.reports import ImportReport
from relance.core.intake.runs import Run
from relance.core.kernel.identifiers import RunId


class RunStore(Protocol):
    """Runs of one tenant."""

    def next_number(self) -> RunId:
        """The number of the next run."""
        ...

    def begin(self, run: Run) -> None:
        """Keep a run that starts now; an import also appears in the history, as running."""
        ...

    def note(self, progress: Mapping[RunId, Progress], at: datetime) -> None:
        """Keep how far runs have come, and that they live; those that have ended stay as they are."""
        ...

    def end(self, run: RunId, report: ImportReport, at: datetime) -> None:
        """Keep a run's report; an import that is still running in the history ends with the same."""
        ...

    def one(self, run: RunId) -> Run:
        """One run; raises NotFound."""
        ...

    def unfinished(self) -> list[Run]:
        """The runs without a report, oldest first."""
        ...

    def checks(self, since: datetime, limit: int) -> list[Run]:
        """Checks that were heard of since then, the newest first."""
        ...

    def forget(self, before: datetime) -> None:
        """Drop the runs that were last heard of before."""
        ...

"""A source that somebody set up: what it brings, how it is fetched, when, and what became of it so far."""

import re
from datetime import datetime
from typing import Literal

import msgspec

from relance.core.intake.copy_hosts import checked_hosts
from relance.core.intake.fields import Kind, Mode
from relance.core.intake.patterns import checked_pattern
from relance.core.intake.schedule import Schedule
from relance.core.kernel.errors import BadInput, Conflict
from relance.core.kernel.identifiers import ImportId, SourceId

UPLOAD = "upload"
"""Fed by hand: nothing is fetched."""
RunState = Literal["running", "done", "nothing-new", "waiting", "held", "refused", "failed"]
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 _.-]{0,59}\Z")


class SourceBusy(Conflict):
    """Somebody is fetching this source at the moment."""

    code = "source-busy"


class SourcePlan(msgspec.Struct, frozen=True, kw_only=True):
    """How and when a source is fetched. `way` is `upload` or the name of a fetcher.

    The secret is not here: `has_secret` says only that there is one. `fingerprint` is of the host's key or certificate
    that a person accepted.
    """

    name: str
    kind: Kind = "items"
    mode: Mode = "stock"
    profile: str = ""
    options: dict[str, str] = {}
    way: str = UPLOAD
    settings: dict[str, str] = {}
    folder: str = ""
    pattern: str = "*"
    archive_folder: str = ""
    schedule: Schedule = Schedule()
    enabled: bool = True
    freshness_days: int | None = None
    copy_hosts: str = ""
    """Hosts from which the copies that its files name by an address are fetched, by commas; empty: none is."""
    has_secret: bool = False
    fingerprint: str = ""

    @property
    def scheduled(self) -> bool:
        """Whether it comes by itself: what A28 counts in working days."""
        return self.enabled and self.way != UPLOAD and bool(self.schedule)


class SourceRun(msgspec.Struct, frozen=True, kw_only=True):
    """One attempt to fetch. `code` is a public reason, `message` says it in words; `imports` are what came of it."""

    run: int
    state: RunState
    code: str = ""
    message: str = ""
    files: int = 0
    imports: tuple[ImportId, ...] = ()
    by: str = ""
    started_at: datetime
    finished_at: datetime | None = None


class SourceState(msgspec.Struct, frozen=True, kw_only=True):
    """A source with what became of it. `last_good_at` is its last good import of items; `stale` is what A28 says.

    `set_up`: somebody said how it is fetched; without that it came to be by an import.
    """

    source: SourceId
    plan: SourcePlan
    last_good_at: datetime | None = None
    next_run_at: datetime | None = None
    last_run: SourceRun | None = None
    stale: bool = False
    set_up: bool = True


def checked_plan(plan: SourcePlan) -> SourcePlan:
    """The plan with its hosts in order; raises BadInput for a name, pattern, folder or limit that cannot be."""
    if not _NAME.match(plan.name):
        raise BadInput(f"source {plan.name[:60]!r}: letters, digits, blanks and _ . - , 60 at most")
    if plan.way == UPLOAD and plan.schedule:
        raise BadInput("a source fed by hand has no schedule: choose how it is fetched")
    checked_pattern(plan.pattern)
    for label, folder in (("folder", plan.folder), ("archive folder", plan.archive_folder)):
        _check_folder(label, folder)
    if plan.archive_folder and plan.archive_folder.strip("/") == plan.folder.strip("/"):
        raise BadInput("the archive folder must differ from the folder that is read")
    if plan.freshness_days is not None and not 0 < plan.freshness_days <= 366:
        raise BadInput("the freshness limit is 1 to 366 days")
    return msgspec.structs.replace(plan, copy_hosts=checked_hosts(plan.copy_hosts))


def _check_folder(label: str, folder: str) -> None:
    if len(folder) > 400 or (folder and not folder.isprintable()) or "\\" in folder:
        raise BadInput(f"{label} {folder[:40]!r}: printable characters, parts divided by /")
    if ".." in folder.split("/"):
        raise BadInput(f"{label} {folder!r}: no way up with ..")

"""One visit to a source's place: look twice or for a marker, choose, and bring the chosen files."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import msgspec

from relance.core.intake.arrivals import Arrivals, RemoteFile, TakenFile, arrivals, copies_among, is_copy, still_growing
from relance.core.intake.patterns import FilePattern
from relance.core.intake.sources import SourcePlan
from relance.ports.fetchers import Session

DONE_MARKER = "done-marker"
"""A fetcher's setting of this name is the ending of the files that say that another file is complete."""
_LARGEST_COPY = 20_000_000
_MOST_COPIES = 200
_MOST_FILES = 50
"""Files of one attempt; the next one takes the rest."""


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """What a visit brought: files with where they lie now, and what was left there and why.

    `lying` are files that were imported before and still lie there; `markers` say of a file which other one goes with
    it.
    """

    files: tuple[tuple[RemoteFile, Path], ...] = ()
    older: tuple[RemoteFile, ...] = ()
    lying: tuple[str, ...] = ()
    unfinished: tuple[str, ...] = ()
    blocked_by: str = ""
    markers: dict[str, str] = {}
    copies: tuple[tuple[RemoteFile, Path], ...] = ()
    """Copies of invoices that lay beside the data, under their own names."""


class Visit:
    """What is to be done in one session. `again`: what was held or refused is brought once more."""

    def __init__(
        self, plan: SourcePlan, taken: Sequence[TakenFile], folder: Path, settle_seconds: int, *, again: bool
    ) -> None:
        self._plan, self._taken, self._folder = plan, taken, folder
        self._settle, self._again = settle_seconds, again
        self._pattern = FilePattern(plan.pattern)
        self._marker = plan.settings.get(DONE_MARKER, "")
        self._markers: dict[str, str] = {}
        self._copies: tuple[RemoteFile, ...] = ()

    async def fetched(self, session: Session) -> Fetched:
        """What came along. A file that is not complete is left for the next time, and so are those after it."""
        chosen = await self._look(session)
        copies, unfinished = self._copies, tuple[str, ...]()
        if copies or (not self._marker and any(file.size >= 0 for file in chosen.take)):
            await asyncio.sleep(self._settle)
            before, chosen = chosen, await self._look(session)
            unfinished = still_growing(before.take, chosen.take)
            copies = tuple(file for file in copies if file in self._copies)
        if self._marker:
            unfinished = tuple(file.name for file in chosen.take if file.name not in self._markers)
        first = next((at for at, file in enumerate(chosen.take) if file.name in unfinished), _MOST_FILES)
        return Fetched(
            files=tuple([await self._brought(session, file) for file in chosen.take[: min(first, _MOST_FILES)]]),
            older=chosen.older,
            lying=chosen.lying,
            unfinished=unfinished,
            blocked_by=chosen.blocked_by,
            markers=self._markers,
            copies=tuple([await self._copied(session, file) for file in copies[:_MOST_COPIES]]),
        )

    async def _look(self, session: Session) -> Arrivals:
        seen = await session.files(self._is_wanted)
        names = {file.name for file in seen}
        if self._marker:
            pairs = ((file.name, marker) for file in seen for marker in _marker_names(file.name, self._marker))
            self._markers = {name: marker for name, marker in pairs if marker in names}
        if self._plan.kind == "items":
            self._copies = copies_among(seen, self._taken, _LARGEST_COPY)
        files = [file for file in seen if self._is_data(file.name)]
        return arrivals(files, self._pattern, self._taken, self._plan.mode, again=self._again)

    async def _brought(self, session: Session, file: RemoteFile) -> tuple[RemoteFile, Path]:
        path = self._folder / f"{len(list(self._folder.iterdir())) + 1}"
        await session.fetch(file.name, path)
        return file, path

    async def _copied(self, session: Session, file: RemoteFile) -> tuple[RemoteFile, Path]:
        folder = self._folder / "copies"
        folder.mkdir(exist_ok=True)
        await session.fetch(file.name, folder / file.name)
        return file, folder / file.name

    def _is_wanted(self, name: str) -> bool:
        return self._pattern.matches(name) or self._is_marker(name) or (self._plan.kind == "items" and is_copy(name))

    def _is_data(self, name: str) -> bool:
        return self._pattern.matches(name) and not self._is_marker(name) and not is_copy(name)

    def _is_marker(self, name: str) -> bool:
        return bool(self._marker) and name.endswith(self._marker)


def _marker_names(name: str, ending: str) -> tuple[str, str]:
    """`items.csv.done` or `items.done`."""
    return name + ending, name.rpartition(".")[0] + ending

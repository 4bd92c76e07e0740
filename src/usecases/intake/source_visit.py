"""One visit to a source's place: look twice or for a marker, choose, and bring the chosen files."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import msgspec

from relance.core.intake.arrivals import Arrivals, RemoteFile, TakenFile, arrivals, still_growing
from relance.core.intake.patterns import FilePattern
from relance.core.intake.sources import SourcePlan
from relance.ports.fetchers import Session

DONE_MARKER = "done-marker"
"""A fetcher's setting of this name is the ending of the files that say that another file is complete."""
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

    async def fetched(self, session: Session) -> Fetched:
        """What came along. A file that is not complete is left for the next time, and so are those after it."""
        chosen = await self._look(session)
        unfinished: tuple[str, ...] = ()
        if self._marker:
            unfinished = tuple(file.name for file in chosen.take if file.name not in self._markers)
        elif any(file.size >= 0 for file in chosen.take):
            await asyncio.sleep(self._settle)
            before, chosen = chosen, await self._look(session)
            unfinished = still_growing(before.take, chosen.take)
        first = next((at for at, file in enumerate(chosen.take) if file.name in unfinished), _MOST_FILES)
        return Fetched(
            files=tuple([await self._brought(session, file) for file in chosen.take[: min(first, _MOST_FILES)]]),
            older=chosen.older,
            lying=chosen.lying,
            unfinished=unfinished,
            blocked_by=chosen.blocked_by,
            markers=self._markers,
        )

    async def _look(self, session: Session) -> Arrivals:
        seen = await session.files(self._is_wanted)
        names = {file.name for file in seen}
        if self._marker:
            pairs = ((file.name, marker) for file in seen for marker in _marker_names(file.name, self._marker))
            self._markers = {name: marker for name, marker in pairs if marker in names}
        files = [file for file in seen if self._pattern.matches(file.name) and not self._is_marker(file.name)]
        return arrivals(files, self._pattern, self._taken, self._plan.mode, again=self._again)

    async def _brought(self, session: Session, file: RemoteFile) -> tuple[RemoteFile, Path]:
        path = self._folder / f"{len(list(self._folder.iterdir())) + 1}"
        await session.fetch(file.name, path)
        return file, path

    def _is_wanted(self, name: str) -> bool:
        return self._pattern.matches(name) or self._is_marker(name)

    def _is_marker(self, name: str) -> bool:
        return bool(self._marker) and name.endswith(self._marker)


def _marker_names(name: str, ending: str) -> tuple[str, str]:
    """`items.csv.done` or `items.done`."""
    return name + ending, name.rpartition(".")[0] + ending

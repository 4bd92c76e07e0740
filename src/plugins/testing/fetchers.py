"""What every fetcher must do, on a real place that holds the suite's files."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, ClassVar

import msgspec
import pytest

from relance.core.kernel.errors import RelanceError
from relance.ports.fetchers import Fetcher, Place, Session

_CONTENT = bytes(range(256)) * 700


def fetcher_suite(make: Callable[[], Fetcher], *, at: Callable[[Path], AbstractContextManager[Place]]) -> type:
    """A test class for a fetcher; `at` opens a place that serves what lies in a folder.

    The place's folder must be that folder, and its archive, which the suite chooses, may lie in it.
    """
    return type("Suite", (FetcherSuite,), {"whose": (make, at)})


class FetcherSuite:
    """The promises of a fetcher; `fetcher_suite` fills in whose."""

    whose: ClassVar[tuple[Callable[[], Fetcher], Callable[[Path], AbstractContextManager[Place]]]]

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        """Two wanted files, one of them empty, another one, and a folder."""
        inside = tmp_path / "place"
        (inside / "items_folder.csv").mkdir(parents=True)
        (inside / "items_1.csv").write_bytes(_CONTENT)
        (inside / "items_2.csv").write_bytes(b"")
        (inside / "other.csv").write_bytes(b"x")
        return inside

    @pytest.fixture
    def place(self, folder: Path) -> Iterator[Place]:
        """The open place."""
        with self.whose[1](folder) as place:
            yield place

    def test_it_has_a_name_a_label_and_settings_of_different_names(self) -> None:
        """The name is a word for commands, the label is for people."""
        fetcher = self.whose[0]()
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", fetcher.name)
        assert fetcher.label.strip()
        names = [setting.name for setting in fetcher.settings]
        assert len(set(names)) == len(names)

    def test_it_lists_plain_files_that_are_wanted(self, place: Place) -> None:
        """With their sizes."""
        found = self._visit(place, lambda session: session.files(lambda name: name.startswith("items")))
        assert {file.name: file.size for file in found} == {"items_1.csv": len(_CONTENT), "items_2.csv": 0}

    def test_it_brings_every_byte_and_leaves_the_file_there(self, place: Place, folder: Path, tmp_path: Path) -> None:
        """What is not imported yet must not be gone."""
        self._visit(place, lambda session: session.fetch("items_1.csv", tmp_path / "here"))
        assert (tmp_path / "here").read_bytes() == _CONTENT
        assert (folder / "items_1.csv").read_bytes() == _CONTENT

    def test_a_file_that_is_gone_is_said_in_words(self, place: Place, tmp_path: Path) -> None:
        """A refusal of ours, not an error of a library."""
        with pytest.raises(RelanceError) as refusal:
            self._visit(place, lambda session: session.fetch("items_9.csv", tmp_path / "here"))
        assert refusal.value.detail

    def test_without_an_archive_nothing_is_moved(self, place: Place, folder: Path) -> None:
        """And nothing deleted."""
        self._visit(place, lambda session: session.put_away("items_1.csv"))
        assert (folder / "items_1.csv").is_file()

    def test_what_is_put_away_covers_nothing(self, place: Place, folder: Path) -> None:
        """Two files of one name are both kept."""
        archive = f"{place.folder.rstrip('/')}/done" if place.folder else "done"
        moving = msgspec.structs.replace(place, archive_folder=archive)
        for _ in range(2):
            (folder / "items_1.csv").write_bytes(_CONTENT)
            self._visit(moving, lambda session: session.put_away("items_1.csv"))
        assert not (folder / "items_1.csv").exists()
        assert len(list((folder / "done").iterdir())) == 2

    def _visit(self, place: Place, errand: Callable[[Session], Awaitable[Any]]) -> Any:
        async def there_and_back() -> Any:
            async with self.whose[0]().open(place) as session:
                return await errand(session)

        return asyncio.run(there_and_back())

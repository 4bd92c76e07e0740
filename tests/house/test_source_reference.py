"""The page about sources names every result and every setting, and the screens have words for each result."""

import re

from relance.http.pages.source_words import CODES, WAYS
from relance.plugins.importers.api import provide_fetchers as from_apis
from relance.plugins.importers.folder import provide_fetchers as from_folders
from relance.plugins.importers.ftp import provide_fetchers as from_servers
from tests.house.tree import ROOT

PAGE = (ROOT / "docs/reference/sources.md").read_text()


def _rows(heading: str) -> dict[str, str]:
    part = PAGE.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return dict(re.findall(r"^\| `([\w-]+)` \| (.*) \|$", part, re.M))


def test_every_result_is_told_on_the_page_and_on_the_screen() -> None:
    assert set(_rows("Results")) == set(CODES)


def test_every_way_is_told_with_its_settings() -> None:
    rows = _rows("Ways")
    assert set(rows) == set(WAYS)
    for fetcher in [*from_servers(), *from_folders({}), *from_apis({})]:
        told = rows[fetcher.name].split(" | ")[0]
        assert [s.name for s in fetcher.settings if f"`{s.name}`" not in told] == [], fetcher.name

"""Everything that an import may answer has words for people, whatever they read: a code is no sentence."""

import re

import pytest

from relance.adapters.intake.words import WORDS
from relance.http.pages.import_words import REASONS, reject_words
from tests.house.tree import ROOT

_CODE = re.compile(r'code="([a-z-]+)",\s*message')
_FOREIGN = re.compile(r'Foreign\("([a-z0-9-]+)"')


def _written(pattern: re.Pattern[str], *folders: str) -> set[str]:
    files = (file for folder in folders for file in (ROOT / folder).rglob("*.py"))
    return {code for file in files for code in pattern.findall(file.read_text())}


@pytest.mark.parametrize("code", sorted(set(WORDS) | _written(_CODE, "src/plugins/importers", "src/adapters")))
def test_a_rejected_row_says_what_is_wrong_and_what_to_do(code: str) -> None:
    title, advice = reject_words(code)
    assert title not in {"", code}
    assert advice


def test_every_reason_of_the_reference_has_words() -> None:
    page = (ROOT / "docs/reference/intake.md").read_text()
    section = page.split("## Why an import is held or refused")[1].split("\n## ")[0]
    told = set(re.findall(r"^\| `([a-z-]+)` \|", section, re.M)) | _written(_FOREIGN, "src/plugins/importers")
    assert not told - set(REASONS)

"""Whatever is thrown at it, the importer of delimited text reads exactly, rejects rows by line, or refuses in words."""

import re
from pathlib import Path

import pytest

from relance.plugins import BadInput
from relance.plugins.importers.csv import DelimitedText
from tests.plugins.importers.nasty.encodings import ENCODINGS
from tests.plugins.importers.nasty.expected import Nasty, Read, Refused
from tests.plugins.importers.nasty.foreign import FOREIGN
from tests.plugins.importers.nasty.structures import STRUCTURES

READER = DelimitedText()
NASTY = [*STRUCTURES, *ENCODINGS, *FOREIGN]


@pytest.mark.parametrize("nasty", NASTY, ids=lambda nasty: nasty.name)
def test_a_nasty_file_is_read_exactly_or_refused_in_words(nasty: Nasty, tmp_path: Path) -> None:
    file = tmp_path / nasty.file_name
    file.write_bytes(nasty.content)
    seen = READER.recognises(nasty.content[:65_536], nasty.file_name)
    if isinstance(nasty.then, Read):
        assert seen.confidence > 0
        assert _story(file, seen.options) == nasty.then
        assert _story(file, {}) == nasty.then, "without recognised options the same is read"
        return
    assert isinstance(nasty.then, Refused)
    assert seen.refusal == nasty.then.code
    assert not (nasty.then.code and seen.confidence)
    with pytest.raises(BadInput) as refusal:
        _story(file, seen.options)
    assert re.search(nasty.then.words, refusal.value.detail)


def test_every_name_is_told_apart() -> None:
    assert len({nasty.name for nasty in NASTY}) == len(NASTY)


@pytest.mark.parametrize(
    "nasty", [nasty for nasty in STRUCTURES if isinstance(nasty.then, Read)][::3], ids=lambda one: one.name
)
def test_a_nasty_file_cut_anywhere_is_refused_or_loses_only_its_end(nasty: Nasty, tmp_path: Path) -> None:
    file = tmp_path / nasty.file_name
    assert isinstance(nasty.then, Read)
    for size in range(1, len(nasty.content)):
        file.write_bytes(nasty.content[:size])
        try:
            story = _story(file, {})
        except BadInput as refusal:
            assert refusal.detail
            continue
        assert isinstance(story, Read)


def _story(file: Path, options: dict[str, str]) -> Read:
    rows: list[str] = []
    rejected: list[str] = []
    left_out: list[str] = []
    for table in READER.read(file, options):
        cells = [name for name in table.columns.columns if name != "line"]
        for line, *row in table.columns.select("line", *cells).iter_rows():
            rows.append("|".join((str(line), *(cell or "" for cell in row))))
        rejected += [f"{row.line} {row.code}" for row in table.rejected]
        left_out += [note.code for note in table.notes]
    return Read(tuple(rows), tuple(rejected), tuple(left_out))

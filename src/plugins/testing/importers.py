"""What every importer must do, as tests that run on its own examples."""

import json
import re
import socket
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from relance.core.kernel.errors import RelanceError
from relance.ports.importers import Importer, Table

DECOYS = {
    "nothing.csv": b"",
    "letter.pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n",
    "archive.zip": b"PK\x03\x04\x14\x00\x00\x00\x08\x00",
    "noise.bin": bytes(range(256)) * 8,
}
"""Files that no importer of ledgers may take for its own."""


def importer_suite(importer: Importer, *, examples: Path, decoys: Path | None = None) -> type:
    """A test class for an importer, with a folder of example files (golden files beside) and one of foreign files."""
    files = sorted(path for path in examples.iterdir() if path.is_file() and not path.name.endswith(".golden.json"))
    assert files, f"no example in {examples}"
    others = {path.name: path.read_bytes()[:65536] for path in sorted(decoys.iterdir())} if decoys else {}
    each = pytest.mark.parametrize("example", files, ids=[path.name for path in files])
    foreign = pytest.mark.parametrize(("name", "sample"), list((DECOYS | others).items()))

    class Suite:
        def test_it_has_a_name_and_a_label(self) -> None:
            assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", importer.name)
            assert importer.label.strip()

        @each
        def test_it_recognises_its_own(self, example: Path) -> None:
            recognised = importer.recognises(example.read_bytes()[:65536], example.name)
            assert 0 < recognised.confidence <= 100
            assert recognised.why

        @foreign
        def test_it_declines_what_is_not_its_own(self, name: str, sample: bytes) -> None:
            assert importer.recognises(sample, name).confidence == 0

        @each
        def test_reading_twice_tells_the_same_story(self, example: Path) -> None:
            assert _story(importer, example) == _story(importer, example)

        @each
        def test_a_torn_file_is_reported_and_not_raised(self, example: Path, tmp_path: Path) -> None:
            whole = example.read_bytes()
            for size in sorted({0, 1, len(whole) // 3, len(whole) // 2, len(whole) - 1}):
                torn = tmp_path / example.name
                torn.write_bytes(whole[:size])
                _read_or_refuse(importer, torn)

        @each
        def test_there_is_never_a_float(self, example: Path) -> None:
            for row in _story(importer, example)["rows"]:
                assert not [name for name, value in row.items() if not isinstance(value, str | int | None)]

        @each
        def test_every_row_knows_its_line(self, example: Path) -> None:
            lines = [row["line"] for row in _story(importer, example)["rows"]]
            assert all(isinstance(line, int) and line >= 1 for line in lines)
            assert all(before < after for before, after in pairwise(lines))

        @each
        def test_it_reads_lazily(self, example: Path) -> None:
            batches = importer.read(example, {})
            assert isinstance(batches, Iterator)

        @each
        def test_it_touches_no_network(self, example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
            monkeypatch.setattr(socket, "socket", _no_socket)
            _story(importer, example)

        @each
        def test_it_matches_its_golden_file(self, example: Path, write_golden: bool) -> None:
            golden = example.with_name(f"{example.name}.golden.json")
            story = json.dumps(_story(importer, example), ensure_ascii=False, indent=1) + "\n"
            if write_golden:
                golden.write_text(story, encoding="utf-8")
            assert golden.is_file(), "no golden file yet: run pytest --write-golden, and read what it wrote"
            assert golden.read_text(encoding="utf-8") == story

    return Suite


def _story(importer: Importer, file: Path) -> dict[str, list[dict[str, Any]]]:
    """Everything that the importer says of a file, as plain data."""
    sample = importer.recognises(file.read_bytes()[:65536], file.name)
    rows: list[dict[str, Any]] = []
    rejected: list[dict[str, Any]] = []
    for table in importer.read(file, sample.options):
        rows.extend(_rows(table))
        rejected.extend({"line": no.line, "column": no.column, "code": no.code} for no in table.rejected)
    return {"rows": rows, "rejected": rejected}


def _rows(table: Table) -> list[dict[str, Any]]:
    import polars

    return polars.DataFrame(table.columns).to_dicts()


def _read_or_refuse(importer: Importer, file: Path) -> None:
    try:
        _story(importer, file)
    except RelanceError as refusal:
        assert refusal.detail


def _no_socket(*_arguments: object, **_options: object) -> None:
    raise AssertionError("an importer of files opened a socket")

"""What every importer must do, as tests that run on its own examples."""

import json
import re
import socket
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, ClassVar

import pytest

from relance.core.kernel.errors import RelanceError
from relance.ports.importers import Importer, Table

_SAMPLE = 65_536
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
    others = {path.name: path.read_bytes()[:_SAMPLE] for path in sorted(decoys.iterdir())} if decoys else {}
    return type("Suite", (ImporterSuite,), {"importer": importer, "examples": files, "decoys": DECOYS | others})


class ImporterSuite:
    """The promises of an importer; `importer_suite` fills in whose."""

    importer: ClassVar[Importer]
    examples: ClassVar[list[Path]]
    decoys: ClassVar[dict[str, bytes]]

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """Every example and every decoy is a test of its own."""
        if "example" in metafunc.fixturenames:
            metafunc.parametrize("example", self.examples, ids=[path.name for path in self.examples])
        if "decoy" in metafunc.fixturenames:
            metafunc.parametrize("decoy", sorted(self.decoys))

    def test_it_has_a_name_and_a_label(self) -> None:
        """The name is a word for commands, the label is for people."""
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", self.importer.name)
        assert self.importer.label.strip()

    def test_it_recognises_its_own(self, example: Path) -> None:
        """With a confidence, and with the reason."""
        recognised = self.importer.recognises(example.read_bytes()[:_SAMPLE], example.name)
        assert 0 < recognised.confidence <= 100
        assert recognised.why

    def test_it_declines_what_is_not_its_own(self, decoy: str) -> None:
        """A wrong guess would read nonsense into a ledger."""
        assert self.importer.recognises(self.decoys[decoy], decoy).confidence == 0

    def test_reading_twice_tells_the_same_story(self, example: Path) -> None:
        """Nothing is kept between two files."""
        assert self._story(example) == self._story(example)

    def test_a_torn_file_is_reported_and_not_raised(self, example: Path, tmp_path: Path) -> None:
        """Wherever a file is cut, the importer rejects rows or refuses the file in words."""
        whole = example.read_bytes()
        for size in sorted({0, 1, len(whole) // 3, len(whole) // 2, len(whole) - 1}):
            torn = tmp_path / example.name
            torn.write_bytes(whole[:size])
            self._read_or_refuse(torn)

    def test_there_is_never_a_float(self, example: Path) -> None:
        """Amounts travel as decimal text."""
        for row in self._story(example)["rows"]:
            assert not [name for name, value in row.items() if not isinstance(value, str | int | None)]

    def test_every_row_knows_its_line(self, example: Path) -> None:
        """Lines count from 1, the header included, and only grow."""
        lines = [row["line"] for row in self._story(example)["rows"]]
        assert all(isinstance(line, int) and line >= 1 for line in lines)
        assert all(before < after for before, after in pairwise(lines))

    def test_it_reads_lazily(self, example: Path) -> None:
        """A file may be larger than memory."""
        assert isinstance(self.importer.read(example, {}), Iterator)

    def test_it_touches_no_network(self, example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """What is in a ledger stays here."""
        monkeypatch.setattr(socket, "socket", _no_socket)
        self._story(example)

    def test_it_matches_its_golden_file(self, example: Path, write_golden: bool) -> None:
        """What a person has read and kept."""
        golden = example.with_name(f"{example.name}.golden.json")
        story = json.dumps(self._story(example), ensure_ascii=False, indent=1) + "\n"
        if write_golden:
            golden.write_text(story, encoding="utf-8")
        assert golden.is_file(), "no golden file yet: run pytest --write-golden, and read what it wrote"
        assert golden.read_text(encoding="utf-8") == story

    def _story(self, file: Path) -> dict[str, list[dict[str, Any]]]:
        """Everything that the importer says of a file, as plain data."""
        sample = self.importer.recognises(file.read_bytes()[:_SAMPLE], file.name)
        rows: list[dict[str, Any]] = []
        rejected: list[dict[str, Any]] = []
        for table in self.importer.read(file, sample.options):
            rows.extend(_rows(table))
            rejected.extend({"line": no.line, "column": no.column, "code": no.code} for no in table.rejected)
        return {"rows": rows, "rejected": rejected}

    def _read_or_refuse(self, file: Path) -> None:
        try:
            self._story(file)
        except RelanceError as refusal:
            assert refusal.detail


def _rows(table: Table) -> list[dict[str, Any]]:
    import polars

    return polars.DataFrame(table.columns).to_dicts()


def _no_socket(*_arguments: object, **_options: object) -> None:
    raise AssertionError("an importer of files opened a socket")

"""`relance plugins new importer` writes a plugin that reads its example at once."""

import importlib
import sys
from pathlib import Path

import pytest

from relance.adapters.intake.reader import ColumnarReader
from relance.core.kernel.errors import BadInput
from relance.main.plugin_folder import NewFolder, Written, write_folder
from relance.plugins.importers.csv import DelimitedText

EXAMPLE = (
    "Offene Posten\n\nDebitorennr.;Debitorenname;Belegnr.;Belegdatum;Fälligkeitsdatum;Ursprungsbetrag;Restbetrag\n"
    "10000;Möbel-Meller KG;103042;05.10.26;24.11.26;1.190,00;690,00\n"
    "20000;Klubben;103043;06.10.26;25.11.26;20,00;20,00\n"
)


def written(folder: Path, content: str = EXAMPLE, **more: object) -> Written:
    example = folder / "posten.txt"
    example.write_bytes(content.encode("cp1252"))
    wanted = NewFolder(name="fibu-x", example=example, into=folder, **more)  # type: ignore[arg-type] # each test its own
    return write_folder(wanted, DelimitedText(), ColumnarReader())


def test_the_plugin_reads_its_example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path(written(tmp_path).folder)
    monkeypatch.syspath_prepend(str(folder))
    [importer] = importlib.import_module("relance_fibu_x").provide_importers()
    sys.modules.pop("relance_fibu_x")
    example = folder / "examples/posten.txt"
    assert importer.recognises(example.read_bytes(), example.name).confidence == 95
    [table] = importer.read(example, {})
    assert table.columns.select("line", "customer_code", "issued_on", "due_on", "amount", "open_amount").row(0) == (
        4,
        "10000",
        "2026-10-05",
        "2026-11-24",
        "1190.00",
        "690.00",
    )
    assert "importer_suite(FibuX()" in (folder / "test_fibu_x.py").read_text()
    with pytest.raises(BadInput, match="there already"):
        written(tmp_path)


def test_what_the_example_leaves_open_is_asked(tmp_path: Path) -> None:
    open_days = "Kundennr;Rechnungsnr;Datum;Fällig;Betrag\nC1;R1;03/04/2026;05/06/2026;10,00\n"
    with pytest.raises(BadInput, match="two different days"):
        written(tmp_path, open_days)
    assert written(tmp_path, open_days, options={"date": "%d/%m/%Y"}).mapping["due_on"] == "Fällig"

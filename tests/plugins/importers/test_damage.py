"""Whatever is damaged in a file, an importer reads rows or refuses in words; nothing else comes out."""

import io
import random
import zipfile
from pathlib import Path

import pytest

from relance.plugins import BadInput, Importer
from relance.plugins.importers.camt import CamtStatements
from relance.plugins.importers.cfonb import CfonbStatements
from relance.plugins.importers.datev import Datev
from relance.plugins.importers.fec import FecJournal
from relance.plugins.importers.mt940 import Mt940Statements

HERE = Path(__file__).parent
IMPORTERS = {
    "camt": CamtStatements(),
    "cfonb": CfonbStatements(),
    "datev": Datev(),
    "fec": FecJournal(),
    "mt940": Mt940Statements(),
}
TRIES = 80


def damaged(content: bytes, chance: random.Random) -> bytes:
    """Some bytes changed, cut out, put in, or written twice."""
    data = bytearray(content)
    for _ in range(chance.choice((1, 3, 20))):
        place = chance.randrange(len(data) + 1)
        match chance.randrange(4):
            case 0:
                data[place : place + 1] = bytes([chance.randrange(256)])
            case 1:
                del data[place : place + chance.randrange(40)]
            case 2:
                data[place:place] = chance.randbytes(chance.randrange(12))
            case _:
                data[place:place] = data[place : place + chance.randrange(200)]
    return bytes(data)


def zipped(content: bytes) -> bytes:
    """The content in a zip."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("statement.xml", content)
    return packed.getvalue()


def read_or_refuse(importer: Importer, file: Path) -> None:
    """Everything that is asked of an importer."""
    importer.recognises(file.read_bytes()[:65_536], file.name)
    for table in importer.read(file, {}):
        assert {*table.columns.columns} > {"line"}


@pytest.mark.parametrize("name", [*IMPORTERS, "zip"])
def test_a_damaged_file_is_read_or_refused_in_words(tmp_path: Path, name: str) -> None:
    chance = random.Random(name)
    folder = HERE / f"{'camt' if name == 'zip' else name}_examples"
    (example,) = (path for path in folder.iterdir() if not path.name.endswith(".golden.json"))
    content = zipped(example.read_bytes()) if name == "zip" else example.read_bytes()
    file = tmp_path / "damaged"
    for _ in range(TRIES):
        file.write_bytes(damaged(content, chance))
        try:
            read_or_refuse(IMPORTERS["camt" if name == "zip" else name], file)
        except BadInput as refusal:
            assert refusal.detail

"""Lists as programs write them, imported without a word from a person; what is draft or void asks for nothing."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from relance.adapters.store.engine import engine_for
from tests.usecases.intake.kit import Desk

CEGID = """Auxiliaire\tLibellé auxiliaire\tDate pièce\tRéf. interne\tLibellé\tDate d'échéance\tDébit\tCrédit\tSolde
C00012\tBOULANGERIE MARTIN\t01/09/2026\tFA260901\tFacture\t30/09/2026\t1\u202f200,00\t\t1\u202f200,00
C00012\tBOULANGERIE MARTIN\t10/09/2026\tAV260012\tAvoir\t10/09/2026\t\t200,00\t-200,00
C00045\tGARAGE DU LAC\t15/10/2026\tFA261015\tFacture\t30/11/2026\t350,50\t\t350,50
\t\t\tTotal général\t\t\t1\u202f550,50\t200,00\t1\u202f350,50
"""
CARTERA = """Cód. Cliente;Nombre;Nº Efecto;Fecha Emisión;Fecha Vto.;Importe;Pendiente;Divisa
430000012;Talleres Iñaki S.L.;FV26/0012;01/09/26;01/11/26;1.815,00 €;1.815,00 €;EUR
430000015;Cárnicas del Sur;FV26/0020;15/09/26;15/11/26;605,50 €;305,50 €;EUR
430000015;Cárnicas del Sur;AB26/0003;16/09/26;16/09/26;-60,50 €;-60,50 €;EUR
"""
SAP = """23.11.2026                  Dynamische Listenausgabe                  1

----------------------------------------------------------------------------------------------
|  Konto   |Name 1            |Belegnr   |Art|Belegdatum|Nettofäll.|    Betrag in HW|HWähr|
----------------------------------------------------------------------------------------------
|  1000123 |Müller GmbH       |1800000123|RV |01.09.2026|01.10.2026|       12.345,67 |EUR  |
|  1000123 |Müller GmbH       |1600000007|RG |20.09.2026|20.09.2026|          120,50-|EUR  |
|  1000456 |Bäcker & Söhne KG |1800000130|RV |05.10.2026|04.11.2026|        2.000,00 |EUR  |
----------------------------------------------------------------------------------------------
|* Summe   |                  |          |   |          |          |       14.225,17 |EUR  |
"""
STATES = """Invoice Date,Invoice Number,Invoice Status,Customer ID,Customer Name,Due Date,Currency Code,Total,Balance
2026-09-02,INV-101,Overdue,11,Bowman Furniture,2026-10-02,EUR,540.00,540.00
2026-09-20,INV-115,PartiallyPaid,19,Lee and Sons,2026-10-20,EUR,1080.00,80.00
2026-10-01,INV-120,Draft,19,Lee and Sons,2026-10-31,EUR,120.00,120.00
2026-10-03,INV-121,Void,11,Bowman Furniture,2026-11-02,EUR,70.00,70.00
"""


@pytest.fixture
def engine(empty_sqlite: Path, tmp_path: Path) -> Iterator[Engine]:
    """A list is a list: one database is enough."""
    shutil.copyfile(empty_sqlite, tmp_path / "relance.db")
    engine = engine_for(f"sqlite:///{tmp_path}/relance.db")
    yield engine
    engine.dispose()


@pytest.mark.parametrize(
    ("text", "encoding", "open_amount"),
    [(CEGID, "utf-8", "1350.50"), (CARTERA, "cp1252", "2060.00"), (SAP, "cp1252", "14225.17")],
    ids=["cegid", "cartera", "sap"],
)
def test_the_list_of_a_program_is_understood_whole(desk: Desk, text: str, encoding: str, open_amount: str) -> None:
    report = desk.put(text.encode(encoding))
    assert (report.state, report.rejected_rows, report.new) == ("done", 0, 3)
    assert desk.sum().open == {"EUR": open_amount}
    assert desk.select("select count(*) from customers") == [(2,)]


def test_drafts_and_void_documents_ask_for_nothing(desk: Desk) -> None:
    report = desk.put(STATES)
    assert (report.state, report.accepted) == ("done", 4)
    assert [note.count for note in report.notes if note.code == "no-claims"] == [2]
    assert desk.sum().open == {"EUR": "620.00"}


def test_what_is_void_from_one_day_to_the_next_is_settled_also_by_additions(desk: Desk) -> None:
    desk.put(STATES)
    report = desk.put(STATES.replace("Overdue", "Void"), mode="delta")
    assert report.settled == 1
    assert desk.sum().open == {"EUR": "80.00"}

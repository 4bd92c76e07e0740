"""Bank statements pay what their texts name; what nobody can be found for is left to a person (A20)."""

from pathlib import Path

import pytest

from relance.adapters.archive import DiskArchive
from relance.adapters.calendars import HolidayCalendars
from relance.adapters.intake.reader import ColumnarReader
from relance.adapters.intake.registry import ImporterShelf
from relance.plugins.importers.camt import CamtStatements
from relance.plugins.importers.csv import DelimitedText
from relance.plugins.importers.mt940 import Mt940Statements
from relance.usecases.intake.import_file import ImportFile
from tests.usecases.intake.kit import Desk

STATEMENT = """\
:20:START
:25:10020030/1234567
:28C:5/1
:60F:C260301EUR1000,00
:61:2603020302C130,00NTRFNONREF//B1
:86:166?00GUTSCHRIFT?20Rechnungen FA1 und FA2?32ACME SA
:61:2603020302C20,00NTRFNONREF//B2
:86:166?00GUTSCHRIFT?20vielen Dank?32Globex Ltd
:61:2603020302C7,00NTRFNONREF//B3
:86:166?00GUTSCHRIFT?20ohne Angabe?32Unbekannt
:61:2603020302D50,00NTRFNONREF//B4
:86:105?00LASTSCHRIFT?20Strom?32Stadtwerke
:62F:C260302EUR1107,00
-
"""


@pytest.fixture
def owing(desk: Desk) -> Desk:
    """Two customers owe; statements can be read."""
    shelf = ImporterShelf([DelimitedText(), Mt940Statements(), CamtStatements()])
    archive = DiskArchive(desk.folder / "archive")
    desk.verb = ImportFile(desk.work, desk.clock, shelf, ColumnarReader(), archive, HolidayCalendars(), b"key")
    desk.rows(
        "C1,Acme,FA1,2026-01-05,2026-02-05,100.00",
        "C1,Acme,FA2,2026-01-05,2026-02-15,50.00",
        "C2,Globex,FA3,2026-01-05,2026-02-05,80.00",
    )
    return desk


def statement(folder: Path, text: str = STATEMENT) -> Path:
    """A file of the bank."""
    file = folder / "bank.sta"
    file.write_text(text)
    return file


def test_a_payment_takes_off_the_items_that_it_quotes_the_oldest_first(owing: Desk) -> None:
    report = owing.put_file(statement(owing.folder), kind="payments")
    assert (report.state, report.rows, report.new, report.settled) == ("done", 3, 2, 1)
    assert owing.select("select number, open_amount from items where type = 'invoice' order by number") == [
        ("FA1", 0),
        ("FA2", 2000),
        ("FA3", 8000),
    ]


def test_without_a_number_the_payers_name_tells_whose_it_is(owing: Desk) -> None:
    owing.put_file(statement(owing.folder), kind="payments")
    paid = "select c.code, i.open_amount from items i join customers c on c.customer_id = i.customer_id "
    assert owing.select(paid + "where i.type = 'payment'") == [("C2", -2000)]


def test_a_payment_that_names_nobody_is_an_error_row_and_no_sum(owing: Desk) -> None:
    report = owing.put_file(statement(owing.folder), kind="payments")
    assert [(row.line, row.code) for row in report.rejected] == [(9, "unknown-customer")]
    assert report.sums == {"EUR": "150.00"}
    assert "debits-left-out" in [note.code for note in report.notes]


def test_the_same_movement_in_two_statements_pays_once(owing: Desk) -> None:
    owing.put_file(statement(owing.folder), kind="payments")
    report = owing.put_file(statement(owing.folder, STATEMENT.replace("START", "AGAIN")), kind="payments")
    assert sorted(row.code for row in report.rejected) == ["duplicate-payment", "duplicate-payment", "unknown-customer"]
    assert owing.sum().open == {"EUR": "80.00"}


def test_a_statement_is_no_file_of_items(owing: Desk) -> None:
    report = owing.put_file(statement(owing.folder))
    assert (report.state, report.reason) == ("refused", "bank-statement")
    assert owing.sum().open == {"EUR": "230.00"}


def test_a_list_of_movements_pays_with_what_came_in_only(owing: Desk) -> None:
    lines = ("2026-03-01,-33.50,Acme,refund FA1", "2026-03-02,100.00,Somebody,invoice FA1")
    report = owing.rows(*lines, kind="payments", header="paid_on,amount,payer,text")
    assert [(row.line, row.code) for row in report.rejected] == [(2, "money-out")]
    assert (report.sums, owing.sum().open) == ({"EUR": "100.00"}, {"EUR": "130.00"})

"""Nasty files through a whole import, on both databases: all of what is sound, or nothing."""

import pytest
import xlsxwriter

from relance.plugins.importers.excel import Workbooks
from tests.usecases.intake.kit import HEADER, Desk, invoices

GOOD = "C1,Acme,N1,2026-01-05,2026-02-05,10.00\n"
REFUSED = {
    "nothing": b"",
    "a PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "a web page": b"<html><table><tr><td>1</td></tr></table></html>",
    "NUL bytes": f"{HEADER}\n{GOOD}C2,\0,N2,,,\n".encode(),
    "a row cut off": f"{HEADER}\n{GOOD}C2,Acme,N2".encode(),
    "a quote left open at the end": f'{HEADER}\n{GOOD}C2,"Acme'.encode(),
    "fixed widths": b"0001   DUPONT      00010000\n0002   MARTIN      00020000\n0003   DURAND      00030000\n",
    "a header alone": f"{HEADER}\n".encode(),
    "a cell too long": f"{HEADER}\n{GOOD}C2,{'x' * 100_001},N2,2026-01-05,2026-02-05,1.00\n".encode(),
    "301 columns": (",".join(f"c{place}" for place in range(301)) + "\n" + "1," * 300 + "1\n").encode(),
    "two encodings": f"{HEADER}\nC1,Café,N1,2026-01-05,2026-02-05,1.00\n".encode() + "C2,Café,N2,,,\n".encode("cp1252"),
}
READ = {
    "a code page": (f"{HEADER}\n{GOOD}C2,Société Générale,N2,2026-01-05,2026-02-05,1.00\n".encode("cp850"), 2, 0),
    "titles and totals": (f"Open items\n\n{HEADER}\n{GOOD}Total,,,,,10.00\n".encode(), 1, 0),
    "a stray quote": (
        f'{HEADER}\n{GOOD}C2,"Acme,N2,2026-01-05,2026-02-05,1.00\n{GOOD.replace("N1", "N3")}'.encode(),
        2,
        1,
    ),
    "a row too long": (f"{HEADER}\n{GOOD}C2,A,N2,2026-01-05,2026-02-05,1.00,x,y\n".encode(), 1, 1),
    "old Mac line ends": (f"{HEADER}\n{GOOD}".replace("\n", "\r").encode(), 1, 0),
}


def test_what_is_refused_leaves_the_ledger_as_it_was_and_says_what_and_what_to_do(desk: Desk) -> None:
    desk.rows(*invoices(5))
    before = desk.ledger()
    for name, content in REFUSED.items():
        report = desk.put(content)
        assert report.state == "refused", name
        assert len(report.message) > 15, name
        assert desk.ledger() == before, name


@pytest.mark.parametrize("name", READ)
def test_what_can_be_read_is_imported_and_the_rest_rejected_by_line(desk: Desk, name: str) -> None:
    content, accepted, rejected = READ[name]
    report = desk.put(content)
    assert (report.state, report.accepted, report.rejected_rows) == ("done", accepted, rejected)
    assert desk.sum().count == accepted


def test_what_is_left_out_is_noted_with_its_line(desk: Desk) -> None:
    report = desk.put(f"{HEADER}\n{GOOD}Total,,,,,10.00\n")
    assert [(note.code, note.count) for note in report.notes] == [("totals-skipped", 1)]
    assert report.notes[0].examples == ("line 3: Total,,,,,10.00",)


def test_another_sheet_of_the_same_layout_is_told(desk: Desk) -> None:
    desk.shelve(Workbooks())
    file = desk.folder / "two.xlsx"
    row = ("customer_code", "number", "issued_on", "due_on", "amount"), ("C1", "F1", "2026-01-05", "2026-02-25", 10)
    with xlsxwriter.Workbook(str(file)) as made:
        for name in ("FR", "DE"):
            sheet = made.add_worksheet(name)
            for place, cells in enumerate(row):
                sheet.write_row(place, 0, cells)
    assert [note.code for note in desk.put_file(file).notes] == ["other-sheets"]
    assert desk.put_file(file, options={"sheet": "FR"}).notes == ()

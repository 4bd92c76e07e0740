"""Workbooks: the right sheet, the right line, exact amounts, and nothing that is no item."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter

from relance.plugins import TYPED, BadInput, Note
from relance.plugins.importers.excel import Workbooks

READER = Workbooks()
HEADER = ("Customer", "Number", "Issued", "Due", "Amount")


def book(folder: Path, **sheets: Callable[[Any, Any], None]) -> Path:
    """A workbook whose sheets are written by these functions."""
    file = folder / "book.xlsx"
    with xlsxwriter.Workbook(file) as made:
        days = made.add_format({"num_format": "dd/mm/yyyy"})
        for name, write in sheets.items():
            write(made.add_worksheet(name), days)
    return file


def items(top: int = 0, count: int = 3) -> Callable[[Any, Any], None]:
    """A sheet of items below so many empty rows."""

    def write(sheet: Any, days: Any) -> None:
        sheet.write_row(top, 0, HEADER)
        for place in range(1, count + 1):
            sheet.write_row(top + place, 0, (f"C{place}", f"F{place}"))
            sheet.write_datetime(top + place, 2, date(2026, 1, place), days)
            sheet.write_datetime(top + place, 3, date(2026, 2, place), days)
            sheet.write_number(top + place, 4, 1000 * place + 0.1)

    return write


def read(file: Path, **options: str) -> tuple[list[dict[str, Any]], list[Note]]:
    """All rows as a person reads them, and what was told."""
    tables = list(READER.read(file, {name.replace("_", "-"): value for name, value in options.items()}))
    frame = pl.concat([table.columns for table in tables])
    frame = frame.with_columns(pl.col(pl.String).str.strip_prefix(TYPED))
    return frame.to_dicts(), [note for table in tables for note in table.notes]


def test_days_amounts_and_codes_come_as_they_were_meant(tmp_path: Path) -> None:
    def write(sheet: Any, days: Any) -> None:
        sheet.write_row(0, 0, ("code", "issued", "amount", "sum", "long", "sure", "note"))
        sheet.write_row(1, 0, (200769623, None, 1234.1, 0.1 + 0.2, 123456789.12, True, "  x "))
        sheet.write_datetime(1, 1, date(2026, 1, 31), days)
        sheet.write_row(2, 0, ("CCU013", "2026-02-01", -12.5, 5.55e-17, 1e15, False))

    (first, second), _ = read(book(tmp_path, One=write))
    assert first == {
        "line": 2,
        "code": "200769623",
        "issued": "2026-01-31",
        "amount": "1234.1",
        "sum": "0.3",
        "long": "123456789.12",
        "sure": "true",
        "note": "  x ",
    }
    assert (second["amount"], second["sum"], second["long"]) == ("-12.5", "0", "1000000000000000")


def test_lines_are_the_rows_of_the_sheet(tmp_path: Path) -> None:
    rows, _ = read(book(tmp_path, Items=items(top=6)))
    assert [row["line"] for row in rows] == [8, 9, 10]
    assert [row["Amount"] for row in rows] == ["1000.1", "2000.1", "3000.1"]


def test_the_sheet_of_items_is_taken_and_not_the_pivot_before_it(tmp_path: Path) -> None:
    def pivot(sheet: Any, _: Any) -> None:
        sheet.write(0, 0, "Aging report")
        sheet.write_row(2, 0, ("Customer", "Current", "1-30", "31-60", "Total"))
        for place in range(3, 8):
            sheet.write_row(place, 0, (f"C{place}", 1, 2, 3, 6))

    file = book(tmp_path, Pivot=pivot, Items=items())
    seen = READER.looks(file, {})
    assert seen.options == {"sheet": "Items", "header-line": "1"}
    assert [(guess.name, guess.code) for guess in seen.guesses] == [
        ("sheet", "looks-like-items"),
        ("header-line", "header-found"),
    ]
    assert READER.looks(file, {"sheet": "1"}).options == {"sheet": "Pivot", "header-line": "3"}
    with pytest.raises(BadInput, match="'Pivot', 'Items'"):
        READER.looks(file, {"sheet": "None"})


def test_two_sheets_of_one_layout_are_told_as_unsure(tmp_path: Path) -> None:
    seen = READER.looks(book(tmp_path, January=items(), February=items()), {})
    assert (seen.guesses[0].value, seen.guesses[0].code) == ("January", "several-sheets")
    assert seen.guesses[0].confidence < 50


def test_a_hidden_sheet_is_taken_only_where_no_other_holds_a_table(tmp_path: Path) -> None:
    def hidden(sheet: Any, days: Any) -> None:
        items(count=9)(sheet, days)
        sheet.hide()

    assert READER.looks(book(tmp_path, Front=items(), Secret=hidden), {}).options["sheet"] == "Front"
    assert READER.looks(book(tmp_path, Front=lambda sheet, _: sheet.write(0, 0, "hello"), Secret=hidden), {}).options[
        "sheet"
    ] == ("Secret")


def test_totals_and_footers_are_left_out_and_told_but_a_customer_may_be_named_total(tmp_path: Path) -> None:
    def write(sheet: Any, days: Any) -> None:
        items()(sheet, days)
        sheet.write(2, 0, "Total Energies")
        sheet.write(4, 0, "Total général")
        sheet.write_number(4, 4, 6000.3)
        sheet.write(6, 0, "Printed by nobody, page 1 of 1")

    rows, notes = read(book(tmp_path, Items=write))
    assert [row["Customer"] for row in rows] == ["C1", "Total Energies", "C3"]
    assert notes == [
        Note("totals-skipped", 1, ("line 5: Total général 6000.3",)),
        Note("footer-skipped", 1, ("line 7: Printed by nobody, page 1 of 1",)),
    ]


def test_errors_and_formulas_without_values_stay_visible(tmp_path: Path) -> None:
    def write(sheet: Any, days: Any) -> None:
        items()(sheet, days)
        sheet.write_formula(1, 4, "=1/0", None, "#DIV/0!")
        sheet.write_formula(2, 4, "=A1+1", None, "")
        sheet.write_formula(3, 4, "=A1+1", None, 17.5)

    rows, notes = read(book(tmp_path, Items=write))
    assert [row["Amount"] for row in rows] == ["#DIV/0!", "#UNSAVED!", "17.5"]
    assert notes == [Note("error-cells", 1, ("E2",)), Note("formulas-without-values", 1, ("E3",))]


def test_a_name_merged_over_its_invoices_is_the_name_of_each(tmp_path: Path) -> None:
    def write(sheet: Any, days: Any) -> None:
        items()(sheet, days)
        sheet.merge_range(1, 0, 3, 0, "ACME")

    assert [row["Customer"] for row in read(book(tmp_path, Items=write))[0]] == ["ACME"] * 3


def test_the_header_line_may_be_named(tmp_path: Path) -> None:
    def write(sheet: Any, days: Any) -> None:
        items(top=1)(sheet, days)
        sheet.write_row(0, 0, ("Kunde", "Nummer", "Datum", "Fällig", "Betrag"))

    rows, _ = read(book(tmp_path, Items=write), header_line="2")
    assert (rows[0]["line"], rows[0]["Customer"]) == (3, "C1")


@pytest.mark.parametrize("name", ["page.xls", "page.xlsx"])
def test_a_web_page_named_like_a_workbook_is_read_as_its_table(tmp_path: Path, name: str) -> None:
    page = (
        "<html><head><meta charset='iso-8859-1'></head><body><table><tr><td colspan=3>Balance âgée</td></tr>"
        "<tr><th>Client<th>Pièce<th>Montant</tr>"
        "<tr><td>Crème &amp; Cie</td><td>F1</td><td>1&nbsp;234,50</td></tr>"
        "<tr><td>B</td><td>F2</td><td>7,00</td></tr></table></body></html>"
    )
    file = tmp_path / name
    file.write_bytes(page.encode("latin-1"))
    assert READER.recognises(file.read_bytes(), name).confidence > 90
    rows, _ = read(file)
    assert rows[0] == {"line": 3, "Client": "Crème & Cie", "Pièce": "F1", "Montant": "1 234,50"}


def test_the_xml_of_excel_2003_is_read_with_its_gaps(tmp_path: Path) -> None:
    file = tmp_path / "old.xls"
    file.write_text(
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="S"><Table>'
        '<Row><Cell><Data ss:Type="String">Code</Data></Cell><Cell><Data ss:Type="String">Day</Data></Cell>'
        '<Cell><Data ss:Type="String">Amount</Data></Cell></Row>'
        '<Row ss:Index="4"><Cell><Data ss:Type="String">C1</Data></Cell>'
        '<Cell ss:Index="3"><Data ss:Type="Number">12.5</Data></Cell></Row>'
        '<Row><Cell><Data ss:Type="String">C2</Data></Cell>'
        '<Cell><Data ss:Type="DateTime">2026-01-31T00:00:00.000</Data></Cell>'
        '<Cell><Data ss:Type="Number">3</Data></Cell></Row></Table></Worksheet></Workbook>'
    )
    rows, _ = read(file)
    assert rows == [
        {"line": 4, "Code": "C1", "Day": None, "Amount": "12.5"},
        {"line": 5, "Code": "C2", "Day": "2026-01-31", "Amount": "3"},
    ]

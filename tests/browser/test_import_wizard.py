"""A person who has never seen the product imports a file by keyboard alone, on a desk and on a small phone (S3.4)."""

from pathlib import Path

import pytest
import xlsxwriter
from playwright.sync_api import Page, expect

from tests.browser.audit import faults
from tests.plugins.importers.test_excel_other_formats import ods, value, word

DESK = {"viewport": {"width": 1440, "height": 900}, "color_scheme": "dark"}
PHONE = {"viewport": {"width": 320, "height": 640}, "locale": "fr-FR"}
OVERFLOW = "document.documentElement.scrollWidth - innerWidth"
SEEN = """() => {
    const box = document.activeElement.getBoundingClientRect();
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return document.activeElement.contains(top) || (top && top.contains(document.activeElement));
}"""
HEADER = "N° client;Raison sociale;Pièce;Date pièce;Échéance;Montant TTC;Devise"


def export(folder: Path, bad: int = 7) -> Path:
    """Twenty invoices, one of them with an amount that is none."""
    days = [(f"{n:02}/10/2026", f"{n + 5:02}/11/2026") for n in range(1, 21)]
    lines = [
        f"C{20000 + n};Client {n};FA-{n};{issued};{due};{'1 2O4,50' if n == bad else f'1 234,5{n % 10}'};EUR"
        for n, (issued, due) in enumerate(days, 1)
    ]
    file = folder / "export.csv"
    file.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    return file


def book(folder: Path, ending: str) -> Path:
    """Two titles, then four invoices of customers whom nobody knows, with days and amounts as a workbook keeps them."""
    rows = [(f"K-{ending}-{n}", f"Kunde {n}", f"RE-{ending}-{n}", 46300 + n, 46330 + n, 100.5 + n) for n in range(1, 5)]
    heads = ("Kundennummer", "Kundenname", "Rechnungsnummer", "Rechnungsdatum", "Fälligkeit", "Betrag")
    if ending == "ods":
        days = [(f"2026-10-{n + 10}", f"2026-11-{n + 10}") for n in range(1, 5)]
        lines = [
            "".join(map(word, row[:3])) + "".join(value("date", "date-value", d) for d in day) + _amount(row[5])
            for row, day in zip(rows, days, strict=True)
        ]
        return ods(folder, word("Offene Posten"), "".join(map(word, heads)), *lines)
    file = folder / "offen.xlsx"
    with xlsxwriter.Workbook(file) as made:
        sheet, as_day = made.add_worksheet("Offen"), made.add_format({"num_format": "dd.mm.yyyy"})
        sheet.write_row(0, 0, ["Offene Posten"])
        sheet.write_row(1, 0, heads)
        for place, row in enumerate(rows, 2):
            sheet.write_row(place, 0, row)
            for column in (3, 4):
                sheet.write_number(place, column, float(row[column]), as_day)
    return file


def _amount(amount: float) -> str:
    return value("float", "value", str(amount))


def tab_to(page: Page, selector: str, key: str = "Tab") -> None:
    """Move with Tab until the focus is there, and in sight all the way."""
    for _ in range(60):
        page.keyboard.press(key)
        assert page.evaluate(SEEN), page.evaluate("document.activeElement.outerHTML")
        if page.evaluate("one => document.activeElement.matches(one)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached")


def whole(page: Page) -> None:
    """Nothing is wrong with the page, in light and dark, and it does not scroll sideways."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert faults(page) == []
    assert page.evaluate(OVERFLOW) <= 0


@pytest.mark.parametrize("seen_as", [DESK, PHONE], ids=["desk", "phone"], indirect=True)
def test_a_file_goes_from_the_desk_to_the_ledger_without_a_mouse(watched: Page, tmp_path: Path) -> None:
    watched.goto("/t/acme/imports")
    whole(watched)
    watched.keyboard.press("Tab")
    watched.keyboard.press("Enter")
    tab_to(watched, "input[type=file]")
    watched.locator("input[type=file]").set_input_files(export(tmp_path))  # the dialog is the system's, not ours

    watched.wait_for_url("**/imports/columns**")
    expect(watched.locator("select[name='column.2']")).to_have_value("number")
    whole(watched)
    expect(watched.locator("[data-key=c]")).to_be_focused()
    tab_to(watched, ".readas summary", "Shift+Tab")
    watched.keyboard.press("Enter")
    expect(watched.locator("select[name=kind]")).to_be_visible()
    tab_to(watched, "[data-key=c]")
    watched.keyboard.press("Enter")

    watched.wait_for_url("**/imports/runs/**")
    expect(watched.locator("[data-send]")).to_be_focused()
    tab_to(watched, ".verdict summary", "Shift+Tab")
    watched.keyboard.press("Enter")
    expect(watched.locator(".rejects")).to_contain_text("1 2O4,50")
    whole(watched)
    watched.keyboard.press("Control+Enter")

    watched.wait_for_url("**/imports/*?done=imported")
    expect(watched.locator(".verdict .ok b")).to_have_text("19")
    whole(watched)
    tab_to(watched, ".nextup a")


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
@pytest.mark.parametrize("seen_as", [PHONE], ids=["phone"], indirect=True)
def test_a_workbook_goes_in_on_a_phone_without_a_mouse(watched: Page, tmp_path: Path, ending: str) -> None:
    watched.goto("/t/acme/imports")
    watched.locator("input[type=file]").set_input_files(book(tmp_path, ending))

    watched.wait_for_url("**/imports/columns**")
    chosen = [watched.locator(f"select[name='column.{place}']").input_value() for place in range(6)]
    assert chosen == ["customer_code", "customer_name", "number", "issued_on", "due_on", "amount"]
    tab_to(watched, "[name=source]", "Shift+Tab")
    watched.keyboard.type(f"book {ending}")
    tab_to(watched, "[data-key=c]")
    watched.keyboard.press("Enter")

    watched.wait_for_url("**/imports/runs/**")
    expect(watched.locator("[data-send]")).to_be_focused(timeout=20_000)
    whole(watched)
    tab_to(watched, "[name='option.create-customers']", "Shift+Tab")
    watched.keyboard.press("ArrowDown")
    expect(watched.locator("[name='option.create-customers'][value=no]")).to_be_checked()
    expect(watched.locator("[data-send]")).to_have_count(0)
    watched.keyboard.press("ArrowUp")
    tab_to(watched, "a[href='#columns']")
    watched.keyboard.press("Enter")
    expect(watched.locator("select[name='column.0']")).to_be_focused()
    tab_to(watched, "[data-key=c]")
    watched.keyboard.press("Enter")
    expect(watched.locator("[data-send]")).to_be_focused(timeout=20_000)
    watched.keyboard.press("Control+Enter")

    watched.wait_for_url("**/imports/*?done=imported")
    expect(watched.locator(".verdict .ok b")).to_have_text("4")
    whole(watched)


def test_rows_pasted_from_a_spreadsheet_are_read_like_a_file(watched: Page, tmp_path: Path) -> None:
    watched.goto("/t/acme/imports")
    watched.locator(".paste summary").press("Enter")
    watched.locator("textarea").fill(export(tmp_path, bad=0).read_text().replace(";", "\t"))
    watched.locator("textarea").press("Tab")
    watched.keyboard.press("Enter")
    watched.wait_for_url("**/imports/columns**")
    expect(watched.locator(".readas .said")).to_contain_text("tabs")
    watched.keyboard.press("c")
    watched.wait_for_url("**/imports/runs/**")
    expect(watched.locator("[data-send]")).to_contain_text("20")
    watched.locator("[name=mode][value=delta]").check()
    expect(watched.locator("[data-send]")).to_have_count(0)

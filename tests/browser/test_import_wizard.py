"""A person who has never seen the product imports a file from the keyboard alone, on a desk and on a small phone."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.audit import faults

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

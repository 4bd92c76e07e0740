"""An import is undone and copies are handed in: the pages are whole in light and dark on a small phone."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_import_wizard import PHONE, export, whole


@pytest.mark.parametrize("seen_as", [PHONE], ids=["phone"], indirect=True)
def test_what_an_undo_takes_away_is_shown_before_it_is_done(watched: Page, tmp_path: Path) -> None:
    watched.goto("/t/acme/imports")
    watched.locator("input[type=file]").set_input_files(export(tmp_path))
    watched.wait_for_url("**/imports/columns**")
    watched.keyboard.press("c")
    watched.wait_for_url("**/imports/runs/**")
    watched.locator("[data-send]").wait_for()
    watched.keyboard.press("Control+Enter")
    watched.wait_for_url("**/imports/*?done=imported")
    watched.locator(".colsbox summary").first.click()
    whole(watched)
    watched.locator("a[href$='/undo']").click()
    expect(watched.locator(".chead h2")).to_contain_text("export.csv")
    whole(watched)
    watched.locator("form button.pri").click()
    watched.wait_for_url("**/imports/*?done=undone")
    expect(watched.locator("a[href$='/undo']")).to_have_count(0)
    whole(watched)
    watched.goto("/t/acme/imports/copies")
    copy = tmp_path / "FA-1.pdf"
    copy.write_bytes(b"%PDF-1.4\n")
    watched.locator("input[type=file]").set_input_files(copy)
    watched.locator("form button.pri").click()
    expect(watched.locator("section[role=status]")).to_be_visible()
    whole(watched)

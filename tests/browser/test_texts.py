"""Texts: their screens have no fault, and a text is written, previewed and published from the keyboard."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.audit import faults

EDITOR = "/t/acme/templates/first-reminder?lang=ja&customer=C10077"
DARK = {"viewport": {"width": 1440, "height": 900}, "locale": "fr-FR", "color_scheme": "dark"}
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
OVERFLOW = "document.documentElement.scrollWidth - innerWidth"


@pytest.mark.parametrize(
    ("path", "seen_as"),
    [("/t/acme/templates", PHONE), (EDITOR, DARK), (EDITOR, PHONE)],
    ids=["list-phone", "editor-french-dark", "editor-phone"],
    indirect=["seen_as"],
)
def test_a_screen_of_texts_has_no_fault(watched: Page, path: str) -> None:
    watched.goto(path)
    watched.wait_for_load_state("networkidle")
    assert faults(watched) == []
    watched.set_viewport_size({"width": 320, "height": 800})
    assert watched.evaluate(OVERFLOW) <= 0


def test_a_text_is_written_with_chips_previewed_and_published_by_keyboard(watched: Page) -> None:
    watched.goto("/t/acme/templates/first-reminder?lang=fi&customer=C10077")
    watched.get_by_label("Subject").focus()
    watched.keyboard.type("Muistutus ")
    watched.get_by_role("button", name="Customer code").press("Enter")
    expect(watched.get_by_label("Subject")).to_have_value("Muistutus {{ customer.code }}")
    body = watched.get_by_role("textbox", name="Text", exact=True)
    body.focus()
    watched.keyboard.type("Hei,")
    watched.get_by_role("button", name="Table: items of this message").press("Enter")
    expect(body).to_have_value("Hei,\n\n[items]")
    watched.get_by_role("button", name="Save the draft and preview it").press("Enter")
    expect(watched.locator(".txsubject")).to_have_text("Muistutus C10077")
    frame = watched.frame_locator("iframe")
    expect(frame.locator("body")).to_contain_text("Hei,")
    expect(frame.locator(".items").first).to_be_visible()
    watched.get_by_role("button", name="Publish").press("Enter")
    expect(watched.locator("#toasts")).to_contain_text("Published")
    watched.goto("/t/acme/templates")
    expect(watched.get_by_role("link", name="First reminder, Finnish: version 1")).to_be_visible()

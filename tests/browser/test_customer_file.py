"""A collector works a customer's file from the keyboard; the screens beside it have no fault, in French too."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.audit import faults

FILE = "/t/acme/customers/C10077"
FRENCH_PHONE = {"viewport": {"width": 390, "height": 844}, "locale": "fr-FR", "color_scheme": "dark"}
FRENCH = {"viewport": {"width": 1440, "height": 900}, "locale": "fr-FR"}
SCREENS = (
    FILE,
    f"{FILE}/hold/promise",
    f"{FILE}/contacts/0",
    f"{FILE}/assign",
    "/t/acme/customers?q=nobody",
    "/t/acme/items/1",
    "/t/acme/items?view=held",
    "/t/acme/reports/aged-balance?by=country&as_of=2026-11-01",
    "/t/acme/scenarios",
    "/t/acme/settings/sending",
    "/t/acme/settings/defaults",
    "/t/acme/settings/users/1",
    "/t/acme/settings/audit",
)
OVERFLOW = "document.documentElement.scrollWidth - innerWidth"


@pytest.mark.parametrize("seen_as", [FRENCH, FRENCH_PHONE], ids=["desk", "phone"], indirect=True)
@pytest.mark.parametrize("path", SCREENS)
def test_a_french_screen_has_no_fault(watched: Page, path: str) -> None:
    watched.goto(path)
    assert watched.locator("html").get_attribute("lang") == "fr"
    assert faults(watched) == []
    watched.set_viewport_size({"width": 320, "height": 800})
    assert watched.evaluate(OVERFLOW) <= 0


def test_ticking_items_counts_and_sums_them(watched: Page) -> None:
    watched.goto(FILE)
    boxes = watched.locator('input[name="item"]')
    boxes.nth(0).check()
    boxes.nth(1).check()
    expect(watched.locator("[data-bar]")).to_contain_text("2 chosen, €17,629.30")
    watched.locator("[data-all]").check()
    expect(watched.locator("[data-bar]")).to_contain_text("4 chosen")


def test_a_promise_and_a_dispute_by_keyboard_and_each_taken_back(watched: Page) -> None:
    watched.goto(FILE)
    watched.keyboard.press("p")
    expect(watched.locator("#dialog")).to_contain_text("When will they pay")
    for _ in range(5):
        expect(watched.locator("#dialog")).to_be_visible()
        watched.keyboard.press("Escape")
        watched.keyboard.press("p")
    expect(watched.locator("#dialog")).to_be_visible()
    expect(watched.locator("#dialog")).to_contain_text("When will they pay")
    watched.keyboard.press("Enter")
    expect(watched.locator(".tag.teal").first).to_contain_text("Promised for")
    expect(watched.locator("#dialog")).to_be_hidden()
    watched.keyboard.press("u")
    expect(watched.locator(".tag.teal")).to_have_count(0)

    watched.locator('input[name="item"]').first.check()
    watched.keyboard.press("d")
    expect(watched.locator("#dialog")).to_contain_text("What is wrong")
    watched.keyboard.press("ArrowRight")
    watched.keyboard.press("Enter")
    expect(watched.locator(".tag.plum")).to_have_count(1)
    expect(watched.locator(".tag.plum")).to_contain_text("Quantity")


def test_a_piece_of_the_aged_bar_filters_and_the_address_remembers(watched: Page) -> None:
    watched.goto(FILE)
    watched.locator(".legend a", has_text="Over 90 d").click()
    expect(watched.locator('input[name="item"]')).to_have_count(1)
    assert "bucket=over_90" in watched.url
    watched.locator("#items .chip", has_text="Over 90 d").click()
    expect(watched.locator('input[name="item"]')).to_have_count(4)


def test_a_note_appears_on_the_timeline_without_leaving_the_page(watched: Page) -> None:
    watched.goto(FILE)
    watched.fill("#note-text", "Rings back on Thursday")
    watched.get_by_role("button", name="Add note").click()
    expect(watched.locator(".tl li").first).to_contain_text("Rings back on Thursday")


def test_what_was_typed_comes_back_after_what_was_wrong_has_been_mended_elsewhere(watched: Page) -> None:
    watched.goto("/t/acme/customers/C10462")
    item = watched.locator('input[name="item"]').first.get_attribute("value")
    dialog = f"/t/acme/customers/C10462/specifics/new?kind=sms&item={item}"
    watched.goto(dialog)
    watched.locator('textarea[name="body"]').fill("Please call me about August.")
    watched.locator("a[data-mend]").first.click()
    expect(watched).to_have_url(re.compile("/contacts/"))
    watched.goto(dialog)
    expect(watched.locator('textarea[name="body"]')).to_have_value("Please call me about August.")
    watched.reload()
    expect(watched.locator('textarea[name="body"]')).not_to_have_value("Please call me about August.")

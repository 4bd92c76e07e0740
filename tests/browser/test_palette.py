"""The command palette in Chromium: by keyboard alone, with focus, and no fault."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.audit import faults

PHONE = {"viewport": {"width": 390, "height": 844}, "locale": "fr-FR", "color_scheme": "dark"}


def test_a_few_keys_lead_to_a_customer_who_is_remembered(watched: Page) -> None:
    watched.goto("/t/acme/agenda")
    watched.keyboard.press("Control+k")
    expect(watched.locator("#palette-q")).to_be_focused()
    watched.keyboard.type("mar")
    expect(watched.locator("#palette [role=option]")).to_have_count(2)
    watched.keyboard.press("ArrowDown")
    expect(watched.locator("#palette [aria-selected=true]")).to_contain_text("Zanetti Marmi")
    watched.keyboard.press("ArrowUp")
    assert faults(watched) == []
    watched.keyboard.press("Enter")
    watched.wait_for_url("**/customers/C10077")
    watched.keyboard.press("Control+k")
    expect(watched.locator("#palette [aria-selected=true]")).to_contain_text("Groupe Marchetti")
    watched.keyboard.press("Escape")
    expect(watched.locator("#palette")).to_be_hidden()


@pytest.mark.parametrize("seen_as", [PHONE], ids=["phone"], indirect=True)
def test_on_a_phone_it_opens_from_the_menu_and_fits(watched: Page) -> None:
    watched.goto("/t/acme/more")
    watched.locator(".menu [data-palette]").click()
    watched.locator("#palette-q").fill("12480")
    expect(watched.locator("#palette [role=option]").first).to_contain_text("12 480,00")
    assert faults(watched) == []
    watched.goto("/t/acme/palette?q=12480")
    assert faults(watched) == []
    watched.set_viewport_size({"width": 320, "height": 800})
    assert watched.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0

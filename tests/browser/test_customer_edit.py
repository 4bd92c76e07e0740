"""A customer is changed, the list gets other columns, and a filter is changed in place, in Chromium (S2.2, S4.9)."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.audit import faults

FILE = "/t/acme/customers/C10077"
FRENCH_PHONE = {"viewport": {"width": 390, "height": 844}, "locale": "fr-FR", "color_scheme": "dark"}
SCREENS = (
    f"{FILE}/edit",
    f"{FILE}/contacts/1",
    "/t/acme/customers/columns",
    "/t/acme/groups",
    "/t/acme/reports/aged-balance?by=group",
    "/t/acme/searches/filter?target=customers&where=country+%3D+FR&part=country+%3D+FR",
)


@pytest.mark.parametrize("seen_as", [FRENCH_PHONE], ids=["phone"], indirect=True)
def test_the_screens_have_no_fault_on_a_phone(watched: Page) -> None:
    for path in SCREENS:
        watched.set_viewport_size({"width": 390, "height": 844})
        watched.goto(path)
        assert faults(watched) == [], path
        watched.set_viewport_size({"width": 320, "height": 800})
        assert watched.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path


def test_a_customer_is_changed_and_says_who_did(watched: Page) -> None:
    watched.goto(FILE)
    watched.get_by_role("link", name="Edit", exact=True).click()
    watched.get_by_label("City").fill("Roubaix")
    watched.get_by_label("Credit limit").fill("12,500.50")
    assert faults(watched) == []
    watched.get_by_role("button", name="Save", exact=True).click()
    watched.wait_for_url("**/C10077?done=saved")
    expect(watched.locator("#file")).to_contain_text("€12,500.50")
    watched.goto(f"{FILE}/edit")
    expect(watched.locator("#f-city-n")).to_contain_text("Set by Lucie Brandt")
    watched.get_by_label("Another, new group").fill("Key accounts")
    watched.get_by_role("button", name="Save the assignment").click()
    expect(watched.locator("#file")).to_contain_text("Group: Key accounts")


def test_columns_are_chosen_and_a_heading_turns_the_order(watched: Page) -> None:
    watched.goto("/t/acme/customers")
    watched.get_by_role("link", name="Columns").click()
    watched.get_by_label("Over 90 d").check()
    watched.get_by_label("Groups").uncheck()
    assert faults(watched) == []
    watched.get_by_role("button", name="Show these columns").click()
    heading = watched.get_by_role("columnheader", name="Over 90 d")
    heading.get_by_role("link").click()
    expect(heading).to_have_attribute("aria-sort", "descending")
    heading.get_by_role("link").click()
    expect(heading).to_have_attribute("aria-sort", "ascending")
    assert faults(watched) == []


def test_a_filter_is_clicked_and_changed(watched: Page) -> None:
    watched.goto("/t/acme/customers?where=country+%3D+FR")
    watched.get_by_role("link", name="Change the filter Country: France").click()
    dialog = watched.locator("#dialog")
    dialog.get_by_label("France").uncheck()
    dialog.get_by_label("Portugal").check()
    dialog.get_by_role("button", name="Change filter").click()
    expect(watched.locator(".chip.on")).to_contain_text("Country: Portugal")
    expect(watched.locator("[name=code]")).to_have_count(2)

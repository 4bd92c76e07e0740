"""A collector narrows the list, pastes codes and changes the whole result, in Chromium (S0.13, S2.3, S2.5)."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.audit import faults

LIST = "/t/acme/customers"
FRENCH_PHONE = {"viewport": {"width": 390, "height": 844}, "locale": "fr-FR", "color_scheme": "dark"}
SCREENS = (
    f"{LIST}?where=country+in+(FR,+PT)+and+overdue+>=+1000",
    "/t/acme/searches/filter?criterion=last-contact",
    "/t/acme/searches/filter?criterion=country",
    "/t/acme/searches/text?where=country+%3D+FR",
    "/t/acme/searches/codes",
    "/t/acme/searches",
    "/t/acme/changes",
)
OVERFLOW = "document.documentElement.scrollWidth - innerWidth"


@pytest.mark.parametrize("seen_as", [FRENCH_PHONE], ids=["phone"], indirect=True)
def test_the_screens_of_searching_have_no_fault(watched: Page) -> None:
    for path in SCREENS:
        watched.set_viewport_size({"width": 390, "height": 844})
        watched.goto(path)
        assert faults(watched) == [], path
        watched.set_viewport_size({"width": 320, "height": 800})
        assert watched.evaluate(OVERFLOW) <= 0, path


def test_a_filter_is_added_by_keyboard_and_the_whole_result_is_changed_and_taken_back(watched: Page) -> None:
    watched.goto(LIST)
    watched.keyboard.press("f")
    expect(watched.locator("#dialog select[name=criterion]")).to_be_focused()
    watched.select_option("[name=criterion]", "country")
    watched.get_by_label("France").check()
    assert faults(watched) == []
    watched.get_by_role("button", name="Add filter").click()
    expect(watched.locator(".chip.on")).to_contain_text("Country: France")

    watched.locator("[name=code]").first.check()
    expect(watched.locator(".bulk")).to_contain_text("1 chosen")
    watched.get_by_role("button", name="Change all 4").click()
    watched.fill("[name=add_groups]", "Key")
    watched.get_by_role("button", name="Review").click()
    expect(watched.locator("#dialog")).to_contain_text("new for 4")
    assert faults(watched) == []
    watched.keyboard.press("Enter")
    expect(watched.locator(".donebar")).to_contain_text("4 customers changed")
    assert faults(watched) == []
    watched.keyboard.press("u")
    expect(watched.locator(".changelist")).to_contain_text("Undone")


def test_codes_are_pasted_and_unknown_ones_named(watched: Page) -> None:
    watched.goto(LIST)
    watched.get_by_role("link", name="Paste codes").click()
    watched.fill("[name=codes]", "C10308\nC99\nC10077")
    watched.get_by_role("button", name="Look them up").click()
    expect(watched.locator("#unknown")).to_have_value("C99")
    assert faults(watched) == []
    watched.get_by_role("button", name="Show 2 customers").click()
    expect(watched.locator("[name=code]")).to_have_count(2)
    expect(watched.locator("[name=code]").first).to_have_value("C10308")

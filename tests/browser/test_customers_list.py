"""A collector narrows the list, pastes codes, keeps searches and changes the whole result, in Chromium."""

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


def test_s0_13_s0_16_s0_17_s0_22_s2_3_s2_6_s4_6_s4_8_the_whole_result_of_a_filter_is_changed_and_taken_back(
    watched: Page,
) -> None:
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
    watched.get_by_role("group", name="Associate", exact=True).get_by_label("Lucie Brandt").check()
    watched.locator("[name=to_collector]").select_option(label="Lucie Brandt")
    watched.get_by_role("button", name="Review").click()
    expect(watched.locator("#dialog")).to_contain_text("Into group Key")
    expect(watched.locator("#dialog")).to_contain_text("Associated with Lucie Brandt")
    assert faults(watched) == []
    watched.keyboard.press("Enter")
    expect(watched.locator(".donebar")).to_contain_text("4 customers changed")
    assert faults(watched) == []
    watched.get_by_role("button", name="Change all 4").click()
    watched.fill("[name=remove_groups]", "Key")
    watched.get_by_role("group", name="Dissociate").get_by_label("Lucie Brandt").check()
    watched.get_by_role("button", name="Review").click()
    watched.get_by_role("button", name="Change 4 customers").click()
    expect(watched.locator(".donebar")).to_contain_text("Out of group Key; No longer associated with Lucie Brandt")
    watched.goto(f"{LIST}?where=group+%3D+Key+or+colleague+%3D+admin@acme.example")
    expect(watched.locator("[name=code]")).to_have_count(0)
    watched.goto("/t/acme/changes")
    watched.get_by_role("button", name="Undo").first.click()
    expect(watched.locator(".changelist")).to_contain_text("Undone")
    watched.goto(f"{LIST}?where=group+%3D+Key+and+collector+%3D+admin@acme.example")
    expect(watched.locator("[name=code]")).to_have_count(4)


def test_s0_15_s2_5_a_search_is_kept_and_gives_its_selection_again(watched: Page) -> None:
    watched.goto(f"{LIST}?where=country+%3D+PT")
    watched.get_by_role("link", name="Save search").click()
    watched.locator("#dialog").get_by_label("Name").fill("Portugal")
    assert faults(watched) == []
    watched.locator("#dialog").get_by_role("button", name="Save").click()
    expect(watched.locator(".savedname")).to_contain_text("Portugal")
    watched.goto(LIST)
    watched.get_by_role("link", name="Saved searches").click()
    watched.get_by_role("link", name="Portugal").first.click()
    expect(watched.locator(".savedname")).to_contain_text("Portugal")
    expect(watched.locator("[name=code]")).to_have_count(2)


def test_s0_5_s0_6_s0_7_customers_items_and_the_aged_balance_are_those_of_a_colleague(watched: Page) -> None:
    for path in (LIST, "/t/acme/items"):
        watched.goto(f"{path}?where=colleague+%3D+admin@acme.example")
        expect(watched.locator("main")).to_contain_text("Marchetti")
        expect(watched.locator("main")).not_to_contain_text("Nordlys")
    watched.goto("/t/acme/reports/aged-balance")
    watched.get_by_label("Colleague").select_option(label="Lucie Brandt")
    expect(watched.locator(".ages")).not_to_contain_text("Nordlys")
    expect(watched.locator(".ages")).to_contain_text("Marchetti")
    assert faults(watched) == []


def test_s0_14_s2_4_s4_7_codes_are_pasted_and_unknown_ones_named(watched: Page) -> None:
    watched.goto(LIST)
    watched.get_by_role("link", name="Paste codes").click()
    watched.fill("[name=codes]", "C10308\nC99\nC10077")
    watched.get_by_role("button", name="Look them up").click()
    expect(watched.locator("#unknown")).to_have_value("C99")
    assert faults(watched) == []
    watched.get_by_role("button", name="Show 2 customers").click()
    expect(watched.locator("[name=code]")).to_have_count(2)
    expect(watched.locator("[name=code]").first).to_have_value("C10308")

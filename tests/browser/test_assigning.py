"""A task is set up, tried and run by keyboard, and its group has figures; no screen on the way has a fault."""

from playwright.sync_api import Page, expect

from tests.browser.audit import faults

OVERFLOW = "document.documentElement.scrollWidth - innerWidth"
PLACE = "/t/acme/assign"


def is_sound(page: Page) -> None:
    """Nothing for axe, on a desk and on the narrowest phone, and no sideways scroll there."""
    assert faults(page) == []
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate(OVERFLOW) <= 0
    assert faults(page) == []
    page.set_viewport_size({"width": 1440, "height": 900})


def test_s0_20_s2_13_s4_1_s4_2_s4_10_from_a_task_to_a_group_and_its_customers(watched: Page) -> None:
    watched.goto("/t/acme/agenda")
    watched.get_by_role("link", name="1 overdue account has no collection contact").click()
    expect(watched.locator("main")).to_contain_text("Hotelli Saarinen")

    watched.goto(f"{PLACE}/group")
    expect(watched.locator("main")).to_contain_text("No task yet")
    is_sound(watched)
    watched.get_by_label("Group", exact=True).fill("Key accounts")
    watched.get_by_label("Customers of whom this holds").focus()
    watched.keyboard.type("balance >= 20000")
    watched.get_by_label("Only customers that come").uncheck()
    watched.get_by_role("button", name="Add task").press("Enter")
    expect(watched.locator(".tasks")).to_contain_text("5 customers now")
    is_sound(watched)

    watched.get_by_role("link", name="Preview").click()
    expect(watched.locator("main")).to_contain_text("5 customers would get a value")
    is_sound(watched)
    watched.get_by_role("button", name="Run now").press("Enter")
    expect(watched.get_by_role("status").first).to_contain_text("The tasks ran")

    watched.goto("/t/acme/groups")
    expect(watched.locator(".grps")).to_contain_text("Key accounts")
    is_sound(watched)
    watched.get_by_role("link", name="Change Key accounts").click()
    watched.get_by_role("link", name="Remove group").click()
    expect(watched.locator("#dialog")).to_contain_text("Remove Key accounts?")
    watched.keyboard.press("Escape")
    is_sound(watched)

    for way in ("by-rule", "in-turn"):
        watched.goto(f"{PLACE}/collector?way=collector-{way}")
        is_sound(watched)
    watched.get_by_label("Lucie Brandt").press("Space")
    watched.get_by_role("button", name="Add task").press("Enter")
    expect(watched.locator(".tasks")).to_contain_text("In turn")
    is_sound(watched)

    watched.goto("/t/acme/customers/C10077/assign")
    is_sound(watched)


def test_s2_7_s2_8_an_account_without_a_collector_is_alerted_and_the_alert_opens_it(watched: Page) -> None:
    watched.goto("/t/acme/customers/C10154/assign")
    watched.locator("select[name=collector]").select_option("")
    watched.get_by_role("button", name="Save").press("Enter")
    watched.wait_for_url("**/customers/C10154?done=*")
    watched.goto("/t/acme/agenda")
    watched.get_by_role("link", name="1 account with a balance has no collector").click()
    expect(watched.locator("[name=code]")).to_have_count(1)
    expect(watched.locator("main")).to_contain_text("Nordlys")


def test_s4_5_a_group_is_created_by_hand(watched: Page) -> None:
    watched.goto("/t/acme/groups")
    watched.get_by_label("Name").fill("Sensitive")
    watched.get_by_role("button", name="Create group").press("Enter")
    expect(watched.locator(".grps")).to_contain_text("Sensitive")

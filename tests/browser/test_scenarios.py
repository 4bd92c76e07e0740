"""A scenario is made from nothing, previewed in Japanese, simulated and published by keyboard, without a fault."""

from playwright.sync_api import Page, expect

from tests.browser.audit import faults

OVERFLOW = "document.documentElement.scrollWidth - innerWidth"


def is_sound(page: Page) -> None:
    """Nothing for axe, on a desk and on the narrowest phone, and no sideways scroll there."""
    assert faults(page) == []
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate(OVERFLOW) <= 0
    assert faults(page) == []
    page.set_viewport_size({"width": 1440, "height": 900})


def add_step(page: Page, days: str, template: str) -> None:
    """The form of a new step has the focus on its day."""
    page.get_by_role("link", name="Add a step").press("Enter")
    expect(page.locator("[name=days]")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type(days)
    page.locator("[name=template]").select_option(template)
    page.get_by_role("button", name="Add the step").press("Enter")
    expect(page.get_by_role("button", name="Save the step")).to_be_visible()


def test_from_nothing_to_a_published_scenario_by_keyboard(watched: Page) -> None:
    watched.goto("/t/acme/scenarios")
    is_sound(watched)
    watched.get_by_label("Name", exact=True).focus()
    watched.keyboard.type("Key accounts")
    watched.keyboard.press("Enter")
    expect(watched.locator("main")).to_contain_text("No steps")
    add_step(watched, "7", "first-reminder")
    add_step(watched, "21", "second-reminder")
    step = watched.locator("[data-step][aria-current=true]")
    step.press("ArrowLeft")
    expect(watched.locator(".flow .on")).to_contain_text("20 days late")
    is_sound(watched)
    watched.get_by_role("combobox", name="Language", exact=True).focus()
    watched.keyboard.type("Japanese")
    watched.keyboard.press("Tab")
    watched.keyboard.type("Nordlys")
    watched.keyboard.press("Enter")
    expect(watched.frame_locator(".txframe").locator("body")).to_contain_text("お支払い")
    expect(watched.frame_locator(".txframe").locator("body")).to_contain_text("Nordlys")
    is_sound(watched)
    watched.get_by_role("button", name="Undo").press("Enter")
    expect(watched.locator(".flow")).to_contain_text("21 days late")

    watched.get_by_role("link", name="Simulate").press("Enter")
    expect(watched.locator("main")).to_contain_text("Week by week")
    is_sound(watched)
    watched.get_by_role("link", name="Publish…").press("Enter")
    expect(watched.locator("main")).to_contain_text("accounts follow this scenario")
    is_sound(watched)
    watched.get_by_role("button", name="Publish", exact=True).press("Enter")
    expect(watched.locator("main")).to_contain_text("version 1 chases")
    watched.goto("/t/acme/tomorrow")
    expect(watched.locator("main")).to_contain_text("wait for a confirmation")
    is_sound(watched)

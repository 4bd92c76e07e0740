"""People invited and away, and accounts collected together; no screen on the way has a fault (B5, B16, B17)."""

import re

from playwright.sync_api import Page, expect

from tests.browser.test_assigning import is_sound


def test_b17_s0_11_a_person_is_added_and_invited(watched: Page) -> None:
    watched.goto("/t/acme/settings/users")
    watched.get_by_label("Name", exact=True).fill("Ben Ek")
    watched.get_by_label("Email", exact=True).fill("ben@acme.example")
    watched.get_by_role("button", name="Add person").press("Enter")
    expect(watched.get_by_role("status").first).to_contain_text("No mail left: No mail relay is set up")
    expect(watched.get_by_label("Invitation link")).to_have_value(re.compile(r"http://127\.0\.0\.1:\d+/login/link/1-"))
    watched.get_by_label("Sees").select_option("own")
    is_sound(watched)


def test_b16_who_is_away_names_a_deputy_and_both_are_told(watched: Page) -> None:
    watched.goto("/me")
    form = watched.get_by_role("region", name="Absence")
    form.get_by_label("Deputy").select_option(label="Lucie")
    form.get_by_label("First day").fill("2026-11-23")
    form.get_by_label("Last day").fill("2026-12-03")
    form.get_by_role("button", name="Name the deputy").press("Enter")
    expect(watched.get_by_role("region", name="Absence")).to_contain_text("Lucie for Lucie Brandt")
    is_sound(watched)
    watched.goto("/t/acme/agenda")
    expect(watched.get_by_role("list", name="Absence")).to_contain_text("Lucie stands in for you until")
    is_sound(watched)
    watched.goto("/me")
    watched.get_by_role("button", name="End now").press("Enter")
    expect(watched.get_by_role("region", name="Absence")).not_to_contain_text("Lucie for")


def test_b5_accounts_are_collected_together_and_apart_again(watched: Page) -> None:
    watched.goto("/t/acme/customers/C10077/grouping")
    is_sound(watched)
    watched.get_by_label("Customers to collect on this account").fill("C10154\nC10231")
    watched.get_by_role("button", name="Collect together").press("Enter")
    expect(watched.locator("main")).to_contain_text("Also collects 2 accounts:")
    is_sound(watched)
    watched.get_by_role("link", name="Nordlys Møbler AS").click()
    expect(watched.get_by_role("note")).to_contain_text("no reminder leaves from this account")
    expect(watched.locator("main")).to_contain_text("None: another account asks for these items.")
    is_sound(watched)
    watched.get_by_role("link", name="Change").first.click()
    watched.get_by_role("button", name="Collect by itself again").press("Enter")
    expect(watched.locator("main")).not_to_contain_text("no reminder leaves from this account")


def test_s0_9_s0_12_s2_2_s2_15_s4_9_s4_3_one_customer_is_assigned_in_its_file(watched: Page) -> None:
    """Collector, colleague and group by hand; then the agenda by that group (S0.10, S3.14)."""
    watched.goto("/t/acme/customers/C10308/assign")
    watched.locator("select[name=collector]").select_option("2")
    watched.get_by_role("group", name="Colleagues").get_by_role("checkbox", name="Lucie Brandt").check()
    watched.get_by_label("Another, new group").fill("Key accounts")
    watched.get_by_role("button", name="Save").press("Enter")
    expect(watched.locator("main")).to_contain_text("Colleague: Lucie")
    expect(watched.locator("main")).to_contain_text("Group: Key accounts")
    expect(watched.locator("main")).to_contain_text("Collector Lucie Brandt")
    watched.goto("/t/acme/agenda?mine=1")
    expect(watched.locator(".listw").first).to_contain_text("Transports Delaunay")
    watched.goto("/t/acme/agenda?group=1")
    expect(watched.locator(".listw").first).to_contain_text("Transports Delaunay")
    expect(watched.locator(".listw").first).not_to_contain_text("Lagom")
    watched.goto("/t/acme/customers/C10308/assign")
    watched.get_by_role("group", name="Colleagues").get_by_role("checkbox", name="Lucie Brandt").uncheck()
    watched.get_by_role("button", name="Save").press("Enter")
    expect(watched.locator("main")).not_to_contain_text("Colleague: Lucie")


def test_s0_2_s0_8_a_colleague_sees_the_customers_that_concern_them_until_made_inactive(watched: Page) -> None:
    """The administrator on one screen, the colleague on another; who cannot sign in is in at once no more."""
    watched.goto("/t/acme/settings/users")
    watched.get_by_label("Name", exact=True).fill("Ada Lind")
    watched.get_by_label("Email", exact=True).fill("ada@acme.example")
    watched.get_by_role("button", name="Add person").press("Enter")
    link = watched.get_by_label("Invitation link").input_value()
    watched.get_by_label("Role").select_option("colleague")
    watched.get_by_role("button", name="Save").first.press("Enter")
    watched.goto("/t/acme/customers/C10308/assign")
    watched.get_by_role("group", name="Colleagues").get_by_role("checkbox", name="Ada Lind").check()
    watched.get_by_role("button", name="Save").press("Enter")

    browser = watched.context.browser
    assert browser is not None
    theirs = browser.new_context(base_url=watched.url.partition("/t/")[0]).new_page()
    theirs.goto(link)
    theirs.get_by_role("button", name="Sign in").press("Enter")
    theirs.wait_for_url("**/agenda")
    theirs.goto("/t/acme/customers")
    expect(theirs.locator("main")).to_contain_text("Transports Delaunay")
    expect(theirs.locator("tbody tr")).to_have_count(1)
    refused = theirs.goto("/t/acme/customers/C10077")
    assert refused is not None and refused.status == 404

    watched.goto("/t/acme/settings/users")
    watched.get_by_role("link", name="Ada Lind").click()
    watched.get_by_label("Can sign in").uncheck()
    watched.get_by_role("button", name="Save").first.press("Enter")
    expect(watched.get_by_role("row", name="Ada Lind")).to_contain_text("Inactive")
    theirs.goto("/t/acme/customers")
    expect(theirs).to_have_url(re.compile("/login"))
    theirs.context.close()

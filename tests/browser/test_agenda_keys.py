"""A collector works the agenda from the keyboard alone."""

from playwright.sync_api import Page, expect


def selected(page: Page) -> str:
    return page.locator('.row[aria-selected="true"] .nm').inner_text()


def test_moving_selecting_confirming_and_taking_back(watched: Page) -> None:
    watched.goto("/t/acme/agenda")
    first = selected(watched)
    watched.keyboard.press("j")
    second = selected(watched)
    assert second != first
    expect(watched.locator("#pane h2")).to_have_text(second)
    watched.keyboard.press("ArrowUp")
    expect(watched.locator("#pane h2")).to_have_text(first)

    watched.keyboard.press("Space")
    expect(watched.locator("#bulk")).to_contain_text("1 selected")
    watched.keyboard.press("Shift+J")
    expect(watched.locator("#bulk")).to_contain_text("2 selected")
    watched.keyboard.press("Space")
    watched.keyboard.press("k")
    watched.keyboard.press("Space")
    expect(watched.locator("#bulk")).to_be_hidden()

    expect(watched.locator("#pane h2")).to_have_text(first)
    watched.keyboard.press("c")
    expect(watched.locator("#toasts")).to_contain_text("Confirmed")
    expect(watched.locator("#pane h2")).to_have_text(second)
    assert watched.locator(".nm", has_text=first).count() == 0
    assert watched.evaluate("document.activeElement.classList.contains('row')")

    watched.keyboard.press("u")
    expect(watched.locator("#toasts")).to_contain_text("Taken back")
    expect(watched.locator("#pane h2")).to_have_text(first)


def test_a_promise_in_two_keys_and_focus_comes_back(watched: Page) -> None:
    watched.goto("/t/acme/agenda")
    watched.keyboard.press("j")
    expect(watched.locator("#pane h2")).to_have_text(selected(watched))
    watched.keyboard.press("p")
    expect(watched.locator("#dialog")).to_be_visible()
    watched.keyboard.press("Escape")
    expect(watched.locator("#dialog")).to_be_hidden()
    watched.keyboard.press("d")
    expect(watched.locator("#dialog")).to_contain_text("What is wrong?")
    watched.keyboard.press("Escape")
    watched.keyboard.press("?")
    expect(watched.locator("#sheet")).to_be_visible()
    watched.keyboard.press("Escape")
    expect(watched.locator("#sheet")).to_be_hidden()


def test_many_are_reviewed_one_by_one_before_they_leave(watched: Page) -> None:
    watched.goto("/t/acme/agenda?view=confirm")
    watched.keyboard.press("j")
    watched.keyboard.press("k")
    watched.keyboard.press("Space")
    watched.keyboard.press("Shift+J")
    watched.keyboard.press("Shift+J")
    watched.keyboard.press("Enter")
    watched.wait_for_url("**/review*")
    lines = watched.locator("[data-review-line]")
    expect(lines).to_have_count(3)
    watched.keyboard.press("c")
    expect(lines.nth(1)).to_have_attribute("aria-current", "true")
    watched.keyboard.press("x")
    expect(lines.nth(2)).to_have_attribute("aria-current", "true")
    watched.keyboard.press("Control+Enter")
    expect(watched.locator("h1")).to_have_text("2 messages confirmed")


def test_what_is_past_the_last_step_is_qualified_by_keys(watched: Page) -> None:
    """S3.18: the tab, the invoices with the reason, a promise, and what is left."""
    watched.goto("/t/acme/agenda")
    watched.get_by_role("link", name="To qualify 2").click()
    first = selected(watched)
    watched.keyboard.press("j")
    second = selected(watched)
    expect(watched.locator("#pane h2")).to_have_text(second)
    watched.keyboard.press("p")
    expect(watched.locator("#dialog")).to_contain_text("When will they pay")
    watched.get_by_role("button", name="Record promise").press("Enter")
    expect(watched.locator("#toasts")).to_contain_text("Recorded")
    assert selected(watched) == first and watched.locator(".nm").count() == 1
    watched.keyboard.press("m")
    expect(watched.locator("#dialog")).to_contain_text("Act on 1 item")
    watched.keyboard.press("Escape")
    expect(watched.locator("#dialog")).to_be_hidden()
    watched.keyboard.press("o")
    watched.wait_for_url("**/customers/**")


def test_keys_rest_when_the_profile_says_so(watched: Page) -> None:
    watched.goto("/me")
    watched.locator("[name=single_keys]").uncheck()
    watched.get_by_role("button", name="Save").click()
    watched.goto("/t/acme/agenda")
    before = selected(watched)
    watched.keyboard.press("j")
    watched.keyboard.press("c")
    assert selected(watched) == before
    assert watched.locator("#toasts").inner_text() == ""
    watched.locator('.row[tabindex="0"]').focus()
    watched.keyboard.press("ArrowDown")
    assert selected(watched) != before
    watched.goto("/me")
    watched.locator("[name=single_keys]").check()
    watched.get_by_role("button", name="Save").click()


def test_a_row_that_changed_meanwhile_shows_what_it_is_now(watched: Page, served: str) -> None:
    watched.goto("/t/acme/agenda?view=confirm")
    expect(watched.locator("#pane .pf")).to_be_visible()
    token = watched.evaluate("JSON.parse(document.body.getAttribute('hx-headers'))['x-csrftoken']")
    action = watched.locator('.row[tabindex="0"]').get_attribute("id").removeprefix("row-")
    watched.request.post(f"{served}/t/acme/agenda/{action}/confirm", headers={"x-csrftoken": token}, form={"a": "b"})
    watched.keyboard.press("j")
    expect(watched.locator("#pane h2")).to_have_text(selected(watched))
    watched.keyboard.press("k")
    expect(watched.locator("#pane .pf")).to_contain_text("Take back")


def test_a_step_that_is_left_out_goes_from_the_list_and_the_next_one_has_the_focus(watched: Page) -> None:
    watched.goto("/t/acme/agenda")
    left_out = watched.locator(".row[aria-selected=true]").get_attribute("id")
    watched.keyboard.press("x")
    watched.locator("#dialog textarea").fill("They pay on Friday")
    watched.locator("#dialog button.pri").click()
    expect(watched.locator("#toasts")).to_contain_text("Skipped")
    expect(watched.locator(f"#{left_out}")).to_have_count(0)
    expect(watched.locator(".row[aria-selected=true]")).to_be_focused()
    assert watched.locator("#dialog-body").inner_text() == ""

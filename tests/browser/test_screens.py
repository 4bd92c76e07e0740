"""Every screen in light, dark and on a phone: no axe violation, no sideways scroll, nothing in the console."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.audit import faults

DESK = {"viewport": {"width": 1440, "height": 900}}
DARK = {**DESK, "color_scheme": "dark"}
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
SCREENS = (
    "/t/acme/agenda",
    "/t/acme/agenda?view=confirm",
    "/t/acme/agenda?view=held",
    "/t/acme/agenda?view=qualify",
    "/t/acme/agenda/qualify/1",
    "/t/acme/agenda/1",
    "/t/acme/agenda/review?id=1&id=2&id=3",
    "/t/acme/agenda/1/promise",
    "/t/acme/agenda/1/dispute",
    "/t/acme/more",
    "/t/acme/customers",
    "/t/acme/customers/C10308",
    "/t/acme/items",
    "/t/acme/reports/aged-balance",
    "/t/acme/letters",
    "/t/acme/imports",
    "/t/acme/sources",
    "/t/acme/sources/new",
    "/t/acme/sources/new?way=sftp",
    "/t/acme/settings",
    "/t/acme/deliveries/1",
    "/t/acme/settings/channels",
    "/t/acme/settings/users",
    "/me",
    "/t/acme/settings/jobs",
)
OVERFLOW = "document.documentElement.scrollWidth - innerWidth"


LOOKS = {"light": DESK, "dark": DARK, "phone": PHONE}
WHOLE = ("/t/acme/agenda", "/t/acme/customers/C10308")
"""Looked at in every way; the others, which share their style, in one way each."""


def _seen() -> Iterator[Any]:
    for place, path in enumerate(SCREENS):
        for look in LOOKS if path in WHOLE else [list(LOOKS)[place % len(LOOKS)]]:
            yield pytest.param(path, LOOKS[look], id=f"{path}-{look}")


@pytest.mark.parametrize(("path", "seen_as"), list(_seen()), indirect=["seen_as"])
def test_a_screen_has_no_fault(watched: Page, path: str) -> None:
    watched.goto(path)
    watched.wait_for_load_state("networkidle")
    assert faults(watched) == []
    assert watched.evaluate(OVERFLOW) <= 0


@pytest.mark.parametrize("path", SCREENS)
def test_no_screen_scrolls_sideways_nor_at_twice_the_size(watched: Page, path: str) -> None:
    watched.goto(path)
    for width in (1440, 768, 640, 390, 320):
        watched.set_viewport_size({"width": width, "height": 800})
        assert watched.evaluate(OVERFLOW) <= 0, width


def test_axe_would_see_a_planted_fault(watched: Page) -> None:
    watched.goto("/me")
    watched.evaluate(
        "document.querySelector('main').append(document.createElement('img'), document.createElement('input'))"
    )
    found = " ".join(faults(watched))
    assert "image-alt" in found and "label" in found


@pytest.mark.parametrize("path", ["/login", "/login/link/1-none"])
def test_the_doors_have_no_fault(browser, served: str, path: str) -> None:
    context = browser.new_context(base_url=served, viewport={"width": 320, "height": 700})
    page = context.new_page()
    page.goto(path)
    assert faults(page) == []
    assert page.evaluate(OVERFLOW) <= 0
    context.close()

"""Where Chromium is, and what a run does without it."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "microsoft-edge")
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MISSING = "no Chromium: set RELANCE_CHROMIUM, or apt-get install chromium, or playwright install chromium"


def chromium_path() -> str | None:
    """RELANCE_CHROMIUM, else the first on the PATH, else Playwright's own download."""
    given = os.environ.get("RELANCE_CHROMIUM")
    if given:
        return given
    known = next((path for path in map(shutil.which, NAMES) if path), None)
    return known or _playwrights_own()


def is_required() -> bool:
    """CI never passes by skipping."""
    return bool(os.environ.get("CI") or os.environ.get("RELANCE_REQUIRE_BROWSER"))


def _playwrights_own() -> str | None:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    with sync_playwright() as player:
        path = player.chromium.executable_path
    return path if os.path.exists(path) else None

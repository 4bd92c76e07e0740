"""A served house, a browser, and a page that is watched: errors, policy violations, foreign requests, refusals."""

import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from relance.main.web import web_of
from tests.browser.chromium import ARGS, MISSING, chromium_path, is_required
from tests.http.ledger import PASSWORD, decide, found, had_every_step, house_at, write_ledger

pytest.importorskip("playwright", reason="playwright is not installed: pip install -e '.[test]'")
from playwright.sync_api import Browser, BrowserContext, Page  # only where it is installed

CHROMIUM = chromium_path()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser; without one skip with one reason, or stop where a browser is required."""
    here = Path(__file__).parent
    mine = [item for item in items if here in item.path.parents]
    others = [item for item in items if item not in set(mine) and "browser_name" in _parameters(item)]
    if others:
        raise pytest.UsageError(f"{others[0].nodeid} has a parameter that is Playwright's: name it otherwise")
    for item in mine:
        item.add_marker(pytest.mark.browser)
        if CHROMIUM is None:
            item.add_marker(pytest.mark.skip(reason=MISSING))
    if mine and CHROMIUM is None and is_required():
        raise pytest.UsageError(MISSING)
    # Last: Playwright keeps an event loop running in this thread, and no other test could run one of its own.
    items[:] = [item for item in items if item not in set(mine)] + mine


def _parameters(item: pytest.Item) -> dict[str, object]:
    return getattr(getattr(item, "callspec", None), "params", {})


@pytest.fixture(scope="session")
def base_url() -> None:
    """Each module has a server of its own: see `served`."""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": ARGS, "headless": True}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, object]) -> dict[str, object]:
    return {
        **browser_context_args,
        "viewport": {"width": 1440, "height": 900},
        "locale": "en-GB",
        "timezone_id": "Europe/Paris",
        "reduced_motion": "reduce",
    }


@pytest.fixture(scope="session")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small company, written and decided once; each module serves a copy."""
    folder = tmp_path_factory.mktemp("ledger")
    house = house_at(folder)
    system = found(house)
    write_ledger(house, system.tenant)
    decide(house, system)
    had_every_step(house, 2, 17)
    found(house, "fresh", "Fresh Start")
    house.engine().dispose()
    return folder


@pytest.fixture(scope="module")
def served(ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of its own for each module, so that one module's deeds do not change another's agenda."""
    folder = tmp_path_factory.mktemp("served")
    shutil.copytree(ledger, folder, dirs_exist_ok=True)
    house = house_at(folder)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        config = uvicorn.Config(web_of(house), log_level="error", access_log=False)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{port}"
        server.should_exit = True
        thread.join(20)
    house.engine().dispose()


class Watch:
    """Everything that went wrong in a page."""

    def __init__(self, page: Page, served: str) -> None:
        self.faults: list[str] = []
        page.on("console", lambda said: self._note(said.type, said.text) if said.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: self._note("script", str(error)))
        page.on("request", lambda sent: None if _is_ours(sent.url, served) else self._note("foreign", sent.url))
        page.on("response", lambda got: self._note(str(got.status), got.url) if got.status >= 400 else None)

    def _note(self, kind: str, what: str) -> None:
        self.faults.append(f"{kind}: {what}")


def _is_ours(url: str, served: str) -> bool:
    return url.startswith((served, "data:", "about:", "blob:"))


@pytest.fixture(scope="module")
def signed_in(browser: Browser, served: str, browser_context_args: dict[str, object]) -> dict[str, object]:
    """The cookie of Lucie, the administrator, for contexts of this module."""
    context = browser.new_context(base_url=served)
    page = context.new_page()
    page.goto("/login")
    page.fill("[name=email]", "admin@acme.example")
    page.fill("[name=password]", PASSWORD)
    page.click("button")
    page.wait_for_url("**/agenda")
    state = context.storage_state()
    context.close()
    return dict(state)


@pytest.fixture
def seen_as(request: pytest.FixtureRequest) -> dict[str, object]:
    """How the page is looked at: light on a desk unless a test says otherwise."""
    return getattr(request, "param", {})


@pytest.fixture
def watched(
    browser: Browser,
    served: str,
    browser_context_args: dict[str, object],
    signed_in: dict[str, object],
    seen_as: dict[str, object],
) -> Iterator[Page]:
    """A signed-in page; when the test is over, nothing may have gone wrong in it."""
    given = {**browser_context_args, "base_url": served, "storage_state": signed_in, **seen_as}
    context: BrowserContext = browser.new_context(**given)
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.add_init_script(
        "addEventListener('securitypolicyviolation', e => console.error('policy', e.violatedDirective, e.blockedURI))"
    )
    watch = Watch(page, served)
    yield page
    context.close()
    assert watch.faults == []

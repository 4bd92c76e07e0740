"""Pull lists page by page from an API that answers JSON over HTTPS; what is not whole is not imported."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, ClassVar

import httpx
import msgspec

from relance.plugins import (
    BadInput,
    FetcherSetting,
    Identity,
    Place,
    RemoteFile,
    Resolver,
    TooLarge,
    TornDownload,
    Unreachable,
    checked_transport,
    checked_url,
    resolve,
    same_host,
)
from relance.plugins.importers.api_pages import Page, following, page_of
from relance.plugins.importers.connections import SECONDS_OF_SILENCE, SECONDS_TO_CONNECT, Arriving

LARGEST_PAGE = 50_000_000
MOST_PAGES = 10_000
_LONGEST_PULL = 45 * 60
_NAMES_WITH_SECRET = ("bearer", "basic", "header")


class ApiSession:
    """One pull."""

    identity: Identity | None = None

    def __init__(self, client: httpx.AsyncClient, place: Place, start: httpx.URL) -> None:
        self._client, self._place, self._start = client, place, start
        self._first: Page | None = None

    async def files(self, wanted: Callable[[str], bool]) -> list[RemoteFile]:
        """The one list that the API gives; its first page is looked at, so that a wrong path is said at once."""
        self._first = await self._page(self._start, 1)
        return [RemoteFile(name=f"{self._start.host}.jsonl", size=-1)]

    async def fetch(self, name: str, to: Path) -> None:
        """Every page, one record a line. Pages that do not end, repeat or lead elsewhere are an error."""
        with to.open("wb") as opened:
            arriving = Arriving(opened, name)
            async with asyncio.timeout(_LONGEST_PULL):
                async for page in self._pages():
                    for record in page.records:
                        arriving.write(msgspec.json.format(bytes(record), indent=-1) + b"\n")

    async def put_away(self, name: str) -> None:
        """An API keeps what it has."""

    async def _pages(self) -> AsyncIterator[Page]:
        url, seen, count = self._start, {str(self._start)}, 0
        for number in range(1, MOST_PAGES + 1):
            page = self._first if number == 1 and self._first else await self._page(url, number)
            yield page
            count += len(page.records)
            after = following(page, url, self._place.settings, number, count)
            if after is None:
                return
            if not same_host(after, self._start):
                raise TornDownload(f"page {number} leads to another host: {after.host}; nothing was imported")
            if str(after) in seen:
                raise TornDownload(f"page {number} leads back to a page that was read; nothing was imported")
            seen.add(str(after))
            url = after
        raise TooLarge(f"more than {MOST_PAGES:,} pages")

    async def _page(self, url: httpx.URL, number: int) -> Page:
        try:
            async with self._client.stream("GET", url) as answer:
                _check(answer, number)
                body = bytearray()
                async for block in answer.aiter_bytes():
                    body += block
                    if len(body) > LARGEST_PAGE:
                        raise TooLarge(f"page {number} is larger than {LARGEST_PAGE:,} bytes")
                return page_of(bytes(body), answer.headers.get("link", ""), self._place.settings, number)
        except httpx.TransportError as broken:
            raise Unreachable(f"{url.host}, page {number}: {type(broken).__name__} {broken}".strip()) from broken


class ApiPull:
    """Fetches a list from an API."""

    name: ClassVar[str] = "api"
    label: ClassVar[str] = "API (JSON over HTTPS)"
    asks_for: ClassVar[str] = "Token or password"
    folders: ClassVar[bool] = False
    settings: ClassVar[tuple[FetcherSetting, ...]] = (
        FetcherSetting(name="url", label="Address", required=True, endpoint=True, help="https://..."),
        FetcherSetting(
            name="auth",
            label="Sign in",
            default="none",
            choices=("none", *_NAMES_WITH_SECRET),
            help="bearer: Authorization: Bearer; basic: user and password; header: a header of your own.",
        ),
        FetcherSetting(name="user", label="User", endpoint=True, help="For basic."),
        FetcherSetting(name="header", label="Header", help="For header: its name, like X-Api-Key."),
        FetcherSetting(name="list", label="Path to the list", help="Like data.items; empty: the answer is the list."),
        FetcherSetting(
            name="paging",
            label="Pages",
            default="none",
            choices=("none", "next", "link-header", "cursor", "page", "offset"),
            help="How the next page is found.",
        ),
        FetcherSetting(name="next", label="Path to the next", help="For next and cursor: like links.next."),
        FetcherSetting(name="param", label="Parameter", help="For cursor, page and offset: its name in the address."),
    )

    def __init__(
        self, *, in_test: bool = False, resolver: Resolver = resolve, context: ssl.SSLContext | None = None
    ) -> None:
        self._in_test, self._resolver, self._context = in_test, resolver, context

    @asynccontextmanager
    async def open(self, place: Place) -> AsyncIterator[ApiSession]:
        """Nothing is connected before the first page is asked for."""
        start = checked_url(place.settings.get("url", ""), in_test=self._in_test)
        headers, auth = _signing_in(place)
        client = httpx.AsyncClient(
            transport=checked_transport(self._resolver, self._context, loopback=self._in_test),
            headers={"accept": "application/json", "user-agent": "relance"} | headers,
            auth=auth,
            timeout=httpx.Timeout(SECONDS_OF_SILENCE, connect=SECONDS_TO_CONNECT),
            follow_redirects=False,
            trust_env=False,
        )
        async with client:
            yield ApiSession(client, place, start)


def _check(answer: httpx.Response, number: int) -> None:
    if answer.is_redirect:
        raise Unreachable(f"page {number}: the API sends us elsewhere ({answer.status_code}); that is not followed")
    if answer.status_code in {401, 403}:
        raise Unreachable(f"page {number}: the API refuses the sign-in ({answer.status_code})")
    if answer.status_code != 200:
        raise Unreachable(f"page {number}: the API answers {answer.status_code}")


def _signing_in(place: Place) -> tuple[dict[str, str], httpx.BasicAuth | None]:
    how = place.settings.get("auth", "none")
    if how in _NAMES_WITH_SECRET and not place.secret:
        raise BadInput(f"auth={how} needs a secret")
    if how == "basic":
        return {}, httpx.BasicAuth(place.settings.get("user", ""), place.secret)
    if how == "bearer":
        return {"authorization": f"Bearer {place.secret}"}, None
    if how == "header":
        return {_header_name(place.settings): place.secret}, None
    return {}, None


def _header_name(settings: Any) -> str:
    name = str(settings.get("header", "")).strip()
    plain = name.replace("-", "").replace("_", "")
    if not (plain.isascii() and plain.isalnum()) or name.lower() in {"host", "content-length", "transfer-encoding"}:
        raise BadInput(f"header {name!r}: the name of a header, like X-Api-Key")
    return name

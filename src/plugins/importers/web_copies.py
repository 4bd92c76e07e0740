"""Copies of invoices from the web: https to public hosts alone, no redirects, PDFs of a decent size (T4)."""

import asyncio
import ssl
from pathlib import Path

import httpx

from relance.plugins import (
    BadInput,
    CopyTroubled,
    Resolver,
    Unreachable,
    checked_transport,
    checked_url,
    resolve,
)
from relance.plugins.importers.connections import SECONDS_OF_SILENCE, SECONDS_TO_CONNECT

LARGEST_COPY = 20_000_000
_MAGIC, _HEAD = b"%PDF-", 1024
_LONGEST = 120


class HttpsCopies:
    """Fetches one file at a time over the same checked connections as the API importer."""

    def __init__(
        self, *, in_test: bool = False, resolver: Resolver = resolve, context: ssl.SSLContext | None = None
    ) -> None:
        self._in_test, self._resolver, self._context = in_test, resolver, context

    def fetch(self, address: str, to: Path) -> None:
        """Write the PDF at the address into `to`; raises CopyTroubled."""
        try:
            url = checked_url(address, in_test=self._in_test)
        except BadInput as refused:
            raise CopyTroubled("address-refused") from refused
        try:
            asyncio.run(self._fetched(url, to))
        except Unreachable as refused:
            raise CopyTroubled("host-unreachable") from refused
        except (httpx.TransportError, TimeoutError) as broken:
            raise CopyTroubled("host-unreachable") from broken

    async def _fetched(self, url: httpx.URL, to: Path) -> None:
        client = httpx.AsyncClient(
            transport=checked_transport(self._resolver, self._context, loopback=self._in_test),
            headers={"accept": "application/pdf", "user-agent": "relance"},
            timeout=httpx.Timeout(SECONDS_OF_SILENCE, connect=SECONDS_TO_CONNECT),
            follow_redirects=False,
            trust_env=False,
        )
        async with asyncio.timeout(_LONGEST), client, client.stream("GET", url) as answer:
            _check(answer)
            await _written(answer, to)


async def _written(answer: httpx.Response, to: Path) -> None:
    head, size = b"", 0
    with to.open("wb") as opened:
        async for block in answer.aiter_bytes():
            head += block[: max(0, _HEAD - len(head))]
            size += len(block)
            if size > LARGEST_COPY:
                raise CopyTroubled("copy-too-large")
            if len(head) >= _HEAD and _MAGIC not in head:
                raise CopyTroubled("not-a-pdf")
            opened.write(block)
    if _MAGIC not in head:
        raise CopyTroubled("not-a-pdf")


def _check(answer: httpx.Response) -> None:
    if answer.is_redirect:
        raise CopyTroubled("elsewhere")
    if answer.status_code in {401, 403}:
        raise CopyTroubled("copy-refused")
    if answer.status_code in {404, 410}:
        raise CopyTroubled("copy-missing")
    if answer.status_code != 200:
        raise CopyTroubled("host-broken")

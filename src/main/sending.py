"""The worker's messages: a pass for each tenant beside the others, so that one slow relay keeps nobody else waiting."""

import asyncio
import logging
from collections.abc import Callable

from relance.core.kernel.identifiers import TenantId
from relance.core.tenancy.tenants import Tenant
from relance.main.container import House
from relance.usecases.collection.dispatch import DispatchRequest

_LOG = logging.getLogger("relance.worker")
_PASSES = 16
"""Tenants whose messages are on their way at once; each holds one connection to the database at most."""


class Sending:
    """Starts passes; `failed` is told when one broke, and may ask for the next turn sooner."""

    def __init__(
        self, house: House, stop: asyncio.Event, concurrency: int, me: str, failed: Callable[[], None]
    ) -> None:
        self._house, self._stop, self._failed = house, stop, failed
        self._concurrency, self._me = concurrency, me
        self._under_way: dict[TenantId, asyncio.Task[None]] = {}
        self._room = asyncio.Semaphore(_PASSES)

    async def turn(self) -> None:
        """Start a pass of every tenant that has none under way."""
        for tenant in await asyncio.to_thread(self._house.directory().all):
            running = self._under_way.get(tenant.tenant)
            if running is None or running.done():
                self._under_way[tenant.tenant] = asyncio.create_task(self._pass(tenant))

    async def settled(self) -> None:
        """Wait until what is under way has its answers."""
        await asyncio.gather(*self._under_way.values())

    async def _pass(self, tenant: Tenant) -> None:
        async with self._room:
            if self._stop.is_set():
                return
            try:
                await self._dispatched(tenant.tenant)
            except Exception:  # the worker outlives every surprise: what failed is logged and tried again
                _LOG.exception("sending for %s failed", tenant.code)
                self._failed()

    async def _dispatched(self, tenant: TenantId) -> None:
        request = DispatchRequest(
            tenants=(tenant,), concurrency=self._concurrency, wait_for_others=False, worker=self._me
        )
        done = await self._house.dispatch()(request, self._stop)
        if done.fenced:
            _LOG.warning("nothing leaves: the database is %s; see `relance fence show`", done.fenced)

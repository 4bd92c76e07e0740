"""The one thread in which a sending run's transactions happen, one after the other, while its messages travel."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from relance.core.kernel.identifiers import TenantId
from relance.ports.archive import Archive
from relance.ports.calendars import Calendars
from relance.ports.clock import Clock
from relance.ports.fence import Fence
from relance.ports.keyring import Keyring
from relance.ports.render import Renderer
from relance.ports.work import Unit, Work
from relance.usecases.collection.desk import Desk, TenantFacts

T = TypeVar("T")


class Tools:
    """What every transaction of a run needs."""

    def __init__(
        self,
        work: Work,
        clock: Clock,
        calendars: Calendars,
        renderer: Renderer,
        fence: Fence,
        keyring: Keyring | None = None,
        archive: Archive | None = None,
    ) -> None:
        self.keyring, self.archive = keyring, archive
        self.work, self.clock, self.calendars, self.renderer, self.fence = work, clock, calendars, renderer, fence


class StoreThread:
    """Lends deeds a tenant's desk, or just the thread."""

    def __init__(self, tools: Tools, tenant: TenantId, thread: ThreadPoolExecutor) -> None:
        self._tools, self.tenant, self._thread = tools, tenant, thread
        self._known: TenantFacts | None = None

    async def at_desk(self, deed: Callable[[Desk], T]) -> T:
        """Run one transaction."""

        def transaction() -> T:
            with self._tools.work(self.tenant) as unit:
                facts = self._facts(unit)
                return deed(Desk(unit, self._tools.clock.now(), self._tools.calendars, facts))

        return await self.run(transaction)

    async def run(self, deed: Callable[[], T]) -> T:
        """Run what opens its own transactions."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, deed)

    def _facts(self, unit: Unit) -> TenantFacts:
        """The tenant and its settings, read again every second: what an administrator changes counts at once."""
        tick = self._tools.clock.monotonic()
        if self._known is None or tick - self._known.read_at >= 1:
            self._known = TenantFacts(unit.tenancy.tenant(), unit.tenancy.settings(), tick)
        return self._known

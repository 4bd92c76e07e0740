"""Send what is confirmed and due, each message once, until nothing is left."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext, suppress

import msgspec

from relance.core.collection.kinds import MESSAGES
from relance.core.kernel.errors import RelanceError
from relance.core.kernel.identifiers import TenantId
from relance.ports.archive import Archive
from relance.ports.calendars import Calendars
from relance.ports.channels import Channel, carrier
from relance.ports.clock import Clock
from relance.ports.fence import Fence
from relance.ports.keyring import Keyring
from relance.ports.render import Renderer
from relance.ports.work import Work
from relance.ports.workers import Workers
from relance.usecases.collection.folding import fold
from relance.usecases.collection.looking_up import look_up
from relance.usecases.collection.sending_run import SendingRun
from relance.usecases.collection.store_thread import StoreThread, Tools

_LEASE_SECONDS, _RENEW_SECONDS = 90, 25
_POLL_SECONDS = 1
_ALWAYS = "email"
"""Its run also takes over what dead workers left of any kind."""


class DispatchRequest(msgspec.Struct, frozen=True, kw_only=True):
    """Whose messages. `ignore_windows` is for tests; `concurrency` 0 is what the channel can do."""

    tenants: tuple[TenantId, ...]
    ignore_windows: bool = False
    concurrency: int = 0
    wait_for_others: bool = True
    worker: str = ""
    """The name of a worker that has entered already; without one, a worker enters for this pass."""


class Dispatched(msgspec.Struct, frozen=True, kw_only=True):
    """What became of the messages; `waiting` for a window, a recall or a retry.

    `fenced`: why nothing may leave from this database, `restored` or `copied`; then nothing was tried (I-16).
    """

    sent: int = 0
    failed: int = 0
    unknown: int = 0
    held: int = 0
    cancelled: int = 0
    to_confirm: int = 0
    waiting: int = 0
    fenced: str = ""


class Dispatch:
    """At most once, with an honest third answer: sent, failed, or unknown."""

    def __init__(
        self,
        work: Work,
        clock: Clock,
        calendars: Calendars,
        renderer: Renderer,
        workers: Workers,
        channels: Callable[[], Sequence[Channel]],
        fence: Fence,
        keyring: Keyring | None = None,
        archive: Archive | None = None,
    ) -> None:
        self._tools = Tools(work, clock, calendars, renderer, fence, keyring, archive)
        self._workers, self._channels = workers, channels

    async def __call__(self, request: DispatchRequest, stop: asyncio.Event | None = None) -> Dispatched:
        """Send until nothing is left or `stop` is set; raises WorkerThere where only one worker may be."""
        stop = stop or asyncio.Event()
        counts: Counter[str] = Counter()
        entering = nullcontext(request.worker) if request.worker else self._workers.enter()
        with entering as me, ThreadPoolExecutor(1, "store") as store:
            self._workers.stay(me)
            fenced = self._tools.fence.trouble()
            for tenant in () if fenced else request.tenants:
                counts += await self._tenant(tenant, me, store, request, stop)
        named = {name: counts[name] for name in Dispatched.__struct_fields__ if name != "fenced"}
        return Dispatched(**named, fenced=fenced or self._tools.fence.trouble())

    async def _tenant(
        self, tenant: TenantId, me: str, store: ThreadPoolExecutor, request: DispatchRequest, stop: asyncio.Event
    ) -> Counter[str]:
        """One kind after the other, the emails first; a kind of which nothing is open costs one question."""
        desks, counts = StoreThread(self._tools, tenant, store), Counter[str]()
        await look_up(desks, self._channels())
        await desks.at_desk(fold)
        found = await desks.at_desk(lambda desk: desk.unit.delivery.kinds_open())
        for kind in (one for one in MESSAGES if one == _ALWAYS or one in found):
            if not stop.is_set():
                counts += await self._kind(kind, desks, me, request, stop)
        return counts

    async def _kind(
        self, kind: str, desks: StoreThread, me: str, request: DispatchRequest, stop: asyncio.Event
    ) -> Counter[str]:
        channel = carrier(self._channels(), kind)
        run = SendingRun(self._tools, desks, me, kind, channel, request.ignore_windows, request.concurrency)
        pulse = asyncio.create_task(self._renew(run, me))
        try:
            await run.begin(self._workers.lives)
            while not stop.is_set():
                await run.send(stop)
                if not (request.wait_for_others and await run.others(self._workers.lives)):
                    break
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), _POLL_SECONDS)
            return await run.finish()
        finally:
            pulse.cancel()
            if channel is not None:
                await channel.close()

    async def _renew(self, run: SendingRun, me: str) -> None:
        """Keep the lock and the claims; while the database is away, the next time may do better."""
        while True:
            await asyncio.sleep(_RENEW_SECONDS)
            with suppress(RelanceError):
                await asyncio.to_thread(self._workers.stay, me)
                await run.renew(_LEASE_SECONDS)

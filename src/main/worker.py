"""The worker: queues what the clock asks for, does background work, sends what is confirmed and due."""

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress

from relance.core.kernel.identifiers import TenantId
from relance.core.tenancy.jobs import JobKind
from relance.main.container import House
from relance.main.sending import Sending
from relance.ports.workers import WorkerThere
from relance.usecases.intake.give_up_runs import RunsToGiveUp
from relance.usecases.tenancy.queue_due_work import DueWork

_LOG = logging.getLogger("relance.worker")
_IDLE_SECONDS = 15
_AGAIN_SECONDS = 3
"""After a turn that failed: a database that was started again is found soon."""


async def work(house: House, stop: asyncio.Event, concurrency: int = 0) -> None:
    """Until `stop`: raises WorkerThere where another worker is at work already."""
    house.reference_key()  # refused here, not in every turn
    background, decided = house.background(), asyncio.Event()
    known: set[TenantId] = set()
    with house.workers().enter() as me:
        background.told = _teller(asyncio.get_running_loop(), decided)
        background.start()
        try:
            sending = Sending(house, stop, concurrency, me, _later(decided))
            passing = _again_and_again(stop, sending.turn, decided)
            queueing = _again_and_again(stop, lambda: asyncio.to_thread(_queue_turn, house, stop, known))
            await asyncio.gather(passing, queueing)
            await sending.settled()
        finally:
            await asyncio.to_thread(background.close)  # work at hand is ended, what waits is left to others


def start_embedded_worker(house: House) -> Callable[[], None]:
    """Run a worker in a thread of this process; the answer stops it and waits until its messages are settled."""
    loop, stop = asyncio.new_event_loop(), asyncio.Event()

    def run() -> None:
        try:
            loop.run_until_complete(work(house, stop))
        except WorkerThere as there:
            _LOG.warning("no worker in this process: %s", there.detail)
        finally:
            loop.close()

    thread = threading.Thread(target=run, name="worker", daemon=True)
    thread.start()

    def end() -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(stop.set)
        thread.join(timeout=90)

    return end


def _teller(loop: asyncio.AbstractEventLoop, decided: asyncio.Event) -> Callable[[JobKind], None]:
    """What a day decided may leave at once; other workers see it at their next turn."""

    def tell(kind: JobKind) -> None:
        if kind == "day":
            with suppress(RuntimeError):  # the worker has ended meanwhile
                loop.call_soon_threadsafe(decided.set)

    return tell


def _later(woken: asyncio.Event) -> Callable[[], None]:
    """What asks for the next turn soon, though not at once."""
    loop = asyncio.get_running_loop()

    def ask() -> None:
        loop.call_later(_AGAIN_SECONDS, woken.set)

    return ask


async def _again_and_again(
    stop: asyncio.Event, turn: Callable[[], Awaitable[None]], sooner: asyncio.Event | None = None
) -> None:
    while not stop.is_set():
        if sooner is not None:
            sooner.clear()
        pause = _IDLE_SECONDS
        try:
            await turn()
        except Exception:  # the loop outlives every surprise: what failed is logged and tried again next turn
            _LOG.exception("a turn of the worker failed")
            pause = _AGAIN_SECONDS
        await _woken({stop, sooner or stop}, pause)


async def _woken(woken_by: set[asyncio.Event], seconds: float) -> None:
    waiting = [asyncio.create_task(event.wait()) for event in woken_by]
    await asyncio.wait(waiting, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    for task in waiting:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def _queue_turn(house: House, stop: asyncio.Event, known: set[TenantId]) -> None:
    """A tenant that this worker sees for the first time has its day decided, whatever others did before.

    Runs that no job does are of an older version: they are looked for then, and whenever an import is started.
    """
    added = 0
    for tenant in house.directory().all():
        if stop.is_set():
            return
        starting = tenant.tenant not in known
        if starting:
            house.give_up_runs()(RunsToGiveUp(tenant=tenant.tenant))
        added += house.queue_due_work()(DueWork(tenant=tenant.tenant, zone=tenant.timezone, starting=starting))
        known.add(tenant.tenant)
    if house.environment().mailbox:
        added += house.queue_mailbox()()
    if added:
        house.background().nudge()

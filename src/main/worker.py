"""The worker: fetches due sources, decides each day, sends what is confirmed and due; alone or inside the server."""

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import date

from relance.core.kernel.identifiers import TenantId
from relance.core.tenancy.tenants import Tenant
from relance.core.tenancy.users import Actor
from relance.main.container import House
from relance.ports.workers import WorkerThere
from relance.usecases.collection.dispatch import DispatchRequest
from relance.usecases.collection.run_day import NewDay
from relance.usecases.intake.fetch_copies import CopiesToFetch
from relance.usecases.intake.give_up_runs import RunsToGiveUp

_LOG = logging.getLogger("relance.worker")
_IDLE_SECONDS = 15
_AGAIN_SECONDS = 3
"""After a turn that failed: a database that was started again is found soon."""
_MAIL_SECONDS = 60


async def work(house: House, stop: asyncio.Event, concurrency: int = 0) -> None:
    """Until `stop`: raises WorkerThere where another worker is at work already."""
    decided: dict[TenantId, date] = {}
    house.reference_key()  # refused here, not in every turn
    with house.workers().enter() as me:
        sending = _again_and_again(stop, lambda: _turn(house, stop, decided, concurrency, me))
        fetching = _again_and_again(stop, lambda: _fetch_turn(house, stop, decided))
        returned = _again_and_again(stop, lambda: _read_returned(house), _MAIL_SECONDS)
        await asyncio.gather(sending, fetching, returned)  # messages wait for no slow host


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


async def _again_and_again(
    stop: asyncio.Event, turn: Callable[[], Awaitable[None]], seconds: int = _IDLE_SECONDS
) -> None:
    while not stop.is_set():
        pause = seconds
        try:
            await turn()
        except Exception:  # the loop outlives every surprise: what failed is logged and tried again next turn
            _LOG.exception("a turn of the worker failed")
            pause = _AGAIN_SECONDS
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), pause)


async def _turn(house: House, stop: asyncio.Event, decided: dict[TenantId, date], concurrency: int, me: str) -> None:
    tenants = await asyncio.to_thread(house.directory().all)
    for tenant in tenants:
        if stop.is_set():
            return
        await asyncio.to_thread(house.give_up_runs(), RunsToGiveUp(tenant=tenant.tenant))
        await asyncio.to_thread(_decide_once, house, tenant, decided)
        request = DispatchRequest(tenants=(tenant.tenant,), concurrency=concurrency, wait_for_others=False, worker=me)
        done = await house.dispatch()(request, stop)
        if done.fenced:
            _LOG.warning("nothing leaves: the database is %s; see `relance fence show`", done.fenced)


async def _fetch_turn(house: House, stop: asyncio.Event, decided: dict[TenantId, date]) -> None:
    """What came in has its tenant's day decided again."""
    for tenant in await asyncio.to_thread(house.directory().all):
        if stop.is_set():
            return
        fetched = await asyncio.to_thread(house.fetch_due_sources(), tenant.tenant)
        for error in fetched.broken:
            _LOG.error("a source of %s broke", tenant.code, exc_info=error)
        if any(run.imports for run in fetched.runs):
            decided.pop(tenant.tenant, None)
        copies = CopiesToFetch(actor=Actor(tenant=tenant.tenant, user=None, name="worker"))
        await asyncio.to_thread(house.fetch_copies(), copies)


async def _read_returned(house: House) -> None:
    if house.environment().mailbox:
        await asyncio.to_thread(house.read_bounces())


def _decide_once(house: House, tenant: Tenant, decided: dict[TenantId, date]) -> None:
    """The day is decided when its date begins, once a worker's life; deciding again would change nothing (D10)."""
    today = house.clock().today(tenant.timezone)
    if decided.get(tenant.tenant) == today:
        return
    house.run_day()(NewDay(actor=Actor(tenant=tenant.tenant, user=None, name="worker")))
    decided[tenant.tenant] = today

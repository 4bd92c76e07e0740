"""One tenant's messages of one kind: claims into a queue, a few connections that empty it, one journal."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import msgspec

from relance.core.collection.actions import Action
from relance.core.collection.sending import AGAIN
from relance.core.kernel.errors import RelanceError
from relance.core.kernel.identifiers import ActionId
from relance.core.ledger.items import Item
from relance.ports.channels import Channel, Message, Outcome
from relance.ports.failpoints import failpoint
from relance.ports.store.delivery import Locked
from relance.usecases.collection import preparing
from relance.usecases.collection.clearing import GO, WAIT, Clearance, Clearing, Ready
from relance.usecases.collection.desk import Desk
from relance.usecases.collection.enclosing import complete, kept_of
from relance.usecases.collection.journal import Journal
from relance.usecases.collection.settling import WITHDRAWN, Arrival, gone, settle
from relance.usecases.collection.store_thread import StoreThread, Tools
from relance.usecases.collection.writing_ahead import WritingAhead

_WAITING = 64
"""Messages that are ready to go."""
_GRACE_SECONDS = 60
_COMPOSED_ANEW = 3
_WITHDRAWN = Outcome(kind="retry-later", reason=WITHDRAWN)


class SendingRun:
    """A worker's pass over one tenant. All of its transactions run in one thread, one after the other."""

    def __init__(
        self,
        tools: Tools,
        store: StoreThread,
        me: str,
        kind: str,
        channel: Channel | None,
        ignore_windows: bool,
        concurrency: int,
    ) -> None:
        self._tools, self._store, self._me = tools, store, me
        self._kind, self._channel, self._ignore_windows = kind, channel, ignore_windows
        self._concurrency = concurrency or (channel.capabilities.concurrency if channel else 1)
        self._counts: Counter[str] = Counter()
        self._again, self._composed = 0, Counter[ActionId]()
        self._listed: dict[ActionId, tuple[Item, ...]] = {}
        self._leaving: dict[ActionId, Action] = {}
        self._journal = Journal(self._write, self._concurrency)

    async def begin(self, lives: Callable[[str], bool]) -> None:
        """Take over from the dead, confirm what became due, free what can go, hold what nothing can carry."""
        await self.others(lives)
        await self._store.at_desk(self._open)

    async def others(self, lives: Callable[[str], bool]) -> bool:
        """Whether another worker that lives still holds claims; those of dead ones are taken over."""

        def taken(desk: Desk) -> bool:
            unknown, others = preparing.take_over(desk, self._me, lives)
            self._count(unknown)
            return others

        return await self._store.at_desk(taken)

    async def renew(self, seconds: int) -> None:
        """Keep this worker's claims."""
        await self._store.at_desk(lambda desk: desk.unit.delivery.renew(self._me, seconds))

    async def send(self, stop: asyncio.Event) -> None:
        """Claim and carry until nothing can be claimed."""
        if self._channel is None or self._channel.ready() is not None or self._channel.capabilities.batched:
            return
        queue: asyncio.Queue[Ready | None] = asyncio.Queue(_WAITING)
        writing = asyncio.create_task(self._journal.run())
        filling = asyncio.create_task(self._fill(queue))
        halting = asyncio.create_task(self._halt(queue, filling, stop))
        carrying = [asyncio.create_task(self._carry_all(self._channel, queue)) for _ in range(self._concurrency)]
        try:
            await _done_or_trouble(carrying, [writing, filling], stop)
        finally:
            begun = [halting, filling, *carrying]
            for task in begun:
                task.cancel()
            await asyncio.gather(*begun, return_exceptions=True)
            if not writing.done():
                settled = asyncio.create_task(self._journal.settled())
                await _done_or_trouble([settled], [writing], asyncio.Event())
            writing.cancel()

    async def finish(self) -> Counter[str]:
        """Give back what was claimed and not begun, doubt what was begun and not answered, and count."""

        def ended(desk: Desk) -> int:
            lost = gone(desk, desk.unit.delivery.drop_claims(self._me), "stopped")
            preparing.keep(desk, lost)
            self._count(lost)
            return desk.unit.delivery.waiting(self._kind)

        self._counts["waiting"] = await self._store.at_desk(ended)
        return self._counts

    def _open(self, desk: Desk) -> None:
        preparing.promote(desk, self._kind)
        if self._channel is None or self._channel.ready() is not None:
            self._count(preparing.hold_all(desk, self._kind))
        else:
            preparing.free_held(desk, self._kind)

    async def _fill(self, queue: "asyncio.Queue[Ready | None]") -> None:
        """Keep the queue full. When nothing can be claimed, what is under way may still have to be composed anew."""
        ahead = WritingAhead(self._tools, self._store, self._me, self._kind, self._ignore_windows, self._concurrency)
        try:
            while not await self._store.run(self._tools.fence.trouble):
                step = await ahead.step()
                if step.ready:
                    await self._store.run(self._tools.fence.advance)
                if step.ready or step.moved:
                    failpoint("claim.committed")
                self._count(step.moved)
                for one in step.ready:
                    await queue.put(one)
                if not (step.ready or step.moved or step.coming) and not await self._more(queue):
                    break
        finally:
            ahead.stop()
        for _ in range(self._concurrency):
            await queue.put(None)

    async def _more(self, queue: "asyncio.Queue[Ready | None]") -> bool:
        """Whether anything that was under way has to be composed anew."""
        await queue.join()
        await self._journal.settled()
        again, self._again = self._again, 0
        return again > 0

    async def _halt(
        self, queue: "asyncio.Queue[Ready | None]", filling: "asyncio.Task[None]", stop: asyncio.Event
    ) -> None:
        """Asked to stop: what has not begun stays, what has begun is finished."""
        await stop.wait()
        filling.cancel()
        while not queue.empty():
            queue.get_nowait()
            queue.task_done()
        for _ in range(self._concurrency):
            await queue.put(None)

    async def _carry_all(self, channel: Channel, queue: "asyncio.Queue[Ready | None]") -> None:
        while (ready := await queue.get()) is not None:
            try:
                await self._carry(channel, ready)
            finally:
                queue.task_done()

    async def _carry(self, channel: Channel, ready: Ready) -> None:
        leaving = False

        async def about_to_send() -> bool:
            nonlocal leaving
            leaving = await self._journal.may_leave(ready)
            return leaving

        message = msgspec.structs.replace(ready.frozen.message, date=self._tools.clock.now())
        try:
            message = complete(self._tools.archive, self._store.tenant, message)
            outcome = await channel.carry(message, about_to_send)
        except RelanceError as refusal:
            outcome = Outcome(kind="refused", reason=refusal.code, reply=refusal.detail)
        except asyncio.CancelledError:
            self._journal.arrived(ready, _doubt("stopped") if leaving else _WITHDRAWN)
            raise
        except Exception as broken:  # a channel's own fault: nobody can tell whether the message left
            words = f"{type(broken).__name__}: {broken}"
            outcome = _doubt("channel-broke", words) if leaving else Outcome(kind="retry-later", reply=words)
        self._journal.arrived(ready, _slim(outcome, message, ready.frozen.content_hash))

    async def _write(self, arrivals: Sequence[Arrival], departures: Sequence[Ready]) -> frozenset[ActionId]:
        """One commit: answers first, then who may leave."""
        moved, sending = await self._store.at_desk(lambda desk: self._settle_and_clear(desk, arrivals, departures))
        self._count(moved)
        for one in arrivals:
            self._listed.pop(one.ready.action.action, None)
            self._leaving.pop(one.ready.action.action, None)
        self._leaving.update((one.action, msgspec.structs.replace(one, fence=one.fence + 1)) for one in sending)
        if sending:
            failpoint("sending.committed")
        if any(action.state == "sent" for action in moved):
            failpoint("sent.committed")
        return frozenset(action.action for action in sending)

    def _settle_and_clear(
        self, desk: Desk, arrivals: Sequence[Arrival], departures: Sequence[Ready]
    ) -> tuple[list[Action], list[Action]]:
        """What is at an end, for now, and what may leave."""
        if departures:
            desk.unit.delivery.stand_still()
        ids = [one.ready.action.action for one in arrivals] + [one.action.action for one in departures]
        known = {one.action.action: one.action for one in departures} | self._leaving
        rows = desk.unit.delivery.locked(ids, self._me, known)
        concerned = [(self._with_items(one), row.action) for one in arrivals if (row := _concerned(one, rows))]
        settled = settle(desk, concerned)
        cleared = Clearing(desk, self._ignore_windows).clear(
            [(one, rows[one.action.action].action) for one in departures if _unmoved(one, rows)]
        )
        going = [one.action for one in cleared.values() if one.deed == GO]
        kept_back = [one.action for one in cleared.values() if one.deed not in {GO, WAIT, AGAIN.deed}]
        sending = [msgspec.structs.replace(action, state="sending", reason="") for action in going]
        self._listed.update((one, cleared[one].items) for one in cleared if cleared[one].deed == GO)
        desk.unit.delivery.move(settled + sending)
        desk.unit.delivery.save(kept_back)
        moved = settled + kept_back + sending
        if moved:
            preparing.tell(desk, moved)
        self._free(desk, departures, cleared)
        return settled + kept_back, sending

    def _with_items(self, arrival: Arrival) -> Arrival:
        return msgspec.structs.replace(arrival, listed=self._listed.get(arrival.ready.action.action, ()))

    def _free(self, desk: Desk, departures: Sequence[Ready], cleared: dict[ActionId, Clearance]) -> None:
        """Claims of those that stay are over; what has to be composed anew is claimed again, twice at most."""
        stay = [one.action.action for one in departures if not _goes(one.action.action, cleared)]
        anew = [one for one in stay if one in cleared and cleared[one].deed == AGAIN.deed]
        self._composed.update(anew)
        self._again += sum(self._composed[one] < _COMPOSED_ANEW for one in anew)
        free = [one for one in stay if self._composed[one] < _COMPOSED_ANEW]
        if free:
            desk.unit.delivery.release(self._me, free)

    def _count(self, moved: Iterable[Action]) -> None:
        self._counts.update(action.state.replace("-", "_") for action in moved)


def _slim(outcome: Outcome, message: Message, content_hash: str) -> Outcome:
    """Words and documents are not kept again with what was handed over."""
    kept = kept_of(outcome.raw, message, content_hash)
    return outcome if kept is outcome.raw else msgspec.structs.replace(outcome, raw=kept)


def _doubt(reason: str, words: str = "") -> Outcome:
    return Outcome(kind="unknown", reason=reason, reply=words)


def _concerned(arrival: Arrival, rows: dict[ActionId, Locked]) -> Locked | None:
    """The row that an answer still concerns: ours and of the same generation, or in doubt while proof arrives."""
    row = rows.get(arrival.ready.action.action)
    if row is None or row.action.generation != arrival.ready.action.generation:
        return None
    if row.mine and row.action.state == "confirmed":
        return None if arrival.outcome.reason == WITHDRAWN else row
    if row.mine and row.action.state == "sending":
        return row
    proof = row.action.state == "unknown" and arrival.outcome.kind == "accepted"
    return row if proof else None


def _unmoved(ready: Ready, rows: dict[ActionId, Locked]) -> bool:
    """Still claimed by us, and nobody has changed it since: the fence is the same (T18)."""
    row = rows.get(ready.action.action)
    return row is not None and row.mine and row.action.state == "confirmed" and row.action.fence == ready.action.fence


def _goes(action: ActionId, cleared: dict[ActionId, Clearance]) -> bool:
    return action in cleared and cleared[action].deed == GO


async def _done_or_trouble(
    tasks: "list[asyncio.Task[None]]", watched: "list[asyncio.Task[None]]", stop: asyncio.Event
) -> None:
    """Wait for all tasks; raise the first error of any, the watched ones' too. After `stop` they have a minute."""
    stopping = asyncio.create_task(stop.wait())
    try:
        while left := {task for task in tasks if not task.done()}:
            others = {task for task in (*watched, stopping) if not task.done()}
            limit = _GRACE_SECONDS if stopping.done() else None
            finished, _ = await asyncio.wait(left | others, timeout=limit, return_when=asyncio.FIRST_COMPLETED)
            if not finished:
                return
            for task in finished:
                if not task.cancelled():
                    task.result()
    finally:
        stopping.cancel()

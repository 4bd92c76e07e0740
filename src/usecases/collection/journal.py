"""One writer for many connections: what arrives and what wants to leave is committed together, in order."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

import msgspec

from relance.core.kernel.identifiers import ActionId
from relance.ports.channels import Outcome
from relance.usecases.collection.clearing import Ready
from relance.usecases.collection.settling import Arrival

_PATIENCE = (1, 2, 5, 10, 20)
"""Seconds between tries to write an answer down: a message that has left must not be forgotten."""
_MOMENT = timedelta(milliseconds=1).total_seconds()
_MOMENTS, _QUIET = 16, 4
"""How many moments a commit waits for others at most, and how many in which nobody joins in."""


class _Departure(msgspec.Struct, frozen=True, eq=False):
    ready: Ready
    cleared: "asyncio.Future[bool]"


class Journal:
    """Gathers what several connections want written while the commit before is under way."""

    def __init__(
        self,
        write: Callable[[Sequence[Arrival], Sequence[Ready]], Awaitable[frozenset[ActionId]]],
        connections: int,
    ) -> None:
        self._write, self._enough = write, max(1, connections // 2)
        self._arrivals: list[Arrival] = []
        self._departures: list[_Departure] = []
        self._something, self._quiet = asyncio.Event(), asyncio.Event()
        self._quiet.set()

    async def may_leave(self, ready: Ready) -> bool:
        """Ask to leave; True once `sending` is committed."""
        departure = _Departure(ready, asyncio.get_running_loop().create_future())
        self._departures.append(departure)
        self._wake()
        return await departure.cleared

    def arrived(self, ready: Ready, outcome: Outcome) -> None:
        """Hand in an answer; it is committed before the same connection's next departure."""
        self._arrivals.append(Arrival(ready, outcome))
        self._wake()

    async def settled(self) -> None:
        """Wait until everything handed in is committed."""
        await self._quiet.wait()

    async def run(self) -> None:
        """Write until cancelled; raises what the database raises when it stays away."""
        while True:
            await self._something.wait()
            await self._gathered()
            self._something.clear()
            arrivals, self._arrivals = self._arrivals, []
            departures, self._departures = self._departures, []
            await self._commit(arrivals, departures)
            if not self._arrivals and not self._departures:
                self._quiet.set()

    async def _gathered(self) -> None:
        """Give the other connections a moment to join in: a commit costs the same for one as for all."""
        waited, quiet = 0, 0
        while waited < _MOMENTS and quiet < _QUIET and len(self._departures) < self._enough:
            before = len(self._arrivals) + len(self._departures)
            await asyncio.sleep(_MOMENT)
            waited += 1
            quiet = 0 if len(self._arrivals) + len(self._departures) > before else quiet + 1

    async def _commit(self, arrivals: list[Arrival], departures: list[_Departure]) -> None:
        try:
            going = await self._write(arrivals, [one.ready for one in departures])
        except Exception:  # whatever the database says: nothing leaves unrecorded, and answers are tried again
            for one in departures:
                one.cleared.set_result(False)
            if arrivals:
                await self._insist(arrivals)
            return
        for one in departures:
            if not one.cleared.done():
                one.cleared.set_result(one.ready.action.action in going)

    async def _insist(self, arrivals: list[Arrival]) -> None:
        for seconds in _PATIENCE:
            await asyncio.sleep(seconds)
            try:
                await self._write(arrivals, [])
                return
            except Exception:  # noqa: S112 - the last try below lets the trouble out
                continue
        await self._write(arrivals, [])

    def _wake(self) -> None:
        self._quiet.clear()
        self._something.set()

"""Tenants' messages leave beside each other (matrix row 8)."""

import asyncio
from collections.abc import Callable
from typing import Any

import msgspec

from relance.core.kernel.identifiers import TenantId
from relance.core.tenancy.tenants import Tenant
from relance.main.sending import Sending
from relance.usecases.collection.dispatch import Dispatched, DispatchRequest
from tests.conftest import acme


class TwoTenants:
    """A house in which the first tenant's relay takes its time, or breaks."""

    def __init__(self, slow: Callable[[], Any]) -> None:
        self.passes: list[int] = []
        self._slow = slow

    def directory(self) -> "TwoTenants":
        return self

    def all(self) -> list[Tenant]:
        return [msgspec.structs.replace(acme(f"t{n}"), tenant=TenantId(n)) for n in (1, 2)]

    def dispatch(self) -> Callable[[DispatchRequest, asyncio.Event], Any]:
        return self._dispatched

    async def _dispatched(self, request: DispatchRequest, _stop: asyncio.Event) -> Dispatched:
        [tenant] = request.tenants
        self.passes.append(tenant)
        if tenant == 1:
            await self._slow()
        return Dispatched()


async def _turns(house: TwoTenants, count: int, told: list[str], answered: asyncio.Event) -> None:
    sending = Sending(house, asyncio.Event(), 0, "me", lambda: told.append("failed"))  # type: ignore[arg-type] # a stand-in
    for _ in range(count):
        await sending.turn()
        await asyncio.sleep(0.01)
    answered.set()
    await sending.settled()


def test_a_tenant_whose_relay_is_slow_keeps_no_other_waiting() -> None:
    async def run() -> list[int]:
        answered = asyncio.Event()
        house = TwoTenants(answered.wait)
        await _turns(house, 3, [], answered)
        return house.passes

    assert sorted(asyncio.run(run())) == [1, 2, 2, 2]


def test_a_pass_that_breaks_is_tried_again_soon_and_the_others_go_on() -> None:
    async def breaks() -> None:
        raise RuntimeError("the database went away")

    async def run() -> tuple[list[int], list[str]]:
        told: list[str] = []
        house = TwoTenants(breaks)
        await _turns(house, 2, told, asyncio.Event())
        return house.passes, told

    assert asyncio.run(run()) == ([1, 2, 1, 2], ["failed", "failed"])

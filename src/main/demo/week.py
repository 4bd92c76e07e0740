"""One working day of the demo's past: decide, confirm, send."""

import asyncio
import random

from relance.core.tenancy.users import Actor
from relance.main.container import House
from relance.usecases.collection.confirm_actions import Confirmation
from relance.usecases.collection.dispatch import DispatchRequest
from relance.usecases.collection.run_day import NewDay


class Week:
    """What the collectors did on that day, through the same verbs as today."""

    def __init__(self, house: House, actor: Actor, chance: random.Random) -> None:
        self._house, self._actor, self._chance = house, actor, chance

    def work(self) -> None:
        """A day with everything."""
        self.decide()
        self._house.confirm_actions()(Confirmation(actor=self._actor))
        asyncio.run(self._house.dispatch()(DispatchRequest(tenants=(self._actor.tenant,))))

    def decide(self) -> None:
        """The day's actions, as the worker decides them each night."""
        self._house.run_day()(NewDay(actor=self._actor))

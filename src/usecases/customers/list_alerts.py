"""List the alerts that mark accounts."""

import msgspec

from relance.core.customers.saved_searches import SavedSearch
from relance.core.tenancy.users import Actor, require_right
from relance.ports.clock import Clock
from relance.ports.store.customer_file import CustomerQuestion
from relance.ports.work import Work


class AlertListed(msgspec.Struct, frozen=True, kw_only=True):
    """An alert, and how many customers raise it that this viewer may see."""

    alert: SavedSearch
    customers: int


class ListAlerts:
    """Each with a live count, also those that nobody raises."""

    def __init__(self, work: Work, clock: Clock) -> None:
        self._work, self._clock = work, clock

    def __call__(self, actor: Actor) -> list[AlertListed]:
        """In the order in which they were made; raises NotAllowed."""
        require_right(actor, "see")
        own = actor.user if actor.own_only else None
        with self._work.reading(actor.tenant) as unit:
            today = self._clock.today(unit.tenancy.tenant().timezone)
            return [
                AlertListed(
                    alert=alert,
                    customers=unit.customer_file.count(CustomerQuestion(today=today, criteria=alert.search, own=own)),
                )
                for alert in unit.saved_searches.alerts()
            ]

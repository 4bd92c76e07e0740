"""Show what is missing on accounts: a collector, a collection contact, a scenario."""

import msgspec

from relance.core.customers.alerts import ALERT_TEXTS, ALERTS, Alert, alert_search
from relance.core.tenancy.users import Actor, require_right
from relance.ports.clock import Clock
from relance.ports.store.customer_file import CustomerQuestion
from relance.ports.work import Work


class AlertRaised(msgspec.Struct, frozen=True, kw_only=True):
    """How many accounts it concerns that this viewer may see; `where` finds them, in the search language."""

    alert: Alert
    customers: int
    where: str


class ShowAlerts:
    """The alerts of accounts that have something open (S1.10, S2.7); what concerns nobody is left out."""

    def __init__(self, work: Work, clock: Clock) -> None:
        self._work, self._clock = work, clock

    def __call__(self, actor: Actor) -> list[AlertRaised]:
        """By urgency; raises NotAllowed."""
        require_right(actor, "see")
        own = actor.user if actor.own_only else None
        with self._work.reading(actor.tenant) as unit:
            today = self._clock.today(unit.tenancy.tenant().timezone)
            raised = [
                AlertRaised(
                    alert=alert,
                    customers=unit.customer_file.count(
                        CustomerQuestion(today=today, criteria=alert_search(alert), own=own)
                    ),
                    where=ALERT_TEXTS[alert],
                )
                for alert in ALERTS
            ]
        return [one for one in raised if one.customers]

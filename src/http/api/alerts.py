"""What is missing on accounts."""

from typing import Any

import msgspec
from litestar import Request
from litestar.di import NamedDependency

from relance.http.api.access import caller_of, reading
from relance.usecases.customers.show_alerts import AlertRaised, ShowAlerts


class AlertsAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Alerts that concern at least one account; `where` asks for these accounts at `/customers`."""

    rows: list[AlertRaised]


@reading("/alerts", summary="Accounts without a collector, a collection contact or a scenario")
def alerts(request: Request[Any, Any, Any], show_alerts: NamedDependency[ShowAlerts]) -> AlertsAnswer:
    """The alerts by urgency."""
    return AlertsAnswer(rows=show_alerts(caller_of(request).actor))


HANDLERS = [alerts]

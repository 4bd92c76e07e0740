"""Accounts that somebody must look at, each a search like any other (S1.14, S2.7, S3.14, A1)."""

from typing import Literal, get_args

from relance.core.customers.search import Search
from relance.core.customers.search_language import parse

Alert = Literal["no-collector", "no-collection-contact", "no-scenario"]
ALERTS: tuple[Alert, ...] = get_args(Alert)
ALERT_TEXTS: dict[Alert, str] = {
    "no-collector": "balance != 0 and collector is empty",
    "no-collection-contact": "overdue > 0 and collection-contact is empty",
    "no-scenario": "balance != 0 and scenario is empty",
}
"""In the search language. A balance of either sign in any currency counts, one of zero raises nothing (S2.10)."""


def alert_search(alert: Alert) -> Search:
    """Which accounts the alert speaks of."""
    return parse(ALERT_TEXTS[alert])

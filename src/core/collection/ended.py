"""Invoices at the end of their cycle: they lead no more, and wait for a person to qualify them (D7, S3.18)."""

from collections.abc import Iterable

from relance.core.collection.accounts import Account
from relance.core.collection.cycles import ended_from
from relance.core.collection.holding import collectable
from relance.core.collection.rules import DayRules
from relance.core.collection.scenarios import Scenario
from relance.core.ledger.items import MEMO_TYPES, Item


def ended_invoices(account: Account, items: Iterable[Item], scenario: Scenario | None, on: DayRules) -> list[Item]:
    """The collectable invoices that have had the last step, the oldest first.

    `on` are the day's rules with the scenario's own thresholds. None where the account is stopped, paused or has
    nothing to run, and none in a currency in which it owes nothing. A last step that the account does not match today
    is not passed over here: it may come yet.
    """
    resting = account.collection_stop or (account.paused_until is not None and on.today <= account.paused_until)
    if resting or scenario is None or not scenario.steps:
        return []
    items = list(items)
    end = ended_from(scenario)
    past = (item for item in collectable(items, on) if item.type == "invoice" and item.step_done >= end)
    return [item for item in past if _owed(items, item.currency) > 0]


def _owed(items: Iterable[Item], currency: str) -> int:
    return sum(item.open_amount for item in items if item.currency == currency and item.type not in MEMO_TYPES)

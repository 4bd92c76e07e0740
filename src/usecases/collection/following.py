"""Accounts that another scenario chases from now on: steps carried over, proposals replaced (B4)."""

from collections.abc import Sequence

from relance.ports.store.collection import ScenarioChange
from relance.ports.work import Unit
from relance.usecases.collection.replanning import Planner

FEW = 200
"""So many accounts get their new action at once; more get it with the next day, which decides them all together."""


def follow(unit: Unit, changes: Sequence[ScenarioChange], author: str, planner: Planner) -> int:
    """Withdraw what the old scenarios proposed, and return how much; the verb holds the day's lock."""
    changes = [change for change in changes if change.before != change.after]
    if not changes:
        return 0
    withdrawn = unit.collection.change_scenarios(changes)
    rows = [(f"action:{action}", {"reason": "scenario-changed"}) for action, _ in withdrawn]
    unit.audit.record_many(author, "action-cancelled", rows)
    if len(changes) <= FEW:
        planner.replan({change.customer for change in changes}, author)
    return len(withdrawn)

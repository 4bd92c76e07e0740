"""What an import changes beyond its rows, in its transaction: proposals of other scenarios, rules for who is new."""

from collections.abc import Sequence

from relance.ports.assigners import Assigner
from relance.ports.calendars import Calendars
from relance.ports.store.intake import Applying, Difference
from relance.ports.work import Unit
from relance.usecases.collection.following import follow
from relance.usecases.collection.replanning import Planner
from relance.usecases.customers.assigning import Assigning

_FEW = 200
"""So many accounts are decided again within an import; more wait for the day, or the import would."""


class Aftermath:
    """Scenarios and assignments that follow from what was written."""

    def __init__(self, calendars: Calendars, key: bytes, assigners: Sequence[Assigner]) -> None:
        self._calendars, self._key, self._assigners = calendars, key, assigners

    def follow(self, unit: Unit, difference: Difference, applying: Applying) -> None:
        """What the old scenarios proposed goes at once; a few accounts get their new action now, many with the day."""
        if not difference.moved:
            return
        withdrawn = unit.collection.change_scenarios(difference.moved)
        rows = [(f"action:{action}", {"reason": "scenario-changed"}) for action, _ in withdrawn]
        unit.audit.record_many(applying.author, "action-cancelled", rows)
        if withdrawn and len(withdrawn) <= _FEW:
            planner = Planner(unit, applying.today, self._calendars, self._key)
            planner.replan({customer for _, customer in withdrawn}, applying.author)

    def assign(self, unit: Unit, applying: Applying) -> None:
        """The tenant's tasks look at what the file has brought (A2, B15); who has none waits for nothing."""
        tasks = unit.assignment.tasks()
        if not tasks:
            return
        if any(task.attribute == "scenario" for task in tasks):
            unit.day.lock()
        assigning = Assigning(unit, self._assigners, applying.today, applying.at)
        moved = assigning.write(assigning.decide())
        follow(unit, moved, applying.author, Planner(unit, applying.today, self._calendars, self._key))

"""Show how customers get their collector, scenario, groups and colleagues."""

import msgspec

from relance.core.customers.assignment import Task
from relance.core.customers.saved_searches import SavedSearch
from relance.core.tenancy.users import Actor, User, require_right
from relance.ports.clock import Clock
from relance.ports.store.customer_file import CustomerQuestion
from relance.ports.work import Work


class TaskShown(msgspec.Struct, frozen=True, kw_only=True):
    """A task, and how many customers its search finds now."""

    task: Task
    found: int


class AssignmentShown(msgspec.Struct, frozen=True, kw_only=True):
    """All tasks, what they may give, and what those get whom no task serves (S2.12)."""

    tasks: list[TaskShown]
    users: list[User]
    scenarios: dict[str, dict[str, str]]
    """Code to its names by language."""
    groups: list[str]
    searches: list[SavedSearch]
    """Which a task may follow."""
    collector: str
    scenario: str


class ShowAssignment:
    """Everything that the screen of Search & Assign needs, at one moment."""

    def __init__(self, work: Work, clock: Clock) -> None:
        self._work, self._clock = work, clock

    def __call__(self, actor: Actor) -> AssignmentShown:
        """The tasks in the order in which they run; raises NotAllowed."""
        require_right(actor, "assign")
        own = actor.user if actor.own_only else None
        with self._work.reading(actor.tenant) as unit:
            today, settings = self._clock.today(unit.tenancy.tenant().timezone), unit.tenancy.settings()
            return AssignmentShown(
                tasks=[
                    TaskShown(
                        task=task,
                        found=unit.customer_file.count(CustomerQuestion(today=today, criteria=task.search, own=own)),
                    )
                    for task in unit.assignment.tasks()
                ],
                users=unit.tenancy.users(),
                scenarios={known.code: known.name for known in unit.collection.scenarios()},
                groups=[group.name for group in unit.groups.all()],
                searches=[
                    saved
                    for saved in unit.saved_searches.visible(actor.user)
                    if saved.shared and saved.target == "customers"
                ],
                collector=settings.text("collector"),
                scenario=settings.text("scenario"),
            )

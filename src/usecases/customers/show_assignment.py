"""Show how customers get their collector, scenario, groups and colleagues."""

from collections.abc import Sequence

import msgspec

from relance.core.customers.assignment import Task
from relance.core.customers.saved_searches import SavedSearch
from relance.core.tenancy.users import Actor, User, require_right
from relance.ports.assigners import Assigner
from relance.ports.clock import Clock
from relance.ports.store.customer_file import CustomerQuestion
from relance.ports.work import Unit, Work
from relance.usecases.customers.asking import Asking
from relance.usecases.customers.list_assigners import AssignerShown, assigners_of


class TaskShown(msgspec.Struct, frozen=True, kw_only=True):
    """A task, how many customers its search finds now, and what keeps it from its work."""

    task: Task
    found: int
    problems: list[str]


class AssignmentShown(msgspec.Struct, frozen=True, kw_only=True):
    """All tasks, what they may give, and what those get whom no task serves (S2.12)."""

    tasks: list[TaskShown]
    users: list[User]
    scenarios: dict[str, dict[str, str]]
    """Code to its names by language."""
    groups: list[str]
    searches: list[SavedSearch]
    """Which a task may follow."""
    assigners: list[AssignerShown]
    collector: str
    scenario: str
    problems: list[str]
    """What keeps the default from being given."""


class ShowAssignment:
    """Everything that the screen of Search & Assign needs, at one moment."""

    def __init__(self, work: Work, clock: Clock, assigners: Sequence[Assigner] = ()) -> None:
        self._work, self._clock, self._assigners = work, clock, assigners

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
                        problems=Asking(unit, task.attribute, self._assigners).troubles(task),
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
                assigners=assigners_of(self._assigners),
                problems=_default_troubles(unit, settings.text("collector")),
                collector=settings.text("collector"),
                scenario=settings.text("scenario"),
            )


def _default_troubles(unit: Unit, collector: str) -> list[str]:
    """A default collector who cannot sign in any more collects nothing (A1)."""
    known = unit.tenancy.user_by_email(collector) if collector else None
    return [] if not collector or (known and known.active) else [f"no active user is called {collector}"]

"""Search & Assign: ordered tasks that give customers their collector, scenario, groups and colleagues (B15, A2, A5)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, get_args

import msgspec

from relance.core.customers.search import Search, checked
from relance.core.customers.search_language import written
from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import CustomerId

Attribute = Literal["collector", "colleague", "group", "scenario"]
ATTRIBUTES: tuple[Attribute, ...] = get_args(Attribute)
SINGLE: frozenset[Attribute] = frozenset(("collector", "scenario"))
"""Attributes of which a customer has one value; of the others it may have several."""
BY_RULE, KEPT = "rule", "chosen-by-a-person"


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """Give `value` (an address, a group's name, a scenario's code) to the customers that a search finds.

    Tasks of one attribute run by `position`. `new_only`: only customers that came after `seen`, the number of the last
    one at the task's last run (A2). `remove`: what this task gave goes when the search finds the customer no more
    (A12); only for groups and colleagues. `saved`: the number of the saved search that the task follows, and its name;
    `search` is then what that one asks now.
    """

    task: int
    position: int
    attribute: Attribute
    value: str
    search: Search
    new_only: bool = True
    remove: bool = False
    seen: int = 0
    saved: int | None = None
    saved_name: str = ""

    @property
    def author(self) -> str:
        """The name that stands as author beside the values that the task gave."""
        return f"task {self.task}"


class Current(msgspec.Struct, frozen=True):
    """The value that a customer has, and where it comes from (A5); empty origin: nobody ever said."""

    value: str = ""
    origin: str = ""
    author: str = ""


class Assignment(msgspec.Struct, frozen=True, kw_only=True):
    """One value for one customer. `before` is what it replaces; `reason` a public code."""

    attribute: Attribute
    customer: CustomerId
    value: str
    task: int
    reason: str = BY_RULE
    before: str = ""


class Given(msgspec.Struct):
    """What a run comes to: values given, values taken away again, and those that a person's choice kept out."""

    assigned: list[Assignment] = msgspec.field(default_factory=list)
    removed: list[Assignment] = msgspec.field(default_factory=list)
    kept: list[Assignment] = msgspec.field(default_factory=list)


def checked_task(task: Task) -> Task:
    """The same task; raises BadInput for what no task can be."""
    if task.attribute not in ATTRIBUTES:
        raise BadInput(f"attribute: one of {', '.join(ATTRIBUTES)}, not {task.attribute!r}")
    if not task.value.strip():
        raise BadInput(f"value: say which {task.attribute}")
    if task.remove and task.attribute in SINGLE:
        raise BadInput(f"a {task.attribute} is replaced and never removed: only groups and colleagues are")
    checked(task.search)
    return task


def words_of(task: Task) -> str:
    """The task in one line: `collector = ann@acme.example where country = FR`."""
    where = f"saved search {task.saved_name}" if task.saved else written(task.search)
    return f"{task.attribute} = {task.value}" + (f" where {where}" if where else "")


def single(
    found: Iterable[tuple[Task, Sequence[CustomerId]]],
    current: Mapping[CustomerId, Current],
    override: bool = False,
) -> Given:
    """The values of an attribute of which there is one: the first task that finds a customer wins (B15).

    A person's choice is kept unless the tenant lets rules `override` it (A5); so is what an earlier task gave before,
    which looks at new customers only.
    """
    given, taken = Given(), set[CustomerId]()
    ranks: dict[str, int] = {}
    for task, customers in found:
        ranks[task.author] = len(ranks)
        for customer in customers:
            if customer not in taken:
                taken.add(customer)
                _give(given, task, customer, current.get(customer, Current()), ranks, override)
    return given


def several(
    task: Task,
    customers: Sequence[CustomerId],
    live: Mapping[CustomerId, Current],
    ended: frozenset[CustomerId],
) -> Given:
    """The links of one task to one group or colleague: it only adds, unless it is to remove what it gave (A12).

    `live` are the customers that are linked now; `ended` those whose link a person ended: it is not begun again.
    """
    given, found = Given(), set(customers)
    for customer in customers:
        if customer in live:
            continue
        wanted = _assignment(task, customer, "")
        (given.kept if customer in ended else given.assigned).append(wanted)
    if task.remove and not task.new_only:
        own = [customer for customer, link in live.items() if link.author == task.author and link.origin == BY_RULE]
        given.removed += [_assignment(task, customer, task.value) for customer in own if customer not in found]
    return given


def _give(
    given: Given, task: Task, customer: CustomerId, current: Current, ranks: Mapping[str, int], override: bool
) -> None:
    if current.value == task.value:
        return
    if current.origin == BY_RULE and current.author != task.author and current.author in ranks:
        return
    kept = current.origin == "person" and not override
    (given.kept if kept else given.assigned).append(_assignment(task, customer, current.value))


def _assignment(task: Task, customer: CustomerId, before: str) -> Assignment:
    return Assignment(attribute=task.attribute, customer=customer, value=task.value, task=task.task, before=before)

"""Search & Assign: ordered tasks that give customers their collector, scenario, groups and colleagues (B15, A2, A5)."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, Protocol, get_args

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
LONGEST_GROUP = 100


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """Give `value` (an address, a group's name, a scenario's code) to the customers that a search finds.

    Tasks of one attribute run by `position`. `new_only`: only customers that came after `seen`, the number of the last
    one at the task's last run (A2). `remove`: what this task gave goes when the search finds the customer no more
    (A12); only for groups and colleagues. `saved`: the number of the saved search that the task follows, and its name;
    `search` is then what that one asks now. Where the task names an `assigner` instead of a value, that plugin says
    with these `settings` what each customer gets; `last` is what it gave last.
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
    assigner: str = ""
    settings: dict[str, Any] = {}
    last: str = ""

    @property
    def author(self) -> str:
        """The name that stands as author beside the values that the task gave."""
        return f"task {self.task}, {self.assigner}" if self.assigner else f"task {self.task}"


class Wish(msgspec.Struct, frozen=True):
    """What a task would give one customer, and why: a public code, and details in plain data."""

    value: str
    reason: str = BY_RULE
    detail: str = ""


class Ask(Protocol):
    """Asks a task what it gives. With `trial` nothing comes of the answer: a person has chosen for these customers."""

    def __call__(self, task: Task, customers: Sequence[CustomerId], *, trial: bool) -> Mapping[CustomerId, Wish]:
        """A wish for each customer of whom the task has something to say."""
        ...


class Current(msgspec.Struct, frozen=True):
    """The value that a customer has, and where it comes from (A5); empty origin: nobody ever said."""

    value: str = ""
    origin: str = ""
    author: str = ""


class Assignment(msgspec.Struct, frozen=True, kw_only=True):
    """One value for one customer. `before` is what it replaces; `reason` a public code, `detail` data about it."""

    attribute: Attribute
    customer: CustomerId
    value: str
    task: int
    reason: str = BY_RULE
    detail: str = ""
    before: str = ""


class Given(msgspec.Struct):
    """What a run comes to: values given, values taken away again, and those that a person's choice kept out.

    `passed`: how many customers a task found whom an earlier one serves, by task.
    """

    assigned: list[Assignment] = msgspec.field(default_factory=list)
    removed: list[Assignment] = msgspec.field(default_factory=list)
    kept: list[Assignment] = msgspec.field(default_factory=list)
    passed: dict[int, int] = msgspec.field(default_factory=dict)
    problems: list["Problem"] = msgspec.field(default_factory=list)


class Problem(msgspec.Struct, frozen=True):
    """A task that could not do its work, wholly or in part, and why; the others ran. Task 0: the default."""

    task: int
    words: str


def checked_task(task: Task) -> Task:
    """The same task; raises BadInput for what no task can be."""
    if task.attribute not in ATTRIBUTES:
        raise BadInput(f"attribute: one of {', '.join(ATTRIBUTES)}, not {task.attribute!r}")
    if task.assigner and task.value:
        raise BadInput("value: either a value for all, or an assigner that finds one for each customer")
    if not task.assigner and not task.value.strip():
        raise BadInput(f"value: say which {task.attribute}")
    if task.remove and task.attribute in SINGLE:
        raise BadInput(f"a {task.attribute} is replaced and never removed: only groups and colleagues are")
    checked(task.search)
    return task


def words_of(task: Task) -> str:
    """The task in one line: `collector = ann@acme.example where country = FR`."""
    where = f"saved search {task.saved_name}" if task.saved else written(task.search)
    return gift_of(task) + (f" where {where}" if where else "")


def gift_of(task: Task) -> str:
    """What the task gives, in one line."""
    return f"{task.attribute} by {task.assigner}" if task.assigner else f"{task.attribute} = {task.value}"


class Author(msgspec.Struct, frozen=True):
    """Who stands beside a value that a rule gave: the task's number, and what its assigner said."""

    task: int
    assigner: str = ""
    detail: str = ""


def author_of(by: str) -> Author | None:
    """A task's part in `task 3, collector-by-rule: country = FR`; None where no task is the author."""
    found = re.fullmatch(r"task (\d{1,9})(?:, ([a-z0-9-]+)(?:: (.*))?)?", by, re.S)
    return Author(int(found[1]), found[2] or "", found[3] or "") if found else None


def fixed(task: Task, customers: Sequence[CustomerId], *, trial: bool) -> Mapping[CustomerId, Wish]:
    """What a task with a value of its own gives: the same to all."""
    return dict.fromkeys(customers, Wish(task.value))


def single(
    found: Iterable[tuple[Task, Sequence[CustomerId]]],
    current: Mapping[CustomerId, Current],
    override: bool = False,
    ask: Ask = fixed,
) -> Given:
    """The values of an attribute of which there is one: the first task that finds a customer wins (B15).

    A person's choice is kept unless the tenant lets rules `override` it (A5); so is what an earlier task gave before,
    which looks at new customers only. Whom an assigner has nothing for is left to the next task.
    """
    given, taken = Given(), set[CustomerId]()
    ranks = set[int]()
    for task, customers in found:
        free = [customer for customer in customers if customer not in taken]
        if len(free) < len(customers):
            given.passed[task.task] = len(customers) - len(free)
        theirs = {customer for customer in free if _others(current.get(customer), task, ranks)}
        chosen = [] if override else [one for one in free if one not in theirs and _chosen(current.get(one))]
        apart = theirs.union(chosen)
        open_ones = [customer for customer in free if customer not in apart]
        ranks.add(task.task)
        wishes = ask(task, open_ones, trial=False)
        given.assigned += _different(task, wishes, current)
        kept = ask(task, chosen, trial=True) if chosen else {}
        given.kept += _different(task, kept, current)
        taken.update(theirs, wishes, kept)
    return given


def several(
    task: Task,
    customers: Sequence[CustomerId] | Mapping[CustomerId, Wish],
    live: Mapping[CustomerId, Current],
    ended: frozenset[CustomerId],
) -> Given:
    """The links of one task to one group or colleague: it only adds, unless it is to remove what it gave (A12).

    `live` are the customers that are linked now; `ended` those whose link a person ended: it is not begun again.
    """
    given, found = Given(), set(customers)
    wishes = customers if isinstance(customers, Mapping) else {}
    for customer in customers:
        if customer in live:
            continue
        wanted = _assignment(task, customer, wishes.get(customer, Wish(task.value)), "")
        (given.kept if customer in ended else given.assigned).append(wanted)
    if task.remove and not task.new_only:
        own = [customer for customer, link in live.items() if link.origin == BY_RULE and _number(link) == task.task]
        gone = Wish(task.value)
        given.removed += [_assignment(task, customer, gone, task.value) for customer in own if customer not in found]
    return given


def _chosen(current: Current | None) -> bool:
    return current is not None and current.origin == "person"


def _others(current: Current | None, task: Task, ranks: set[int]) -> bool:
    """Whether an earlier task gave this customer what it has."""
    if current is None or current.origin != BY_RULE:
        return False
    number = _number(current)
    return number != task.task and number in ranks


def _number(current: Current) -> int:
    author = author_of(current.author)
    return author.task if author else 0


def _different(
    task: Task, wishes: Mapping[CustomerId, Wish], current: Mapping[CustomerId, Current]
) -> list[Assignment]:
    have = ((customer, wish, current.get(customer, Current()).value) for customer, wish in wishes.items())
    return [_assignment(task, customer, wish, old) for customer, wish, old in have if old.lower() != wish.value.lower()]


def _assignment(task: Task, customer: CustomerId, wish: Wish, before: str) -> Assignment:
    return Assignment(
        attribute=task.attribute,
        customer=customer,
        value=wish.value,
        task=task.task,
        reason=wish.reason,
        detail=wish.detail,
        before=before,
    )

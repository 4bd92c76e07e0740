"""Keep a search under a name."""

import msgspec

from relance.core.customers.assignment import gift_of
from relance.core.customers.saved_searches import SavedSearch, Target, checked_saved
from relance.core.customers.search import Search
from relance.core.kernel.errors import Conflict, NotAllowed
from relance.core.tenancy.users import Actor, may, require_right
from relance.ports.work import Unit, Work


class SearchToSave(msgspec.Struct, frozen=True, kw_only=True):
    """What to keep; `number` changes a known one, which only its owner may."""

    actor: Actor
    name: str
    search: Search
    target: Target = "customers"
    shared: bool = False
    columns: tuple[str, ...] = ()
    sort: str = ""
    number: int | None = None


class SaveSearch:
    """Private or shared; whoever runs it sees what they may see (T10)."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, request: SearchToSave) -> SavedSearch:
        """The search as it is kept; raises BadInput, Conflict for a name that is taken, NotFound, NotAllowed."""
        require_right(request.actor, "see")
        with self._work(request.actor.tenant) as unit:
            saved = checked_saved(_saved(unit, request))
            _check_tasks(unit, request.actor, saved)
            unit.saved_searches.save(saved)
            detail = {"name": saved.name, "shared": saved.shared}
            unit.audit.record(request.actor.name, "search-saved", f"search:{saved.number}", detail)
        return saved


def following(unit: Unit, number: int) -> str:
    """The tasks that follow a saved search, in words; empty without any."""
    return "; ".join(gift_of(task) for task in unit.assignment.tasks() if task.saved == number)


def _check_tasks(unit: Unit, actor: Actor, saved: SavedSearch) -> None:
    """Whom a task serves is the choice of those who set tasks, and what a task follows stays everybody's."""
    if not (tasks := following(unit, saved.number)):
        return
    if not may(actor, "settings"):
        raise NotAllowed("Search & Assign follows this search: an administrator changes it, or save another")
    if not saved.shared or saved.target != "customers":
        raise Conflict(f"Search & Assign follows this search: {tasks}; it stays shared, and of customers")


def _saved(unit: Unit, request: SearchToSave) -> SavedSearch:
    number = request.number
    if number is None:
        number = unit.tenancy.next_numbers("searches", 1)
    elif unit.saved_searches.one(number, request.actor.user).owner != request.actor.user:
        raise NotAllowed("only who saved this search may change it")
    return SavedSearch(
        number=number,
        name=request.name,
        target=request.target,
        search=request.search,
        owner=request.actor.user,
        shared=request.shared,
        columns=request.columns,
        sort=request.sort,
    )

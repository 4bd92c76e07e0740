"""Browse the customers."""

import msgspec

from relance.core.customers.search import EVERYTHING, Search, checked
from relance.core.kernel.identifiers import CustomerId, UserId
from relance.core.tenancy.users import Actor, User, require_right
from relance.ports.clock import Clock
from relance.ports.store.customer_file import CustomerLine, CustomerQuestion, CustomerSort, CustomerView
from relance.ports.work import Unit, Work

_MOST_WITH_GROUPS = 1_000
"""Longer pages are files and lists of programs: they show no groups."""


class CustomersWanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which customers in which order; `after` is the last line seen (sort value, code, currency)."""

    actor: Actor
    criteria: Search = EVERYTHING
    search: str = ""
    view: CustomerView = "all"
    collector: UserId | None = None
    sort: CustomerSort = "overdue"
    after: tuple[int | str, str, str] | None = None
    limit: int = 50


class CustomersFound(msgspec.Struct, frozen=True, kw_only=True):
    """One page, whether more follow, how many customers there are in all, and who collects in this tenant.

    `groups`: the groups of the page's customers, of those that are in any.
    """

    lines: list[CustomerLine]
    more: bool
    count: int
    collectors: list[User]
    groups: dict[CustomerId, tuple[str, ...]] = {}


class BrowseCustomers:
    """Who owes what, the most overdue first; counts and pages hold visible customers only (T9)."""

    def __init__(self, work: Work, clock: Clock) -> None:
        self._work, self._clock = work, clock

    def __call__(self, request: CustomersWanted) -> CustomersFound:
        """One page; raises NotAllowed, BadInput for criteria that cannot be asked."""
        require_right(request.actor, "see")
        with self._work.reading(request.actor.tenant) as unit:
            question = self._question(unit, request)
            lines = unit.customer_file.lines(question)
            count = unit.customer_file.count(question)
            collectors = unit.tenancy.users()
            shown = {line.customer for line in lines} if request.limit <= _MOST_WITH_GROUPS else set()
            groups = unit.assigned.groups_of(shown)
        return CustomersFound(
            lines=lines[: request.limit],
            more=len(lines) > request.limit,
            count=count,
            collectors=collectors,
            groups=groups,
        )

    def _question(self, unit: Unit, request: CustomersWanted) -> CustomerQuestion:
        return CustomerQuestion(
            today=self._clock.today(unit.tenancy.tenant().timezone),
            criteria=checked(request.criteria),
            search=request.search,
            view=request.view,
            collector=request.collector,
            sort=request.sort,
            after=request.after,
            limit=request.limit + 1,
            own=request.actor.user if request.actor.own_only else None,
        )

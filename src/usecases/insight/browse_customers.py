"""Browse the customers."""

from datetime import date

import msgspec

from relance.core.customers.columns import DEFAULT_COLUMNS, CustomerColumn, CustomerSort, checked_columns
from relance.core.customers.search import EVERYTHING, Search, checked
from relance.core.customers.squares import Square
from relance.core.kernel.identifiers import CustomerId, EntityId, UserId
from relance.core.tenancy.users import Actor, User, require_right
from relance.ports.clock import Clock
from relance.ports.store.customer_file import CustomerLine, CustomerQuestion, CustomerView
from relance.ports.work import Unit, Work


class CustomersWanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which customers in which order; `after` is the last line seen (place, code, currency, customer).

    `columns`: what the view shows; None: what this person chose.
    """

    actor: Actor
    criteria: Search = EVERYTHING
    search: str = ""
    view: CustomerView = "all"
    collector: UserId | None = None
    sort: CustomerSort = "overdue"
    turned: bool = False
    columns: tuple[CustomerColumn, ...] | None = None
    after: tuple[int | str, str, str, int] | None = None
    limit: int = 50


class CustomersFound(msgspec.Struct, frozen=True, kw_only=True):
    """One page, whether more follow, how many customers there are in all, and who collects in this tenant.

    `columns` are those to show. `groups`, `colleagues`: of the page's customers, where a column shows them.
    """

    lines: list[CustomerLine]
    more: bool
    count: int
    collectors: list[User]
    groups: dict[CustomerId, tuple[str, ...]] = {}
    colleagues: dict[CustomerId, tuple[str, ...]] = {}
    squares: dict[CustomerId, tuple[Square, ...]] = {}
    """The alerts that the page's customers raise."""
    alerts: list[Square] = []
    """All that the tenant has, to ask for one of them."""
    columns: tuple[CustomerColumn, ...] = DEFAULT_COLUMNS
    today: date | None = None
    entities: dict[EntityId, str] = {}
    """Codes by number, where the tenant has several; the column is left out elsewhere (A23)."""


class BrowseCustomers:
    """Who owes what, the most overdue first; counts and pages hold visible customers only (T9)."""

    def __init__(self, work: Work, clock: Clock) -> None:
        self._work, self._clock = work, clock

    def __call__(self, request: CustomersWanted) -> CustomersFound:
        """One page; raises NotAllowed, BadInput for criteria that cannot be asked."""
        require_right(request.actor, "see")
        with self._work.reading(request.actor.tenant) as unit:
            question = self._question(unit, request)
            lines, count = unit.customer_file.page(question)
            collectors = unit.tenancy.users()
            entities = {one.entity: one.code for one in unit.entities.all()}
            columns = _with_entity(request.columns or self._chosen(unit, request.actor), len(entities) > 1)
            shown = {line.customer for line in lines}
            groups = unit.assigned.groups_of(shown) if "groups" in columns else {}
            colleagues = unit.assigned.colleagues_of(shown) if "colleagues" in columns else {}
            squares, alerts = unit.squares.of(shown, question.today), unit.squares.all()
        return CustomersFound(
            lines=lines[: request.limit],
            more=len(lines) > request.limit,
            count=count,
            collectors=collectors,
            groups=groups,
            colleagues=colleagues,
            squares=squares,
            alerts=alerts,
            columns=columns,
            today=question.today,
            entities=entities if len(entities) > 1 else {},
        )

    def _chosen(self, unit: Unit, actor: Actor) -> tuple[CustomerColumn, ...]:
        own = () if actor.user is None else unit.saved_searches.columns_of(actor.user, "customers")
        return checked_columns(own) or DEFAULT_COLUMNS

    def _question(self, unit: Unit, request: CustomersWanted) -> CustomerQuestion:
        return CustomerQuestion(
            today=self._clock.today(unit.tenancy.tenant().timezone),
            criteria=checked(request.criteria),
            search=request.search,
            view=request.view,
            collector=request.collector,
            sort=request.sort,
            turned=request.turned,
            after=request.after,
            limit=request.limit + 1,
            own=request.actor.user if request.actor.own_only else None,
        )


def _with_entity(columns: tuple[CustomerColumn, ...], several: bool) -> tuple[CustomerColumn, ...]:
    """Where there are several entities the usual columns say which; where there is one, no column does."""
    if not several:
        return tuple(name for name in columns if name != "entity")
    return ("entity", *columns) if columns == DEFAULT_COLUMNS else columns

"""Simulate a scenario over the coming weeks."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import msgspec

from relance.core.collection.accounts import CurrencyRow, horizon, rows_of
from relance.core.collection.fitting import Fitting, conditions
from relance.core.collection.kinds import KINDS
from relance.core.collection.pacing import BUDGET_DAYS, Pace
from relance.core.collection.rules import DayRules, rules_of, rules_on
from relance.core.collection.scenario_checks import require_sound
from relance.core.collection.scenarios import InFlight, Scenario, carried_steps
from relance.core.collection.simulating import Weeks, as_carried, foretell
from relance.core.collection.thresholds import lowest, rules_under, sifted
from relance.core.customers.search_language import parse
from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import CustomerId
from relance.core.kernel.memory import uncollected
from relance.core.tenancy.users import Actor, require_right
from relance.ports.calendars import Calendars
from relance.ports.clock import Clock
from relance.ports.store.day import AccountDay
from relance.ports.work import Unit, Work
from relance.usecases.collection.desk import Desk
from relance.usecases.scenarios.drafting import draft_of, live
from relance.usecases.scenarios.simulating import Outlook, Tally

MOST_WEEKS = 8
_CHUNK = 1000


class Simulation(msgspec.Struct, frozen=True, kw_only=True):
    """Which scenario, as drafted; how far ahead; whether customers on their way keep their place."""

    actor: Actor
    code: str
    weeks: int = 4
    in_flight: InFlight = "keep"


class Simulated(msgspec.Struct, frozen=True, kw_only=True):
    """The draft's weeks beside those of what is published; `drafted` is None where nothing is drafted."""

    code: str
    first: date
    last: date
    accounts: int
    daily_cap: int
    drafted: Outlook | None
    live: Outlook | None


class SimulateScenario:
    """Today's ledger with the days moving on, decided by the day's own rules; nothing is written.

    The accounts are read once. Nobody pays meanwhile, what waits today is taken as due today, and what is confirmed or
    asks to be is taken as sent on the first open day.
    """

    def __init__(self, work: Work, clock: Clock, calendars: Calendars) -> None:
        self._work, self._clock, self._calendars = work, clock, calendars

    @uncollected()
    def __call__(self, request: Simulation) -> Simulated:
        """The weeks; raises NotFound, ScenarioFaulty, BadInput, NotAllowed."""
        require_right(request.actor, "scenarios")
        if not 1 <= request.weeks <= MOST_WEEKS:
            raise BadInput(f"weeks: 1 to {MOST_WEEKS}")
        with self._work.reading(request.actor.tenant) as unit:
            drafted = unit.scenarios.draft(request.code)
            shown = draft_of(unit, request.code).scenario
            require_sound(shown, unit.scenarios.templates(), unit.scenarios.short_templates())
            desk = Desk(unit, self._clock.now(), self._calendars)
            first, last = desk.today, desk.today + timedelta(days=7 * request.weeks - 1)
            known = live(unit, request.code)
            weeks = self._weeks(desk, first, last)
            played = [*([shown] if drafted else []), *([known] if known else [])]
            runs = [_Run(one, known, weeks, request.in_flight, _pace(desk)) for one in played]
            accounts = 0
            for day, rows, had in _accounts(unit, desk, [run.scenario for run in runs], request.code, last):
                accounts += 1
                for run in runs:
                    run.add(unit, day, rows, had)
            outlooks = [run.tally.outlook() for run in runs]
        return Simulated(
            code=request.code,
            first=first,
            last=last,
            accounts=accounts,
            daily_cap=desk.settings.number("daily-cap"),
            drafted=outlooks[0] if drafted else None,
            live=outlooks[-1] if known else None,
        )

    def _weeks(self, desk: Desk, first: date, last: date) -> Weeks:
        """The rules and the next open day of every day, and of the one after the last."""
        days = [first + timedelta(days=ahead) for ahead in range((last - first).days + 2)]
        rules = rules_of(desk.settings)
        opens: dict[str, dict[date, date]] = {
            kind: {day: desk.next_opening(desk.start_of(day), kind).astimezone(desk.zone).date() for day in days}
            for kind in KINDS
        }
        every = {*days, *(day for each in opens.values() for day in each.values())}
        return Weeks({day: rules_on(rules, day, desk.is_holiday) for day in every}, opens, last)


class _Run:
    """One version on its way through the accounts."""

    def __init__(
        self, scenario: Scenario, known: Scenario | None, weeks: Weeks, in_flight: InFlight, pace: Pace
    ) -> None:
        rules = {day: rules_under(scenario, on) for day, on in weeks.rules.items()}
        self.scenario, self._known, self._weeks = scenario, known, msgspec.structs.replace(weeks, rules=rules)
        same = known is None or scenario == known
        self._numbers = [] if same or known is None else carried_steps(known, scenario, in_flight)
        self._was = {now: was for was, now in enumerate(self._numbers, 1)}
        self._fitting: Fitting | None = None
        self._pace = pace
        self.tally = Tally(scenario, known, _first(weeks), weeks.last)

    def add(self, unit: Unit, day: AccountDay, rows: Sequence[CurrencyRow], had: Sequence[date]) -> None:
        """One account, with the days of its last messages."""
        scenario = self._fitted(unit, day)
        if day.blocked:
            self.tally.add((day.account.code, day.account.name), {}, [], "blocked-by-unknown")
            return
        rows = sifted(rows, self._weeks.rules[_first(self._weeks)])
        carried = as_carried(rows, self._numbers) if self._numbers else rows
        found, reason = foretell(day.account, carried, scenario, self._weeks, _first(self._weeks), self._pace, had)
        self.tally.add((day.account.code, day.account.name), self._was, found, reason)

    def _fitted(self, unit: Unit, day: AccountDay) -> Scenario:
        if self._fitting is None:
            today = _first(self._weeks)
            asked = conditions([self.scenario])
            matching = {one: unit.scenarios.matching(parse(one), today) for one in asked}
            self._fitting = Fitting({day.account.scenario: self.scenario}, matching)
        return self._fitting.sure(day.account)


def _first(weeks: Weeks) -> date:
    return min(weeks.rules)


def _accounts(
    unit: Unit, desk: Desk, scenarios: Sequence[Scenario], code: str, last: date
) -> Iterator[tuple[AccountDay, list[CurrencyRow], list[date]]]:
    """The scenario's accounts with their rows, items read where sums are not enough, and when they were written to."""
    under = [rules_under(one, desk.on) for one in scenarios]
    until = max([horizon(one, last) for one in scenarios], default=last)
    default, on = desk.settings.text("scenario"), lowest(scenarios, desk.on)
    every = unit.day.accounts(on, max(until, last), default, every_line=True)
    theirs = [day for day in every if day.account.scenario == code]
    for start in range(0, len(theirs), _CHUNK):
        chunk = [(day, day.rows() if day.open_items else []) for day in theirs[start : start + _CHUNK]]
        tangled = [day.account.customer for day, rows in chunk if _are_tangled(rows, under)]
        items = unit.day.items_of(tangled) if tangled else {}
        had = _written_to(unit, desk, [day.account.customer for day, _ in chunk])
        for day, rows in chunk:
            customer = day.account.customer
            own = items.get(customer)
            yield day, rows if own is None else rows_of(own, on), had.get(customer, [])


def _written_to(unit: Unit, desk: Desk, customers: list[CustomerId]) -> dict[CustomerId, list[date]]:
    """The days of the messages that count in the accounts' budgets; none where there is no budget."""
    if not desk.settings.number("contact-budget"):
        return {}
    since = desk.start_of(desk.today - timedelta(days=BUDGET_DAYS - 1))
    sent = unit.delivery.written_to(customers, since)
    return {customer: [at.astimezone(desk.zone).date() for at in moments] for customer, moments in sent.items()}


def _pace(desk: Desk) -> Pace:
    """The tenant's limits, for one version's weeks."""
    return Pace(desk.settings.number("contact-budget"), desk.settings.number("daily-cap"))


def _are_tangled(rows: Sequence[CurrencyRow], under: Sequence[DayRules]) -> bool:
    """Whether only the items can tell, under any of these rules."""
    return any(row.tangled for on in under for row in sifted(rows, on))

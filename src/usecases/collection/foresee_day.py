"""Foresee a day: what would leave, what waits for a person, and for every other account why not."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from threading import Lock

import msgspec

from relance.core.collection.actions import SKIP_REASONS, Action
from relance.core.collection.kinds import MESSAGES
from relance.core.collection.windows import wall_moment
from relance.core.kernel.errors import NotFound
from relance.core.kernel.identifiers import ActionId, CustomerId, TenantId, UserId
from relance.core.tenancy.users import Actor, require_right
from relance.ports.calendars import Calendars
from relance.ports.clock import Clock
from relance.ports.work import Unit, Work
from relance.usecases.collection.desk import Desk
from relance.usecases.collection.foreseeing import Foreseen, action_rows, other_rows, planned_rows
from relance.usecases.collection.replanning import Planner

LEAVES, ASKS, BY_HAND, HELD = "leaves", "to-confirm", "by-hand", "held"
DOING = (LEAVES, ASKS, BY_HAND, HELD)
_GROUP_OF = {"confirmed": LEAVES, "to-confirm": ASKS, "planned": BY_HAND, "held": HELD, "sending": LEAVES}
PAGE = 50
_REMEMBERED_SECONDS, _REMEMBERED = 60, 20


class DayToForesee(msgspec.Struct, frozen=True, kw_only=True):
    """Which day, None: tomorrow; of which group the rows are wanted, the first that has some; pages count from 1."""

    actor: Actor
    on: date | None = None
    group: str = ""
    page: int = 1


class DayForeseen(msgspec.Struct, frozen=True, kw_only=True):
    """How many accounts are in each group, and the rows of one page of one of them.

    Groups are `leaves`, `to-confirm`, `by-hand`, `held` and the reasons of the day; `opens_at` is the window.
    """

    date: date
    opens_at: datetime
    groups: dict[str, int]
    group: str
    page: int
    pages: int
    rows: list[Foreseen]


class Sorted(msgspec.Struct, frozen=True):
    """Accounts by group, and specific actions by group."""

    accounts: dict[str, tuple[CustomerId, ...]]
    specifics: dict[str, tuple[ActionId, ...]]

    def count(self, group: str) -> int:
        """How many rows a group has."""
        return len(self.accounts.get(group, ())) + len(self.specifics.get(group, ()))


_Key = tuple[TenantId, UserId | None, date]


class ForeseeDay:
    """The day is decided as the real one is, with nothing written; who is in which group is remembered for a minute."""

    def __init__(self, work: Work, clock: Clock, calendars: Calendars, key: bytes) -> None:
        self._work, self._clock, self._calendars, self._key = work, clock, calendars, key
        self._remembered: dict[_Key, tuple[float, Sorted]] = {}
        self._lock = Lock()

    def __call__(self, request: DayToForesee) -> DayForeseen:
        """The day's groups and one page; raises NotAllowed, BadInput for a day too far off, NotFound for a group."""
        require_right(request.actor, "confirm")
        own = request.actor.user if request.actor.own_only else None
        with self._work.reading(request.actor.tenant) as unit:
            today = self._clock.today(unit.tenancy.tenant().timezone)
            on = request.on or today + timedelta(days=1)
            planner = Planner(unit, on, self._calendars, self._key)
            found = self._sorted(unit, planner, (request.actor.tenant, own, on), request.page > 1)
            groups = {name: found.count(name) for name in (*DOING, *SKIP_REASONS) if found.count(name)}
            group = request.group or next(iter(groups), LEAVES)
            if group not in (*DOING, *SKIP_REASONS):
                raise NotFound("no such group")
            pages = max(1, -(-found.count(group) // PAGE))
            page = min(max(1, request.page), pages)
            desk = self._desk(unit, on)
            return DayForeseen(
                date=on,
                opens_at=min(desk.next_opening(desk.start_of(on), kind) for kind in MESSAGES),
                groups=groups,
                group=group,
                page=page,
                pages=pages,
                rows=self._rows(desk, planner, found, group, page),
            )

    def _desk(self, unit: Unit, on: date) -> Desk:
        """The desk at noon of that day."""
        first = Desk(unit, self._clock.now(), self._calendars)
        return Desk(unit, wall_moment(on, 720, first.zone), self._calendars)

    def _sorted(self, unit: Unit, planner: Planner, key: _Key, turning: bool) -> Sorted:
        """Turning pages does not decide the whole day again."""
        tick = self._clock.monotonic()
        with self._lock:
            known = self._remembered.get(key)
        if turning and known and tick - known[0] < _REMEMBERED_SECONDS:
            return known[1]
        found = _decided(unit, planner, key[1], key[2])
        with self._lock:
            self._remembered.pop(key, None)
            self._remembered[key] = (tick, found)
            for oldest in list(self._remembered)[:-_REMEMBERED]:
                del self._remembered[oldest]
        return found

    def _rows(self, desk: Desk, planner: Planner, found: Sorted, group: str, page: int) -> list[Foreseen]:
        start, end = (page - 1) * PAGE, page * PAGE
        accounts, specifics = found.accounts.get(group, ()), found.specifics.get(group, ())
        shown = accounts[start:end]
        if group in SKIP_REASONS:
            return other_rows(desk, shown, group)
        first = max(0, start - len(accounts))
        begun = [desk.unit.collection.action(one) for one in specifics[first : max(0, end - len(accounts))]]
        decided = planner.decide(shown) if shown else None
        rows = planned_rows(desk, decided.created, desk.today) if decided else []
        return rows + action_rows(desk, [*_open(desk, shown, {row.customer for row in rows}), *begun])


def _open(desk: Desk, shown: Sequence[CustomerId], planned: set[str]) -> list[Action]:
    """Open actions of these accounts, but of those for which another one would be created instead."""
    found = desk.unit.day.actions_of(shown)
    codes = {number: one.code for number, one in desk.unit.delivery.dossiers(list(found), desk.today).items()}
    return [found[number] for number in shown if number in found and codes[number] not in planned]


def _decided(unit: Unit, planner: Planner, own: UserId | None, on: date) -> Sorted:
    seen = None if own is None else unit.scenarios.visible(own)
    decided = planner.decide(seen, naming=True)
    accounts: dict[str, list[CustomerId]] = {}
    for one in decided.created:
        accounts.setdefault(_GROUP_OF[one.plan.state], []).append(one.customer)
    for reason, customers in (decided.who or {}).items():
        group = _GROUP_OF.get(reason.removeprefix("open-"), reason) if reason.startswith("open-") else reason
        accounts.setdefault(group, []).extend(customers)
    specifics: dict[str, list[ActionId]] = {}
    for action, customer, state in unit.scenarios.specifics_due(on):
        if seen is None or customer in seen:
            specifics.setdefault(_GROUP_OF[state], []).append(action)
    return Sorted(
        {group: tuple(customers) for group, customers in accounts.items()},
        {group: tuple(actions) for group, actions in specifics.items()},
    )

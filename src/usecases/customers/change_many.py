"""Change many customers at once: collector, scenario, groups, colleagues, late penalties."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from relance.core.customers.assignment import Attribute
from relance.core.customers.mass_changes import (
    Changeable,
    Changes,
    MassChange,
    Selection,
    checked_changes,
    checked_selection,
)
from relance.core.kernel.errors import BadInput
from relance.core.tenancy.users import Actor, require_right
from relance.ports.calendars import Calendars
from relance.ports.clock import Clock
from relance.ports.work import Unit, Work
from relance.usecases.collection.following import follow
from relance.usecases.collection.replanning import Planner

_SWITCHED = {True: "yes", False: "no"}


class ManyChanges(msgspec.Struct, frozen=True, kw_only=True):
    """Whom, and what. A dry run says what would change."""

    actor: Actor
    selection: Selection
    wanted: Changes
    dry_run: bool = False


class ChangeCount(msgspec.Struct, frozen=True):
    """One value that is given (`begin`) or taken, and how many customers had it otherwise."""

    attribute: Changeable
    value: str
    begin: bool
    customers: int


class ManyChanged(msgspec.Struct, frozen=True, kw_only=True):
    """How many customers were chosen, which pasted codes are unknown, and how many get another value of what.

    `changed` adds up what is given and taken of an attribute, `each` says it by value. `change` is the number to undo
    it by; None after a dry run.
    """

    customers: int
    unknown: tuple[str, ...]
    changed: dict[str, int]
    each: tuple[ChangeCount, ...] = ()
    change: int | None = None


class ChangeMany:
    """The whole result of a search or a pasted list, in a handful of statements; a person's choice, undoable (A5)."""

    def __init__(self, work: Work, clock: Clock, calendars: Calendars, key: bytes) -> None:
        self._work, self._clock, self._calendars, self._key = work, clock, calendars, key

    def __call__(self, request: ManyChanges) -> ManyChanged:
        """Change; raises BadInput, NotFound for a scenario, NotAllowed."""
        actor, wanted = request.actor, checked_changes(request.wanted)
        require_right(actor, "assign")
        own, now = actor.user if actor.own_only else None, self._clock.now()
        open_unit = self._work.reading if request.dry_run else self._work
        with open_unit(actor.tenant) as unit:
            if wanted.scenario:
                unit.collection.scenario(wanted.scenario)
            if not request.dry_run:
                unit.day.lock()
            today = self._clock.today(unit.tenancy.tenant().timezone)
            codes = unit.mass_changes.choose(checked_selection(request.selection), own, today)
            unknown = tuple(code for code in request.selection.codes if code not in set(codes))
            if request.dry_run:
                return _told(codes, unknown, _preview(unit, wanted))
            if not codes:
                raise BadInput("no customer is chosen: nothing to change")
            number = unit.tenancy.next_numbers("mass-changes", 1)
            each = _write(unit, number, request, now)
            change = MassChange(
                change=number,
                at=now,
                author=actor.name,
                wanted=wanted,
                customers=len(codes),
                changed=_by_attribute(each),
            )
            unit.mass_changes.keep(change)
            unit.audit.record(actor.name, "customers-changed", f"change:{number}", msgspec.to_builtins(change.changed))
            planner = Planner(unit, today, self._calendars, self._key)
            follow(unit, unit.mass_changes.moved(number, unit.tenancy.settings().text("scenario")), actor.name, planner)
        return _told(codes, unknown, each, number)


def _told(
    codes: Sequence[str], unknown: tuple[str, ...], each: Sequence[ChangeCount], change: int | None = None
) -> ManyChanged:
    changed = {str(name): count for name, count in _by_attribute(each).items()}
    return ManyChanged(customers=len(codes), unknown=unknown, changed=changed, each=tuple(each), change=change)


def _by_attribute(each: Sequence[ChangeCount]) -> dict[Changeable, int]:
    counts = dict[Changeable, int]()
    for one in each:
        counts[one.attribute] = counts.get(one.attribute, 0) + one.customers
    return counts


def _preview(unit: Unit, wanted: Changes) -> list[ChangeCount]:
    store = unit.mass_changes
    return [
        *(ChangeCount(name, value, True, store.would_change(name, value)) for name, value in _single(wanted)),
        *(ChangeCount(*link, store.would_change(*link)) for link in _links(wanted)),
    ]


def _write(unit: Unit, number: int, request: ManyChanges, now: datetime) -> list[ChangeCount]:
    store, by, each = unit.mass_changes, request.actor.name, list[ChangeCount]()
    for name, value in _single(request.wanted):
        each.append(ChangeCount(name, value, True, store.replace(number, name, value, by, now)))
    for attribute, value, begin in _links(request.wanted):
        write = store.begin if begin else store.end
        each.append(ChangeCount(attribute, value, begin, write(number, attribute, value, by, now)))
    return each


def _single(wanted: Changes) -> list[tuple[Changeable, str]]:
    penalties = None if wanted.penalties is None else _SWITCHED[wanted.penalties]
    pairs: list[tuple[Changeable, str | None]] = [
        ("collector", wanted.collector),
        ("scenario", wanted.scenario),
        ("penalties", penalties),
    ]
    return [(attribute, value) for attribute, value in pairs if value is not None]


def _links(wanted: Changes) -> list[tuple[Attribute, str, bool]]:
    """Changeable, value, and whether it begins or ends."""
    return [
        *(("group", value, True) for value in wanted.add_groups),
        *(("group", value, False) for value in wanted.remove_groups),
        *(("colleague", value, True) for value in wanted.add_colleagues),
        *(("colleague", value, False) for value in wanted.remove_colleagues),
    ]

"""Assign one customer by hand: its collector, scenario, groups and colleagues, all of it or nothing."""

from datetime import datetime

import msgspec
from msgspec import UNSET, UnsetType

from relance.core.customers.groups import checked_group_name
from relance.core.kernel.identifiers import UserId
from relance.core.tenancy.users import Actor, require_right
from relance.ports.calendars import Calendars
from relance.ports.clock import Clock
from relance.ports.store.collection import ScenarioChange
from relance.ports.store.customer_file import CustomerCard
from relance.ports.work import Unit, Work
from relance.usecases.collection.following import follow
from relance.usecases.collection.replanning import Planner


class CustomerChoice(msgspec.Struct, frozen=True, kw_only=True):
    """What a person chose; what is left out stays.

    `collector` None takes the collector away, an empty `scenario` means the tenant's default. `groups` are all that the
    customer shall be in, by name, new ones are made (S4.9, S4.11); `colleagues` all that shall be associated, those who
    cannot sign in included (S0.3).
    """

    actor: Actor
    code: str
    collector: UserId | UnsetType | None = UNSET
    scenario: str | UnsetType = UNSET
    groups: tuple[str, ...] | UnsetType = UNSET
    colleagues: tuple[UserId, ...] | UnsetType = UNSET


class AssignCustomer:
    """A person's choice with its author, kept against rules and imports (A5).

    Actions follow the account to its collector (S2.15); what another scenario had proposed is replaced at once (B4).
    """

    def __init__(self, work: Work, clock: Clock, calendars: Calendars, key: bytes) -> None:
        self._work, self._clock, self._calendars, self._key = work, clock, calendars, key

    def __call__(self, request: CustomerChoice) -> int:
        """Keep the choice and return how many actions were withdrawn; raises BadInput, NotFound, NotAllowed."""
        actor = request.actor
        require_right(actor, "assign")
        with self._work(actor.tenant) as unit:
            if request.scenario is not UNSET:
                unit.day.lock()
            card = unit.customer_file.card(request.code, actor.user if actor.own_only else None)
            hand = _Hand(unit, card, actor.name, self._clock.now())
            if request.groups is not UNSET:
                hand.groups(request.groups)
            if request.colleagues is not UNSET:
                hand.colleagues(request.colleagues)
            if request.collector is not UNSET:
                hand.collector(request.collector)
            if request.scenario is UNSET or request.scenario == card.scenario:
                return 0
            today = self._clock.today(unit.tenancy.tenant().timezone)
            return hand.scenario(request.scenario, Planner(unit, today, self._calendars, self._key))


class _Hand:
    """Writes a person's choices for one customer, each with its audit row."""

    def __init__(self, unit: Unit, card: CustomerCard, by: str, now: datetime) -> None:
        self._unit, self._card, self._by, self._now = unit, card, by, now

    def groups(self, names: tuple[str, ...]) -> None:
        wanted = {name.lower(): name for name in map(checked_group_name, names)}
        live = {given.name.lower(): given.name for given in self._unit.assigned.of(self._card.customer).groups}
        begun = [name for key, name in wanted.items() if key not in live]
        ended = [name for key, name in live.items() if key not in wanted]
        numbers = {group.name.lower(): group.group for group in self._unit.groups.all()}
        for name in begun:
            number = numbers.get(name.lower()) or self._unit.groups.add(name, self._by, self._now).group
            self._unit.assigned.begin("group", self._card.customer, number, self._by, self._now)
        for name in ended:
            self._unit.assigned.end("group", self._card.customer, numbers[name.lower()], self._now)
        self._note_links("groups-assigned", begun, ended)

    def colleagues(self, users: tuple[UserId, ...]) -> None:
        wanted = {user: self._unit.tenancy.user(user) for user in users}
        emails = {given.email for given in self._unit.assigned.of(self._card.customer).colleagues}
        live = {known.user: known for known in self._unit.tenancy.users() if known.email in emails}
        begun, ended = [wanted[u] for u in wanted if u not in live], [live[u] for u in live if u not in wanted]
        for person in begun:
            self._unit.assigned.begin("colleague", self._card.customer, person.user, self._by, self._now)
        for person in ended:
            self._unit.assigned.end("colleague", self._card.customer, person.user, self._now)
        self._note_links("colleagues-assigned", [p.email for p in begun], [p.email for p in ended])

    def collector(self, collector: UserId | None) -> None:
        if collector is not None:
            self._unit.tenancy.user(collector)
        if collector == self._card.collector:
            return
        self._unit.customer_file.assign(self._card.customer, "collector", collector, self._by, self._now)
        self._note("collector-assigned", {"before": self._card.collector, "after": collector})

    def scenario(self, code: str, planner: Planner) -> int:
        if code:
            self._unit.collection.scenario(code)
        self._unit.customer_file.assign(self._card.customer, "scenario", code or None, self._by, self._now)
        default = self._unit.tenancy.settings().text("scenario")
        change = ScenarioChange(self._card.customer, self._card.scenario or default, code or default)
        withdrawn = follow(self._unit, [change], self._by, planner)
        self._note("scenario-assigned", {"before": self._card.scenario, "after": code, "withdrawn": withdrawn})
        return withdrawn

    def _note_links(self, event: str, begun: list[str], ended: list[str]) -> None:
        if begun or ended:
            self._note(event, {"added": begun, "removed": ended})

    def _note(self, event: str, detail: dict[str, object]) -> None:
        self._unit.audit.record(self._by, event, f"customer:{self._card.customer}", detail)

"""What must be true of a message at the moment it leaves, computed anew from the tables (I-1, I-13 to I-20)."""

import re
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import select

from relance.adapters.store.tables.collection import messages, scenarios
from relance.adapters.store.tables.customers import contacts, customers
from relance.adapters.store.tables.intake import sources
from relance.adapters.store.tables.ledger import items
from relance.core.collection.scenarios import Scenario
from relance.ports.channels import Message, Outcome
from relance.usecases.collection.drafting import content_hash
from tests.usecases.collection.firm import COUNTRIES, Firm

ZONES = {"FR": "Europe/Paris", "US": "America/New_York", "JP": "Asia/Tokyo"}
HELD = {"dispute", "promise"}


class Inspector:
    """Stands at the door: a message that should not leave is written down with the rule that it breaks."""

    def __init__(self, firm: Firm) -> None:
        self.firm, self.faults = firm, list[str]()
        self.left: set[str] = set()
        self.automatic: Counter[tuple[int, date]] = Counter()
        self._counted: dict[str, Counter[tuple[int, date]]] = {}
        self.fenced = False
        self._carry = firm.channel.carry
        firm.channel.carry = self.carry  # type: ignore[method-assign] # every message passes the inspector

    async def carry(self, message: Message, about_to_send: Callable[[], Awaitable[bool]]) -> Outcome:
        async def watched() -> bool:
            leaves = await about_to_send()
            if leaves:
                self._inspect(message)
            return leaves

        outcome = await self._carry(message, watched)
        if outcome.kind in {"retry-later", "refused"} and message.action in self.left:
            self.left.remove(message.action)
            self.automatic -= self._counted.pop(message.action, Counter())
        return outcome

    def forget(self) -> None:
        """A backup came back: numbers are given anew, and a person answers for what was doubted."""
        self.left.clear()
        self.automatic.clear()

    def _inspect(self, message: Message) -> None:
        try:
            self._look(message)
        except Exception as broken:  # an error of the inspector itself must not pass for a channel's fault
            self.faults.append(f"inspector: {type(broken).__name__}: {broken}")

    def _look(self, message: Message) -> None:
        number = int(message.action.split(".")[0])
        [action] = [row for row in self.firm.actions() if row.action_id == number]
        rules = (self._switch, self._once, self._confirmed, self._window, self._caps, self._fence)
        rules = (*rules, self._fresh, self._addressed, self._askable, self._levels)
        for rule in rules:
            if wrong := rule(action, message):
                self.faults.append(f"{rule.__name__[1:]}: {wrong} (action {message.action}, {self.firm.now})")

    def _rows(self, table: Any, where: Any = None) -> list[Any]:
        with self.firm.engine.connect().execution_options(relance_write=False) as connection:
            query = select(table)
            return list(connection.execute(query if where is None else query.where(where)))

    def _settings(self, name: str, default: str) -> str:
        found = self.firm.select(f"select value from settings where name = '{name}'")
        return found[0].value if found else default

    def _today(self) -> date:
        return self.firm.clock.today(self.firm.zone)

    def _accounts(self, action: Any) -> list[Any]:
        """The account, and those that are collected on it."""
        number = action.customer_id
        return self._rows(customers, (customers.c.customer_id == number) | (customers.c.lead_id == number))

    def _said(self, action: Any) -> list[Any]:
        kept = [
            row
            for row in self._rows(messages, messages.c.action_id == action.action_id)
            if row.generation == action.generation
        ]
        listed = [pair[0] for pair in kept[0].content["items"]]
        return self._rows(items, items.c.item_id.in_(listed))

    def _switch(self, _action: Any, _message: Message) -> str:
        """Nothing at all leaves while a person has stopped sending."""
        return self._settings("sending-stopped", "")

    def _once(self, _action: Any, message: Message) -> str:
        """I-1."""
        again = message.action in self.left
        self.left.add(message.action)
        return "a second message of one generation" if again else ""

    def _confirmed(self, action: Any, message: Message) -> str:
        """I-13: what asks for a person has one, and what that person read is what leaves."""
        asked = action.automation != "automatic" or not action.automatic
        if asked and (action.confirmed_at is None or action.confirmed_by is None):
            return "nobody confirmed it"
        said = msgspec.structs.replace(message, date=None)
        return "" if action.content_hash == content_hash(said) else "other bytes than those confirmed"

    def _window(self, action: Any, _message: Message) -> str:
        """I-14, D13, S1.19."""
        if not action.automatic:
            return ""
        country = COUNTRIES[action.customer_id] if self._abroad(action.scenario) else "FR"
        zone = ZoneInfo(ZONES[country] if self._abroad(action.scenario) else self.firm.zone)
        day = self.firm.now.astimezone(zone).date()
        if self.firm.calendars.of(country)(day):
            return f"a holiday of {country}"
        text = self._settings("windows", "mon-fri 08:30-17:30")
        return "" if _open(text, day, zone, self.firm.now) else f"{self.firm.now.astimezone(zone)} is outside {text}"

    def _abroad(self, code: str) -> bool:
        return any(row.definition.get("customer-zone") for row in self._rows(scenarios, scenarios.c.code == code))

    def _caps(self, action: Any, message: Message) -> str:
        """I-15, A26."""
        if not action.automatic:
            return ""
        today = self._today()
        self._counted[message.action] = Counter({(action.customer_id, today): 1})
        self.automatic += self._counted[message.action]
        if self.automatic[action.customer_id, today] > 1:
            return "a second automatic message of the day"
        most = int(self._settings("daily-cap", "2000"))
        return (
            "more than the day's cap" if sum(n for (_, on), n in self.automatic.items() if on == today) > most else ""
        )

    def _fence(self, _action: Any, _message: Message) -> str:
        """I-16."""
        return "from a database that came back" if self.fenced else ""

    def _fresh(self, action: Any, _message: Message) -> str:
        """I-17, A28."""
        if not action.automatic:
            return ""
        theirs = {one.customer_id for one in self._accounts(action)}
        fed = {row.source_id for row in self._rows(items, items.c.open_amount != 0) if row.customer_id in theirs}
        zone = ZoneInfo(self.firm.zone)
        for source in self._rows(sources):
            last = source.last_good_at and source.last_good_at.astimezone(zone).date()
            if source.source_id in fed and (last is None or (self._today() - last).days > 7):
                return "stale data"
        return ""

    def _addressed(self, action: Any, message: Message) -> str:
        """I-18: to its customer's contact, and about nobody else's items."""
        here = self._rows(contacts, contacts.c.customer_id == action.customer_id)
        if action.automatic and {to.email for to in message.to} != {one.email for one in here if one.collection}:
            return "another address"
        theirs = {one.customer_id for one in self._accounts(action)}
        named = {int(found) for found in re.findall(r"N(\d)x\d{3}", message.text + message.html)}
        return "" if named <= theirs else f"names items of customers {named - theirs}"

    def _askable(self, action: Any, _message: Message) -> str:
        """I-19, A10."""
        account = next(one for one in self._accounts(action) if one.customer_id == action.customer_id)
        if action.specific_id is None and self._stopped(account):
            return "the account is left alone"
        said, today = self._said(action), self._today()
        asked = [row for row in said if row.open_amount > 0]
        for row in asked:
            paused = row.hold == "pause" and (row.hold_until is None or today <= row.hold_until)
            if row.hold in HELD or paused or (row.hold == "specific" and action.specific_id is None):
                return f"asks for {row.number}, held by {row.hold}"
        for currency in {row.currency for row in said}:
            if sum(row.open_amount for row in said if row.currency == currency) <= 0:
                return f"asks for nothing in {currency}"
        if any(row.open_amount == 0 for row in said):
            return "lists what is settled"
        return ""

    def _stopped(self, account: Any) -> bool:
        paused = account.paused_until is not None and self._today() <= account.paused_until
        return account.collection_stop or account.lead_id is not None or paused

    def _levels(self, action: Any, _message: Message) -> str:
        """I-20, D7, D8."""
        if action.specific_id is not None:
            return ""
        mine = [row for row in self.firm.actions("failed", "unknown") if row.specific_id is None]
        if any(row.customer_id == action.customer_id and row.action_id != action.action_id for row in mine):
            return "another message is in doubt"
        if not action.automatic:
            return ""
        with self.firm.work.reading(self.firm.tenant) as unit:
            scenario = unit.collection.scenario(action.scenario, action.scenario_version)
        [leader] = self._rows(items, items.c.item_id == action.leader_item_id)
        return _skipped(scenario, leader, action.step_number, self._today())


def _skipped(scenario: Scenario, leader: Any, number: int, today: date) -> str:
    if number <= leader.step_done:
        return "a step that is done"
    between = range(leader.step_done + 1, number)
    left_out = [n for n in between if scenario.step(n).day >= 0 and not scenario.step(n).only_if]
    if left_out and not scenario.jump:
        return f"leaves out steps {left_out}"
    if scenario.version == 1 and leader.step_done and leader.step_on:
        distance = scenario.step(number).day - scenario.step(leader.step_done).day
        distance = scenario.step(number).after_last or distance
        if (today - leader.step_on).days < distance and not left_out:
            return f"too near to step {leader.step_done}"
    return ""


def _open(text: str, day: date, zone: ZoneInfo, moment: datetime) -> bool:
    """Whether the moment lies in `mon-sun 01:00-04:00`, found by walking there in quarters of an hour."""
    days, hours = text.split()
    names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    first, last = (names.index(name) for name in days.split("-"))
    opens, closes = (_first_at(day, clock, zone) for clock in hours.split("-"))
    return first <= day.weekday() <= last and opens <= moment < closes


def _first_at(day: date, clock: str, zone: ZoneInfo) -> datetime:
    """The first quarter of an hour at which the wall shows this time or later."""
    hour, minute = map(int, clock.split(":"))
    wall = datetime.combine(day, time()) + timedelta(hours=hour, minutes=minute)
    walk = datetime.combine(day, time(), tzinfo=UTC) - timedelta(hours=15)
    while walk.astimezone(zone).replace(tzinfo=None) < wall:
        walk += timedelta(minutes=15)
    return walk

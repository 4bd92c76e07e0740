"""The tenant's rules on one moment, read once for many messages."""

from collections.abc import Callable
from datetime import date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from relance.core.collection.actions import Action
from relance.core.collection.composing import Company, Mailbox, mailbox_of
from relance.core.collection.kinds import is_message
from relance.core.collection.rules import DayRules, rules_of, rules_on
from relance.core.collection.scenarios import Scenario
from relance.core.collection.sending import Freshness
from relance.core.collection.templates import Template
from relance.core.collection.thresholds import rules_under
from relance.core.collection.windows import Window, is_open, next_opening, parse_windows, wall_moment
from relance.core.kernel.identifiers import EntityId
from relance.core.tenancy.entities import Entity
from relance.core.tenancy.settings import Settings
from relance.core.tenancy.tenants import Tenant
from relance.ports.calendars import Calendars
from relance.ports.work import Unit


class TenantFacts:
    """What many transactions need of a tenant, and when it was read on the monotonic clock."""

    def __init__(self, tenant: Tenant, settings: Settings, read_at: Any = 0) -> None:
        self.tenant, self.settings, self.read_at = tenant, settings, read_at
        self.scenarios: dict[tuple[str, int], Scenario] = {}
        self.abroad: frozenset[str] | None = None
        self.domains: dict[str, bool] | None = None
        self.templates: dict[str, dict[str, Template]] = {}
        self.texts: dict[tuple[str, bool], dict[str, Template]] = {}
        self.entities: dict[EntityId, Entity] = {}
        self._on: dict[date, DayRules] = {}

    def on(self, today: date, is_holiday: Callable[[date], bool]) -> DayRules:
        """The tenant's rules on a day, reckoned once."""
        if today not in self._on:
            self._on[today] = rules_on(rules_of(self.settings), today, is_holiday)
        return self._on[today]


class Desk:
    """What composing and sending need of the tenant; scenarios and templates are read when first asked for."""

    def __init__(self, unit: Unit, now: datetime, calendars: Calendars, known: TenantFacts | None = None) -> None:
        self.unit, self.now = unit, now
        known = known or TenantFacts(unit.tenancy.tenant(), unit.tenancy.settings())
        self.tenant, self.settings = known.tenant, known.settings
        self.zone = ZoneInfo(self.tenant.timezone)
        self.today: date = now.astimezone(self.zone).date()
        self.is_holiday = calendars.of(self.tenant.country)
        self.on = known.on(self.today, self.is_holiday)
        self._calendars, self._known = calendars, known
        self._scenarios, self._templates = known.scenarios, known.templates
        self._chasing: dict[str, Scenario] = {}
        self._under: dict[tuple[str, int], DayRules] = {}
        self._open: dict[str, tuple[Window, ...]] = {}

    @cached_property
    def company(self) -> Company:
        """The company block of the first entity's messages."""
        text = self.settings.text
        return Company(
            name=self.entities[min(self.entities)].name,
            country=self.tenant.country,
            street=text("company-street"),
            zip=text("company-zip"),
            city=text("company-city"),
            phone=text("company-phone"),
            bank=text("bank-name"),
            iban=text("bank-iban"),
            bic=text("bank-bic"),
            penalty_rate=text("penalty-rate"),
        )

    def company_of(self, entity: EntityId) -> Company:
        """The company block of an entity's messages: a later one never shows the bank of the first (A23)."""
        if entity <= min(self.entities):
            return self.company
        own = self.entities[entity]
        return Company(
            name=own.name,
            country=own.country or self.tenant.country,
            street=own.street,
            zip=own.zip,
            city=own.city,
            phone=own.phone,
            bank=own.bank,
            iban=own.iban,
            bic=own.bic,
            penalty_rate=self.settings.text("penalty-rate"),
        )

    @property
    def entities(self) -> dict[EntityId, Entity]:
        """The tenant's entities."""
        if not self._known.entities:
            self._known.entities |= {one.entity: one for one in self.unit.entities.all()}
        return self._known.entities

    @cached_property
    def fallback_sender(self) -> Mailbox | None:
        """The first entity's own sender address (A1, A15)."""
        return mailbox_of(self.settings.text("sender"))

    def fallback_sender_of(self, entity: EntityId) -> Mailbox | None:
        """An entity's own sender address; without one the first entity's address under its own name."""
        shared = self.fallback_sender
        if entity <= min(self.entities):
            return shared
        own = mailbox_of(self.entities[entity].sender)
        return own or (Mailbox(self.entities[entity].name, shared.email) if shared else None)

    @cached_property
    def freshness(self) -> Freshness:
        """How old a source may be (A28)."""
        return Freshness(
            scheduled_working_days=self.settings.number("freshness-scheduled"),
            manual_days=self.settings.number("freshness-manual"),
            zone=self.zone,
            is_holiday=self.is_holiday,
        )

    def is_open(self, kind: str) -> bool:
        """Whether automatic messages of this kind may leave at this moment by the tenant's own clock (D13, S1.19)."""
        return is_open(self._windows(kind), self.now, self.zone, self.is_holiday)

    @property
    def sender_domains(self) -> dict[str, bool]:
        """The tenant's sender domains, and whether the world knows each."""
        if self._known.domains is None:
            self._known.domains = {one.domain: one.verified for one in self.unit.sender_domains.all()}
        return self._known.domains

    def is_paused(self, kind: str) -> bool:
        """Whether nothing of this kind may leave, because a person stopped the channel or everything."""
        return bool(self.settings.text("sending-stopped")) or kind in self.settings.several("channels-paused")

    @property
    def abroad(self) -> frozenset[str]:
        """Codes of the scenarios whose windows are those of the customer's country."""
        if self._known.abroad is None:
            scenarios = self.unit.collection.scenarios()
            self._known.abroad = frozenset(one.code for one in scenarios if one.customer_zone)
        return self._known.abroad

    def is_open_for(self, kind: str, scenario: str, country: str) -> bool:
        """Whether an automatic message of this kind and scenario may leave now for a customer of this country."""
        return is_open(self._windows(kind), self.now, *self._place(scenario, country))

    def next_opening(self, moment: datetime, kind: str = "email", scenario: str = "", country: str = "") -> datetime:
        """The first moment from this one on at which an automatic message of this kind may leave."""
        return next_opening(self._windows(kind), moment, *self._place(scenario, country))

    def _windows(self, kind: str) -> tuple[Window, ...]:
        """The kind's own days and hours, else those of all messages."""
        if kind not in self._open:
            own = self.settings.text(f"windows-{kind}") if is_message(kind) else ""
            self._open[kind] = parse_windows(own or self.settings.text("windows"))
        return self._open[kind]

    def _place(self, scenario: str, country: str) -> tuple[ZoneInfo, Callable[[date], bool]]:
        """The clock and the holidays that count: the tenant's where the customer's country is not known."""
        zone = self._calendars.zone_of(country) if scenario in self.abroad else ""
        return (ZoneInfo(zone), self._calendars.of(country)) if zone else (self.zone, self.is_holiday)

    def start_of(self, day: date) -> datetime:
        """The tenant's midnight at the start of a day, in UTC."""
        return wall_moment(day, 0, self.zone)

    def scenario(self, code: str, version: int = 0) -> Scenario:
        """The scenario of this code as it chases now, or as it was in a version; raises NotFound."""
        if (code, version) not in self._scenarios:
            self._scenarios[code, version] = self.unit.collection.scenario(code, version)
        return self._scenarios[code, version]

    def chasing(self, code: str) -> Scenario:
        """The scenario as it chases at this moment, whatever was known before this transaction."""
        if code not in self._chasing:
            self._chasing[code] = self.unit.collection.scenario(code)
        return self._chasing[code]

    def scenario_of(self, action: Action) -> Scenario:
        """The scenario of an action, in the version that it was made with."""
        return self.scenario(action.scenario, action.scenario_version)

    def on_under(self, scenario: Scenario) -> DayRules:
        """The day's rules with the thresholds of a scenario that has some of its own."""
        key = scenario.code, scenario.version
        if key not in self._under:
            self._under[key] = rules_under(scenario, self.on)
        return self._under[key]

    def templates(self, code: str) -> dict[str, Template]:
        """The published texts of a template by language."""
        if code not in self._templates:
            self._templates[code] = {one.language: one for one in self.unit.collection.templates(code)}
        return self._templates[code]

    def texts(self, code: str, short: bool) -> dict[str, Template]:
        """Those of them that are for messages with a subject, or for short ones without."""
        key = code, short
        if key not in self._known.texts:
            found = {tag: text for tag, text in self.templates(code).items() if text.is_short == short}
            self._known.texts[key] = found
        return self._known.texts[key]

"""The company's last fifteen months as they would have gone with Relance: files read, days decided, messages sent."""

import random
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
from dependency_injector import providers

from relance.core.tenancy.tenants import Tenant
from relance.core.tenancy.users import Actor, Role, User
from relance.main.container import House
from relance.main.demo import files
from relance.main.demo.clock import TurnedClock
from relance.main.demo.companies import companies
from relance.main.demo.ledger import Entry, first_day, ledger
from relance.main.demo.night import Night
from relance.main.demo.week import Week
from relance.usecases.tenancy.add_user import NewUser
from relance.usecases.tenancy.change_settings import NewSettings
from relance.usecases.tenancy.found_tenant import NewTenant

ZONE = ZoneInfo("Europe/Paris")
CODE = "demo"
COLLECTED_WEEKS = 10
_DOMAIN = "verrier-fournitures.example"
_PEOPLE: tuple[tuple[str, str, Role], ...] = (
    ("camille.aubry", "Camille Aubry", "administrator"),
    ("lea.marchand", "Léa Marchand", "collector"),
    ("max.turner", "Max Turner", "collector"),
)
_SETTINGS = {
    "sender": f"Verrier Fournitures <accounts@{_DOMAIN}>",
    "company-street": "14 quai des Tanneurs",
    "company-zip": "69003",
    "company-city": "Lyon",
    "company-phone": "+33 1 99 00 47 11",
    "bank-name": "Banque des Deux Rives",
    "bank-iban": "FR76 3000 0000 0000 0000 0000 000",
    "bank-bic": "EXAMFRPP",
    "penalty-rate": "12.15",
    "minimum-amount": "EUR=30.00, GBP=30.00, USD=30.00",
}


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What the demo made, for the command's answer."""

    tenant: Tenant
    administrator: User
    customers: int
    items: int
    actions: int


class Story:
    """Tells the same story for the same seed and day."""

    def __init__(self, house: House, folder: Path, today: date, seed: str = "verrier") -> None:
        self._house, self._folder, self._today = house, folder, today
        self._chance = random.Random(seed)  # noqa: S311 - invented data, no secrets
        self._clock = TurnedClock(_at(first_day(today), 6))

    def tell(self, count: int) -> Told:
        """Found the tenant and live through its months; afterwards the house has its real clock again."""
        self._house.clock.override(providers.Object(self._clock))
        try:
            tenant = self._found()
            administrator, *collectors = self._people(tenant)
            items = self._live(tenant, administrator, collectors, count)
        finally:
            self._house.clock.reset_override()
        actions = self._house.count_agenda()(system_of(tenant), tenant.timezone)
        return Told(tenant=tenant, administrator=administrator, customers=count, items=items, actions=actions)

    def _found(self) -> Tenant:
        request = NewTenant(
            code=CODE,
            name="Verrier Fournitures SAS",
            currency="EUR",
            country="FR",
            language="en",
            timezone=ZONE.key,
        )
        tenant = self._house.found_tenant()(request)
        self._house.change_settings()(NewSettings(actor=system_of(tenant), values=_SETTINGS))
        return tenant

    def _people(self, tenant: Tenant) -> list[User]:
        add = self._house.add_user()
        return [
            add(NewUser(actor=system_of(tenant), email=f"{mailbox}@{_DOMAIN}", name=name, role=role, vouched=True))
            for mailbox, name, role in _PEOPLE
        ]

    def _live(self, tenant: Tenant, administrator: User, collectors: list[User], count: int) -> int:
        """All weeks, then this morning; how many items came in."""
        night = Night(self._house, system_of(tenant), _acting(tenant, administrator))
        customers = companies(count, tuple(one.email for one in collectors), self._chance)
        entries = ledger(customers, self._today, self._chance)
        night.hand_in("customers", files.write_customers(self._folder / "customers.csv", customers))
        night.hand_in("contacts", files.write_contacts(self._folder / "contacts.csv", customers))
        people = tuple(_acting(tenant, one) for one in collectors)
        week = Week(self._house, system_of(tenant), people, self._chance)
        quiet = self._today - timedelta(weeks=COLLECTED_WEEKS)
        days = _tuesdays(first_day(self._today), self._today - timedelta(days=1))
        for day in [*(day for day in days[::4] if day < quiet), *(day for day in days if day >= quiet)]:
            self._read_ledger(night, entries, day, history=day < quiet)
            if day >= quiet:
                self._clock.turn(_at(day, 9))
                week.work(day)
        self._this_morning(night, entries)
        week.decide()
        return night.items

    def _this_morning(self, night: Night, entries: list[Entry]) -> None:
        """The ledger before the last working day, and that day's payments."""
        cut = _last_working_day(self._today) - timedelta(days=1)
        self._clock.turn(_at(self._today, 6))
        night.hand_in("items", files.write_items(self._folder / f"items-{self._today:%Y%m%d}.csv", entries, cut))
        payments = files.write_payments(self._folder / "payments.csv", entries, cut, self._today)
        night.hand_in("payments", payments)

    def _read_ledger(self, night: Night, entries: list[Entry], day: date, history: bool) -> None:
        self._clock.turn(_at(day, 6))
        file = files.write_items(self._folder / f"items-{day:%Y%m%d}.csv", entries, day - timedelta(days=1))
        night.hand_in("items", file, history)


def system_of(tenant: Tenant) -> Actor:
    """Who acts where no person does."""
    return Actor(tenant=tenant.tenant, user=None, name="system")


def _acting(tenant: Tenant, user: User) -> Actor:
    return Actor(tenant=tenant.tenant, user=user.user, name=user.name, role=user.role)


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), ZONE).astimezone(UTC)


def _tuesdays(start: date, today: date) -> list[date]:
    """Every Tuesday from the first day on; Mondays are too often public holidays."""
    first = start + timedelta(days=(1 - start.weekday()) % 7)
    return [first + timedelta(weeks=n) for n in range((today - first).days // 7 + 1)]


def _last_working_day(today: date) -> date:
    """The last Monday to Friday before today; money comes in on these days only."""
    return today - timedelta(days={0: 3, 6: 2}.get(today.weekday(), 1))

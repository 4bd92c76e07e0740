"""A small company to look at in web tests: founded and decided by the real verbs, its ledger written to the tables."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
from argon2 import PasswordHasher
from dependency_injector import providers
from sqlalchemy import Engine, insert, update

from relance.adapters.passwords import Argon2Passwords
from relance.adapters.store.schema import metadata
from relance.adapters.store.summaries import refresh_summaries
from relance.adapters.store.tables.customers import contacts, customers
from relance.adapters.store.tables.intake import sources
from relance.adapters.store.tables.ledger import items
from relance.adapters.store.tenancy import SqlTenancy
from relance.core.collection.scenarios import Automation, StepKind
from relance.core.kernel.identifiers import TenantId
from relance.core.tenancy.users import Actor, Role
from relance.main.container import House
from relance.main.settings import from_environment
from relance.usecases.collection.run_day import DayDecided, NewDay
from relance.usecases.tenancy.add_user import NewUser
from relance.usecases.tenancy.found_tenant import NewTenant

TODAY = date(2026, 11, 23)
NOW = "2026-11-23T08:00:00Z"
PASSWORD = "correct horse battery"
_PASSWORDS = Argon2Passwords(hasher=PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
"""Hashes that cost nothing: a page test is not about them, and three real ones take longer than the page."""

# name, country, language, contact; then for each invoice: days late, amount in cents
LEDGER = (
    (
        "Groupe Marchetti et Fils",
        "FR",
        "fr",
        "Paola Marchetti",
        ((96, 1149475), (75, 613455), (46, 1633000), (7, 1425600)),
    ),
    ("Nordlys Møbler AS", "NO", "en", "Ingrid Dahl", ((41, 612000), (20, 934000))),
    ("Azulejos Viana Lda", "PT", "en", "Rui Costa", ((52, 350000), (24, 472875))),
    ("Transports Delaunay", "FR", "fr", "Claire Delaunay", ((47, 1248000), (26, 1536025), (17, 400000), (-8, 2027865))),
    ("Kessler Anlagenbau GmbH", "DE", "en", "Jens Kessler", ((12, 1270500),)),
    ("Hotelli Saarinen Oy", "FI", "en", "", ((33, 731840), (9, 200000))),
    ("Boulangerie Perrault", "FR", "fr", "Luc Perrault", ((68, 100660), (35, 90000), (10, 50000))),
    ("Lagom Interiör AB", "SE", "en", "Astrid Berg", ((38, 1554080), (16, 700000))),
    ("Costruzioni Bellini Srl", "IT", "en", "Marco Bellini", ((84, 800000), (52, 500000), (12, 249900))),
    ("Ferreira Distribuição SA", "PT", "en", "João Pinto", ((118, 2412000), (63, 2000000), (22, 2000000))),
    ("Van Houten Logistiek BV", "NL", "en", "Sanne de Wit", ((57, 1788015), (28, 1000000))),
    ("Atelier Morin", "FR", "fr", "Anne Morin", ((31, 331000), (6, 100000))),
    ("Zanetti Marmi Spa", "IT", "en", "Lidia Zanetti", ((-3, 905000),)),
)
STEPS_DONE = (4, 2, 2, 1, 0, 0, 3, 1, 4, 3, 3, 3, 0)
"""How far each first invoice has come, so that the day finds messages, calls and tasks."""


def house_on(engine: Engine, folder: Path) -> House:
    """A house on a database whose tables are there already."""
    house = house_at(folder)
    house.engine().dispose()
    house.engine.override(providers.Object(engine))
    return house


def house_at(folder: Path, now: str = NOW) -> House:
    """A house on an empty SQLite database whose clock starts in the morning of TODAY."""
    environment = from_environment(
        {"RELANCE_DATABASE": f"sqlite:///{folder}/relance.db", "RELANCE_ENV": "test", "RELANCE_NOW": now}
    )
    house = House()
    house.environment.override(providers.Object(environment))
    house.passwords.override(providers.Object(_PASSWORDS))
    metadata.create_all(house.engine())
    return house


def found(house: House, code: str = "acme", name: str = "Atelier Vernier SAS") -> Actor:
    """A tenant with Lucie, its administrator and default collector."""
    tenant = house.found_tenant()(
        NewTenant(
            code=code,
            name=name,
            currency="EUR",
            country="FR",
            language="en",
            timezone="Europe/Paris",
            collector=f"lucie@{code}.example",
        )
    )
    system = Actor(tenant=tenant.tenant, user=None, name="system")
    add_person(house, system, f"admin@{code}.example", "Lucie Brandt", "administrator")
    return system


def add_person(house: House, system: Actor, email: str, name: str, role: Role) -> None:
    """Somebody with the one password of the tests."""
    house.add_user()(NewUser(actor=system, email=email, name=name, role=role, password=PASSWORD, vouched=True))


def write_ledger(house: House, tenant: TenantId, notice: StepKind = "task") -> None:
    """The customers and invoices of LEDGER; `notice` is how the formal notice is done, a task as in older scenarios."""
    with house.work()(tenant) as unit:
        standard = unit.collection.scenario("standard")
        automation: Automation = "manual" if notice == "task" else "to-confirm"
        last = msgspec.structs.replace(standard.steps[-1], kind=notice, automation=automation)
        unit.collection.save_scenario(msgspec.structs.replace(standard, steps=(*standard.steps[:-1], last)))
    with house.engine().begin() as connection:
        for counter in ("sources", "customers", "contacts", "items"):
            SqlTenancy(connection, tenant).next_numbers(counter, 100)
        lucie = 1
        connection.execute(insert(sources), _source(tenant))
        item = 0
        for number, (name, country, language, contact, invoices) in enumerate(LEDGER, 1):
            connection.execute(insert(customers), _customer(tenant, number, name, country, language, lucie))
            if contact:
                connection.execute(insert(contacts), _contact(tenant, number, contact, language))
            for place, (late, amount) in enumerate(invoices):
                item += 1
                step = STEPS_DONE[number - 1] if place == 0 else 0
                connection.execute(insert(items), _invoice(tenant, item, number, late, amount, step))
        refresh_summaries(connection, tenant, TODAY, None)


def had_every_step(house: House, *numbers: int) -> None:
    """These items have had the last step, three days ago."""
    done = {"step_done": 5, "step_on": TODAY - timedelta(days=3)}
    with house.engine().begin() as connection:
        connection.execute(update(items).where(items.c.item_id.in_(numbers)).values(**done))


def decide(house: House, system: Actor) -> DayDecided:
    """Run the day."""
    return house.run_day()(NewDay(actor=system))


def _source(tenant: TenantId) -> dict[str, object]:
    return {
        "tenant_id": tenant,
        "source_id": 1,
        "name": "erp",
        "last_good_at": datetime(2026, 11, 23, 6, tzinfo=UTC),
    }


def _customer(
    tenant: TenantId, number: int, name: str, country: str, language: str, collector: int
) -> dict[str, object]:
    return {
        "tenant_id": tenant,
        "customer_id": number,
        "entity_id": 1,
        "code": f"C{10000 + number * 77}",
        "name": name,
        "country": country,
        "language": language,
        "collector_id": collector,
        "created_on": TODAY - timedelta(days=400),
    }


def _contact(tenant: TenantId, number: int, name: str, language: str) -> dict[str, object]:
    first, _, last = name.partition(" ")
    return {
        "tenant_id": tenant,
        "contact_id": number,
        "customer_id": number,
        "first_name": first,
        "name": last,
        "email": f"compta{number}@client.example",
        "phone": "+33 1 99 00 00 00",
        "language": language,
        "collection": True,
    }


def _invoice(tenant: TenantId, item: int, customer: int, late: int, amount: int, step: int) -> dict[str, object]:
    due = TODAY - timedelta(days=late)
    return {
        "tenant_id": tenant,
        "item_id": item,
        "entity_id": 1,
        "customer_id": customer,
        "source_id": 1,
        "unique_key": f"i{item}",
        "type": "invoice",
        "number": f"FA-26-{1000 + item}",
        "issued_on": due - timedelta(days=30),
        "due_on": due,
        "currency": "EUR",
        "amount": amount,
        "open_amount": amount,
        "created_import_id": 1,
        "changed_import_id": 1,
        "step_done": step,
        "step_on": TODAY - timedelta(days=30) if step else None,
    }

"""Founding a tenant, its settings, people and keys, on both databases."""

from datetime import UTC, date, datetime

import msgspec
import pytest
from sqlalchemy import Engine

from relance.adapters.standards import CldrStandards
from relance.adapters.store.tenancy import SqlTenantDirectory
from relance.adapters.store.work import SqlWork
from relance.adapters.supplied.files import SuppliedFiles
from relance.core.kernel.errors import BadInput, Conflict, NotAllowed, NotFound
from relance.core.kernel.identifiers import TenantId, UserId
from relance.core.tenancy.keys import hash_of, parts_of
from relance.core.tenancy.tenants import Tenant
from relance.core.tenancy.users import Actor
from relance.usecases.tenancy.add_key import AddKey, NewKey
from relance.usecases.tenancy.add_user import AddUser, NewUser
from relance.usecases.tenancy.change_settings import ChangeSettings, NewSettings
from relance.usecases.tenancy.found_tenant import FoundTenant, NewTenant
from relance.usecases.tenancy.verify_audit import VerifyAudit
from tests.usecases.collection.ledgers import NoHolidays


class StillClock:
    """A moment that lasts as long as the test."""

    def now(self) -> datetime:
        return datetime(2026, 1, 5, 7, 30, tzinfo=UTC)

    def today(self, zone: str) -> date:
        return date(2026, 1, 5)

    def monotonic(self) -> float:
        return 0.0


class PlainPasswords:
    """Keeps a password readable, for tests only."""

    def hash(self, password: str) -> str:
        return f"plain:{password}"

    def fits(self, password: str, password_hash: str | None) -> bool:
        return password_hash == self.hash(password)


ACME = NewTenant(
    code="acme",
    name="Acme  SAS",
    currency="EUR",
    country="FR",
    language="fr",
    timezone="Europe/Paris",
    collector="Ann.Smith@acme.example",
)


@pytest.fixture
def found(work: SqlWork) -> FoundTenant:
    return FoundTenant(work, StillClock(), CldrStandards(), SuppliedFiles())


@pytest.fixture
def acme(found: FoundTenant) -> Tenant:
    return found(ACME)


def system(tenant: Tenant) -> Actor:
    return Actor(tenant=tenant.tenant, user=None, name="system")


def test_a_new_tenant_has_scenarios_templates_and_a_default_collector(work: SqlWork, acme: Tenant) -> None:
    with work.reading(acme.tenant) as unit:
        assert unit.tenancy.tenant().name == "Acme SAS"
        assert unit.tenancy.settings().text("scenario") == "standard"
        collector = unit.tenancy.user_by_email(unit.tenancy.settings().text("collector"))
        assert {scenario.code for scenario in unit.collection.scenarios()} >= {"standard"}
        assert unit.collection.templates("first-reminder")
        assert unit.audit.verify().ok
    assert collector is not None
    assert (collector.role, collector.address_confirmed, collector.name) == ("collector", True, "Ann Smith")


def test_a_code_is_taken_once_and_the_second_try_leaves_nothing(
    engine: Engine, found: FoundTenant, acme: Tenant
) -> None:
    with pytest.raises(Conflict):
        found(msgspec.structs.replace(ACME, name="Other"))
    assert [tenant.name for tenant in SqlTenantDirectory(engine).all()] == ["Acme SAS"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("code", "Acme!"),
        ("name", " "),
        ("currency", "FRF"),
        ("country", "UK"),
        ("language", "tlh"),
        ("timezone", "Europe/Atlantis"),
        ("collector", "ann@acme.example]<bob@evil.example>"),
        ("scenario", "harsh"),
    ],
)
def test_what_does_not_exist_founds_nothing(engine: Engine, found: FoundTenant, field: str, value: str) -> None:
    with pytest.raises(BadInput):
        found(msgspec.structs.replace(ACME, **{field: value}))
    assert SqlTenantDirectory(engine).all() == []


def test_settings_change_together_or_not_at_all(work: SqlWork, acme: Tenant) -> None:
    change = ChangeSettings(work, StillClock(), CldrStandards(), NoHolidays(), b"key")
    asked = {"hold-minutes": "5", "timezone": "Europe/Berlin", "grace-days": "2"}
    assert change(NewSettings(actor=system(acme), values=asked)) == ("timezone", "hold-minutes")
    with pytest.raises(BadInput):
        change(NewSettings(actor=system(acme), values={"grace-days": "9", "name": "New", "windows": "sometimes"}))
    with work.reading(acme.tenant) as unit:
        assert (unit.tenancy.tenant().timezone, unit.tenancy.tenant().name) == ("Europe/Berlin", "Acme SAS")
        assert unit.tenancy.settings().number("grace-days") == 2


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("collector", "nobody@acme.example"),
        ("scenario", "harsh"),
        ("colour", "blue"),
        ("bounce-address", "here"),
        ("sender", "Acme <"),
    ],
)
def test_a_setting_names_what_exists(work: SqlWork, acme: Tenant, name: str, value: str) -> None:
    with pytest.raises(BadInput):
        ChangeSettings(work, StillClock(), CldrStandards(), NoHolidays(), b"key")(
            NewSettings(actor=system(acme), values={name: value})
        )


def test_people_join_once_and_only_an_administrator_adds_them(work: SqlWork, acme: Tenant) -> None:
    add = AddUser(work, PlainPasswords())
    request = NewUser(actor=system(acme), email="Bob@acme.example", name="Bob", role="manager", password="long enough")
    assert add(request).email == "bob@acme.example"
    with pytest.raises(Conflict):
        add(request)
    manager = Actor(tenant=acme.tenant, user=UserId(2), name="Bob", role="manager")
    with pytest.raises(NotAllowed):
        add(msgspec.structs.replace(request, actor=manager, email="cleo@acme.example"))


@pytest.mark.parametrize(
    ("field", "value"),
    [("email", "bob"), ("name", ""), ("role", "owner"), ("password", "short"), ("password", "x" * 129)],
)
def test_a_person_needs_an_address_a_name_a_role_and_a_fair_password(
    work: SqlWork, acme: Tenant, field: str, value: str
) -> None:
    request = NewUser(actor=system(acme), email="bob@acme.example", name="Bob", role="viewer")
    with pytest.raises(BadInput):
        AddUser(work, PlainPasswords())(msgspec.structs.replace(request, **{field: value}))


def test_a_key_is_kept_as_a_hash_of_its_secret(work: SqlWork, acme: Tenant) -> None:
    made = AddKey(work, StillClock())(NewKey(actor=system(acme), name="ERP", scopes=("import", "read")))
    tenant, key, secret = parts_of(made.key)
    assert (tenant, made.scopes) == (acme.tenant, ("read", "import"))
    with work.reading(acme.tenant) as unit:
        kept = unit.keys.get(key)
    assert kept is not None
    assert kept.secret_hash == hash_of(secret)
    assert secret not in str(kept)


def test_the_chain_of_what_the_operator_did_is_whole(work: SqlWork, acme: Tenant) -> None:
    AddKey(work, StillClock())(NewKey(actor=system(acme), name="ERP", scopes=("read",)))
    assert VerifyAudit(work)(system(acme)).ok
    with pytest.raises(NotFound), work.reading(TenantId(99)) as unit:
        unit.tenancy.tenant()

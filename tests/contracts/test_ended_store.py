"""Invoices past the last step: the store finds those that the core names, on both databases (D7, S3.18)."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, update

from relance.adapters.store.summaries import refresh_summaries
from relance.adapters.store.tables.customers import customers
from relance.adapters.store.tables.ledger import account_summaries, items
from relance.adapters.store.work import SqlWork
from relance.core.collection.accounts import Account
from relance.core.collection.cycles import ended_from
from relance.core.collection.ended import ended_invoices
from relance.core.collection.rules import DayRules, Rules, rules_on
from relance.core.collection.scenarios import Scenario
from relance.core.collection.thresholds import rules_under
from relance.core.kernel.identifiers import CustomerId, TenantId
from relance.core.ledger.items import Item
from relance.core.tenancy.users import Actor
from relance.main.container import House
from relance.ports.store.agenda import SORTS, Sort
from relance.ports.store.ended import EndedQuestion
from relance.usecases.collection.list_ended import EndedAsked, EndedShown
from tests.contracts.test_day_store import LATE_ONLY, STANDARD, TODAY, any_rules, ledgers
from tests.http.ledger import decide, found, had_every_step, house_on, write_ledger
from tests.usecases.collection.ledgers import put_customers, put_items

NOTES = Scenario(code="notes", name={"en": "Notes"}, steps=STANDARD.steps[:1])
CHOOSY = msgspec.structs.replace(LATE_ONLY, ignore="EUR=5")
SCENARIOS = {one.code: one for one in (STANDARD, CHOOSY, NOTES, Scenario(code="none", name={"en": "None"}))}
PEOPLE: dict[int, dict[str, Any]] = {
    1: {"payment_method": ""},
    2: {"payment_method": "", "lead_id": 3, "scenario": "standard"},
    3: {"payment_method": "direct-debit", "paused_until": TODAY - timedelta(days=1)},
    4: {"payment_method": "", "scenario": "none"},
}


@pytest.fixture
def people(engine: Engine, tenant: TenantId) -> None:
    put_customers(engine, tenant, *({"customer_id": n} for n in PEOPLE))
    with engine.begin() as connection:
        for number, values in PEOPLE.items():
            connection.execute(update(customers).where(customers.c.customer_id == number).values(**values))


def _question(tenant: TenantId, rules: Rules, scenario: str, **filters: Any) -> EndedQuestion:
    actor, on = Actor(tenant=tenant, user=None, name="system"), rules_on(rules, TODAY, lambda _day: False)
    ignored = {"late": on.rules.ignore | {"EUR": 500}}
    ends = {code: ended_from(one) for code, one in SCENARIOS.items() if one.steps}
    if scenario != "notes":
        del ends["notes"]
    return EndedQuestion(actor=actor, on=on, ends=ends, ignored=ignored, scenario=scenario, **filters)


def _under(code: str, question: EndedQuestion) -> DayRules:
    scenario = SCENARIOS.get(code)
    return rules_under(scenario, question.on) if scenario else question.on


def _own(number: int, kept: list[Item]) -> list[Item]:
    """As the day reads them: what names no way of payment is paid as its customer pays."""
    usual = PEOPLE[number]["payment_method"]
    mine = [one for one in kept if one.customer == number]
    return [msgspec.structs.replace(one, payment_method=one.payment_method or usual) for one in mine]


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(ledger=ledgers(), rules=any_rules, default=st.sampled_from(["late", "late", "notes", "gone"]))
def test_the_store_finds_the_invoices_that_the_core_names(
    engine: Engine, work: SqlWork, tenant: TenantId, people: None, ledger: list[Item], rules: Rules, default: str
) -> None:
    with engine.begin() as connection:
        connection.execute(delete(items))
        connection.execute(delete(account_summaries))
    put_items(engine, tenant, ledger)
    with engine.begin() as connection:
        refresh_summaries(connection, tenant, TODAY, None)
    with work.reading(tenant) as unit:
        for number, person in PEOPLE.items():
            question = _question(tenant, rules, default, customer=CustomerId(number))
            code = default if person.get("lead_id") else person.get("scenario") or default
            account = Account(customer=CustomerId(number), code="", paused_until=person.get("paused_until"))
            expected = ended_invoices(account, _own(number, ledger), SCENARIOS.get(code), _under(code, question))
            assert [one.item for one in unit.ended.items(question)] == [one.item for one in expected]
            lines, _ = unit.ended.page(question)
            sums = {line.currency: (line.invoices, line.amount) for line in lines}
            assert sums == _sums(expected)
            assert unit.ended.count(question) == len(sums)


def _sums(expected: list[Item]) -> dict[str, tuple[int, int]]:
    sums: dict[str, tuple[int, int]] = {}
    for one in expected:
        count, amount = sums.get(one.currency, (0, 0))
        sums[one.currency] = (count + 1, amount + one.open_amount)
    return sums


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    return house_on(engine, tmp_path)


@pytest.fixture
def system(house: House) -> Actor:
    system = found(house)
    write_ledger(house, system.tenant)
    had_every_step(house, 1, 3, 20, 22)
    decide(house, system)
    return system


def show(house: House, actor: Actor, **asked: Any) -> EndedShown:
    return house.list_ended()(EndedAsked(actor=actor, **asked))


@pytest.mark.parametrize("sort", SORTS)
def test_small_pages_one_after_the_other_are_the_whole_list(house: House, system: Actor, sort: Sort) -> None:
    whole = [line.customer for line in show(house, system, sort=sort).lines]
    seen, page = [], show(house, system, sort=sort, limit=1)
    seen += page.lines
    while page.after:
        page = show(house, system, sort=sort, limit=1, after=page.after)
        seen += page.lines
    assert [line.customer for line in seen] == whole
    assert len(whole) == page.count > 1


def test_filters_narrow_what_is_to_be_qualified(house: House, system: Actor) -> None:
    lucie = msgspec.structs.replace(system, user=1, role="collector")
    nobody = msgspec.structs.replace(system, user=99, role="collector")
    assert show(house, lucie, mine=True).count == show(house, system).count
    assert show(house, nobody, mine=True).count == 0
    assert [line.name for line in show(house, system, overdue_from=20_000).lines] == ["Groupe Marchetti et Fils"]
    assert show(house, system, group=1).count == 0

"""The store's sums say the same as the core's, on generated ledgers and on both databases (D1 to D7)."""

from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, func, select

from relance.adapters.store.beside import moment_of, reader_beside, would_see_the_same
from relance.adapters.store.tables.ledger import items
from relance.adapters.store.work import SqlWork
from relance.core.collection.accounts import are_enough, facts_of, reduce_account
from relance.core.collection.decide import decide
from relance.core.collection.listing import listing
from relance.core.collection.planning import listed_items, listed_lines
from relance.core.collection.rules import Rules, rules_on
from relance.core.collection.scenarios import Scenario, Step
from relance.core.kernel.identifiers import TenantId
from relance.core.ledger.items import Item
from relance.usecases.collection.deciding import furthest
from tests.usecases.collection.ledgers import item, put_customers, put_items

TODAY = date(2026, 11, 23)
STANDARD = Scenario(
    code="standard",
    name={"en": "Standard"},
    steps=(
        Step(code="note", day=-5, kind="email", template="courtesy-note", days_ahead=10),
        Step(code="first", day=5, kind="email", template="first-reminder"),
        Step(code="call", day=15, kind="call", template="call-script"),
    ),
)
LATE_ONLY = Scenario(code="late", name={"en": "Late"}, steps=STANDARD.steps[1:])
JUMPING = msgspec.structs.replace(STANDARD, code="jumping", jump=True)
SCENARIOS = {scenario.code: scenario for scenario in (STANDARD, LATE_ONLY, JUMPING)}


def _days(first: int, last: int) -> st.SearchStrategy[date]:
    return st.integers(first, last).map(lambda days: TODAY + timedelta(days=days))


@st.composite
def any_item(draw: st.DrawFn, number: int, accounts: int) -> Item:
    kind = draw(
        st.sampled_from(
            ["invoice"] * 8 + ["miscellaneous", "credit-note", "payment", "payment", "draft", "down-payment-request"]
        )
    )
    amount = draw(st.sampled_from([1, 99, 100, 500, 2_500, 10_000]))
    negative = kind in {"credit-note", "payment"} or draw(st.integers(0, 19)) == 0
    due_on = draw(_days(-40, 30))
    return item(
        number,
        draw(st.integers(1, accounts)),
        type=kind,
        number=draw(st.sampled_from(["A1", "A2", "B/1", f"F{number}"])),
        due_on=due_on,
        issued_on=due_on - timedelta(days=draw(st.sampled_from([10, 30]))),
        currency=draw(st.sampled_from(["EUR", "EUR", "EUR", "USD"])),
        open_amount=-amount if negative else amount,
        payment_method=draw(st.sampled_from(["", "", "", "direct-debit", "draft", "transfer"])),
        hold=draw(st.sampled_from([None, None, None, None, "promise", "dispute", "pause"])),
        hold_until=draw(st.one_of(st.none(), _days(-3, 3))),
        reference=draw(st.sampled_from(["", "", "A1", "B/1"])),
        step_done=draw(st.sampled_from([0, 0, 0, 1, 2, 3])),
        step_elsewhere=draw(st.sampled_from([0, 0, 0, 3])),
        step_on=draw(st.one_of(st.none(), _days(-20, 0))),
    )


@st.composite
def ledgers(draw: st.DrawFn) -> list[Item]:
    count = draw(st.integers(1, 24))
    return [draw(any_item(number, 4)) for number in range(1, count + 1)]


any_rules = st.builds(
    Rules,
    ignore=st.sampled_from([{}, {"EUR": 100}, {"EUR": 100, "USD": 600}]),
    minimum=st.sampled_from([{}, {"EUR": 1_000}, {"EUR": 5_000, "USD": 3_000}]),
    own_debit_days=st.sampled_from([0, 5]),
)


@pytest.fixture
def people(engine: Engine, tenant: TenantId) -> None:
    pays = {4: "direct-debit"}
    put_customers(engine, tenant, *({"customer_id": n, "payment_method": pays.get(n, "")} for n in range(1, 5)))


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(ledger=ledgers(), rules=any_rules)
def test_sql_reduces_as_the_core_does(
    engine: Engine, work: SqlWork, tenant: TenantId, people: None, ledger: list[Item], rules: Rules
) -> None:
    with engine.begin() as connection:
        connection.execute(delete(items))
    put_items(engine, tenant, ledger)
    on = rules_on(rules, TODAY, lambda _day: False)
    until = furthest(SCENARIOS.values(), TODAY)
    with work.reading(tenant) as unit:
        days = {day.account.customer: day for day in unit.day.accounts(on, until, "standard")}
        kept = unit.day.items_of(days)
    for customer, day in days.items():
        own = kept.get(customer, [])
        assert day.open_items == len(own)
        for scenario in SCENARIOS.values():
            rows = day.rows()
            if not are_enough(rows, scenario, on, until):
                continue
            reference = reduce_account(own, scenario, on)
            summed = facts_of(rows, scenario, on)
            said, expected = decide(day.account, summed, scenario, on), decide(day.account, reference, scenario, on)
            assert said == expected
            assert _sums(summed) == _sums(reference)
            if not said.plan:
                continue
            shown = listing(own, scenario, said.plan.step_number, said.plan.leader.item, on)
            assert shown.reason == ""
            assert listed_lines(rows, said.plan, on) == listed_items(shown)


def test_two_readers_say_together_what_one_says_once_something_is_written(
    engine: Engine, work: SqlWork, tenant: TenantId, people: None
) -> None:
    put_items(engine, tenant, [item(number, number % 4 + 1, open_amount=number * 100) for number in range(1, 30)])
    on = rules_on(Rules(), TODAY, lambda _day: False)
    with work(tenant) as unit:
        assert would_see_the_same(unit.connection)
        by_two = unit.day.accounts(on, TODAY, "standard")
        one_by_one = list(unit.day.one_by_one(on, TODAY, "standard"))
        unit.audit.record("someone", "noted", "nothing", {})
        assert not would_see_the_same(unit.connection)
        by_one = unit.day.accounts(on, TODAY, "standard")
    said = [[(day.account.customer, day.mark, day.rows()) for day in days] for days in (by_two, one_by_one, by_one)]
    assert said[0] == said[1] == said[2]
    assert [customer for customer, _, _ in said[0]] == [1, 2, 3, 4]


def test_readers_beside_see_the_moment_at_which_the_day_began_to_read(
    engine: Engine, work: SqlWork, tenant: TenantId, people: None
) -> None:
    put_items(engine, tenant, [item(1, 1)])
    count = select(func.count()).select_from(items)
    with work.reading(tenant) as unit:
        moment = moment_of(unit.connection)
        with reader_beside(unit.connection, moment) as early:
            assert early.execute(count).scalar_one() == 1
            put_items(engine, tenant, [item(2, 2)])
            assert early.execute(count).scalar_one() == 1
        if moment:
            with reader_beside(unit.connection, moment) as late:
                assert late.execute(count).scalar_one() == 1


def _sums(facts: object) -> object:
    """The facts without what lies beyond the horizon: of that only the day is known."""
    plain = msgspec.to_builtins(facts)
    for currency in plain["currencies"]:
        del currency["note_net"]
        currency["coming"] = currency["coming"] and currency["coming"]["due_on"]
    return plain


@pytest.mark.parametrize("first", [1, 65_536])
def test_a_mark_changes_with_every_fact_that_a_message_shows(
    engine: Engine, work: SqlWork, tenant: TenantId, people: None, first: int
) -> None:
    on = rules_on(Rules(), TODAY, lambda _day: False)
    base = [item(first), item(2), item(3, type="credit-note", open_amount=-500)]
    changes = (
        {"open_amount": 9_999},
        {"hold": "dispute"},
        {"due_on": date(2026, 11, 2)},
        {"step_done": 2},
        {"step_elsewhere": 2},
        {"currency": "USD"},
        {"type": "miscellaneous"},
        {"type": "credit-note", "open_amount": -10_000},
        {"type": "credit-note", "open_amount": -10_000, "reference": "F002"},
        {"type": "credit-note", "open_amount": -10_000, "reference": "F003"},
    )
    marks = set()
    for change in ({}, *changes):
        with engine.begin() as connection:
            connection.execute(delete(items))
        put_items(engine, tenant, [msgspec.structs.replace(base[0], **change), *base[1:]])
        with work.reading(tenant) as unit:
            marks.add(unit.day.accounts(on, TODAY, "standard", only=[1])[0].mark)
    assert len(marks) == len(changes) + 1


def test_another_tenants_accounts_are_not_seen(engine: Engine, work: SqlWork, tenant: TenantId, people: None) -> None:
    on = rules_on(Rules(), TODAY, lambda _day: False)
    put_items(engine, tenant, [item(1)])
    with work.reading(TenantId(tenant + 1)) as unit:
        assert unit.day.accounts(on, TODAY, "standard") == []
        assert unit.day.items_of([1]) == {}

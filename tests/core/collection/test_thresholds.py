"""A scenario's own thresholds count for its accounts in place of the tenant's (B2, B3, D5)."""

import msgspec
import pytest

from relance.core.collection.accounts import Account, CurrencyRow, Line, are_enough, facts_of, rows_of
from relance.core.collection.decide import decide
from relance.core.collection.rules import DayRules, Rules
from relance.core.collection.scenario_checks import faults
from relance.core.collection.scenarios import Scenario
from relance.core.collection.thresholds import lowest, rules_under, sifted
from relance.core.kernel.identifiers import CustomerId, ItemId
from tests.core.collection.accounts import LATE_ONLY, TODAY, late, on

ACCOUNT = Account(customer=CustomerId(1), code="C1", scenario="late")


def day(**rules: dict[str, int]) -> DayRules:
    return on(Rules(ignore=rules.get("ignore", {}), minimum=rules.get("minimum", {})))


def own(minimum: str = "", ignore: str = "") -> Scenario:
    return msgspec.structs.replace(LATE_ONLY, minimum=minimum, ignore=ignore)


def test_a_currency_that_the_scenario_does_not_name_keeps_the_tenants_amount() -> None:
    rules = day(minimum={"EUR": 1000, "USD": 500}, ignore={"EUR": 100})
    under = rules_under(own("EUR=150.00", "JPY=30"), rules)
    assert under.rules.minimum == {"EUR": 15000, "USD": 500}
    assert under.rules.ignore == {"EUR": 100, "JPY": 30}
    assert rules_under(LATE_ONLY, rules) is rules


def test_the_store_reads_by_the_lowest_threshold_of_all() -> None:
    rules = day(ignore={"EUR": 100, "USD": 200})
    assert lowest([LATE_ONLY, own(minimum="EUR=5")], rules) is rules
    assert lowest([LATE_ONLY, own(ignore="EUR=0.50, USD=9, JPY=3")], rules).rules.ignore == {"EUR": 50, "USD": 200}
    assert lowest([own(ignore="EUR=7")], day()).rules.ignore == {}


@pytest.mark.parametrize(
    ("scenario", "amounts", "skip"),
    [
        (own("EUR=100.01"), {}, "below-minimum"),
        (own("EUR=0"), {"minimum": {"EUR": 10001}}, ""),
        (own(ignore="EUR=101"), {}, "nothing-to-collect"),
        (own(ignore="EUR=0"), {"ignore": {"EUR": 10100}}, ""),
    ],
)
def test_an_account_is_decided_by_its_scenarios_thresholds(
    scenario: Scenario, amounts: dict[str, dict[str, int]], skip: str
) -> None:
    rules = day(**amounts)
    under = rules_under(scenario, rules)
    items = [late(1, 20, open_amount=10000)]
    for rows in (rows_of(items, under), sifted(rows_of(items, lowest([scenario, LATE_ONLY], rules)), under)):
        assert decide(ACCOUNT, facts_of(rows, scenario, under), scenario, under).skip == skip


def test_rows_that_hide_the_next_coming_invoice_are_not_enough() -> None:
    later = Line(739000, 738900, "F9", ItemId(9), 50, True, 0, None)
    row = CurrencyRow(
        currency="EUR",
        open_items=2,
        balance=50,
        only_memo=False,
        overdue=0,
        overdue_held=0,
        lines=(),
        credit=0,
        later=later,
    )
    under = rules_under(own(ignore="EUR=1"), day())
    [seen] = sifted([row], under)
    assert seen.later is None and not are_enough([seen], LATE_ONLY, under, TODAY)
    assert sifted([row], day())[0] is row


@pytest.mark.parametrize("text", ["EUR", "EUR=x", "EUR=-1", "EUR=1.005", "EURO=1"])
def test_what_is_no_amount_cannot_be_published(text: str) -> None:
    templates = {step.template for step in LATE_ONLY.steps}
    for field in ("minimum", "ignore"):
        [fault] = faults(msgspec.structs.replace(LATE_ONLY, **{field: text}), templates)
        assert (fault.step, fault.field, fault.code) == (0, field, "no-amounts")

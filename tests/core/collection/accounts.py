"""Items, scenarios and accounts for tests of the decision."""

from datetime import date, timedelta
from typing import Any

from relance.core.collection.accounts import Account, reduce_account
from relance.core.collection.decide import decide
from relance.core.collection.decisions import Decision
from relance.core.collection.rules import DayRules, Rules, rules_on
from relance.core.collection.scenarios import Scenario, Step
from relance.core.kernel.identifiers import CustomerId
from relance.core.ledger.items import Item
from tests.usecases.collection.ledgers import item

TODAY = date(2026, 11, 23)
"""A Monday."""
NOTE = Step(code="note", day=-5, kind="email", template="courtesy-note", days_ahead=10)
FIRST = Step(code="first", day=5, kind="email", template="first-reminder")
SECOND = Step(code="second", day=15, kind="email", template="second-reminder")
CALL = Step(code="call", day=25, kind="call", template="call-script", automation="manual")
NOTICE = Step(code="notice", day=40, kind="task", template="formal-notice", automation="manual", listed_by="second")
STANDARD = Scenario(code="standard", name={"en": "Standard"}, steps=(NOTE, FIRST, SECOND, CALL, NOTICE))
LATE_ONLY = Scenario(code="late", name={"en": "Late"}, steps=(FIRST, SECOND, CALL, NOTICE))
NONE = Scenario(code="none", name={"en": "None"})


def on(rules: Rules | None = None, today: date = TODAY) -> DayRules:
    """The rules on the day; no public holidays."""
    return rules_on(rules or Rules(), today, lambda _day: False)


def late(id_: int, days: int, **fields: Any) -> Item:
    """An invoice overdue by some days; negative: due in some days."""
    due_on = TODAY - timedelta(days=days)
    return item(id_, due_on=due_on, issued_on=due_on - timedelta(days=30), **fields)


def decided(
    *items: Item, scenario: Scenario | None = STANDARD, rules: Rules | None = None, blocked: bool = False, **known: Any
) -> Decision:
    """The decision for an account of these items."""
    account = Account(customer=CustomerId(1), code="C1", scenario="standard", **known)
    day = on(rules)
    facts = reduce_account(items, scenario or NONE, day)
    return decide(account, facts, scenario, day, blocked)

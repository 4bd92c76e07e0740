"""A scenario's own minimum and ignore threshold, which count for its accounts in place of the tenant's (B2, B3, D5).

They are resolved once for each scenario of a day. Where a scenario has a threshold of items, the store reads by the
lowest of all, and `sifted` leaves out of an account's rows what its own scenario does.
"""

from collections.abc import Iterable, Sequence

import msgspec

from relance.core.collection.accounts import CurrencyRow
from relance.core.collection.rules import DayRules
from relance.core.collection.scenarios import Scenario
from relance.core.tenancy.settings import parse_amounts


def rules_under(scenario: Scenario, on: DayRules) -> DayRules:
    """The day's rules for accounts of the scenario; a currency that it does not name keeps the tenant's amount."""
    if not scenario.minimum and not scenario.ignore:
        return on
    minimum = on.rules.minimum | parse_amounts(scenario.minimum)
    ignore = on.rules.ignore | parse_amounts(scenario.ignore)
    return msgspec.structs.replace(on, rules=msgspec.structs.replace(on.rules, minimum=minimum, ignore=ignore))


def lowest(scenarios: Iterable[Scenario], on: DayRules) -> DayRules:
    """The rules that leave out no item for which any of the scenarios may ask."""
    every = [rules_under(scenario, on).rules.ignore for scenario in scenarios if scenario.ignore]
    if not every:
        return on
    every.append(on.rules.ignore)
    shared = set.intersection(*(set(one) for one in every))
    ignore = {currency: min(one[currency] for one in every) for currency in sorted(shared)}
    return msgspec.structs.replace(on, rules=msgspec.structs.replace(on.rules, ignore=ignore))


def sifted(rows: Sequence[CurrencyRow], on: DayRules) -> list[CurrencyRow]:
    """Rows that were read by lower thresholds, without what these rules leave out.

    The earliest invoice after the horizon may be among that; then only the items tell which one comes next.
    """
    return [_sifted(row, on.rules.ignore.get(row.currency, 0)) for row in rows]


def _sifted(row: CurrencyRow, least: int) -> CurrencyRow:
    hidden = row.later is not None and row.later.amount < least
    lines = tuple([line for line in row.lines if line.amount < 0 or line.amount >= least])
    if not hidden and len(lines) == len(row.lines):
        return row
    return msgspec.structs.replace(row, lines=lines, later=None if hidden else row.later, tangled=row.tangled or hidden)

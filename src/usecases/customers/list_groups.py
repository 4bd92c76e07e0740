"""List the groups of customers."""

from collections.abc import Mapping

import msgspec

from relance.core.insight.dso import SalesPeriod, dso_ratio, sales_period
from relance.core.kernel.days import end_of_day
from relance.core.tenancy.users import Actor, require_right
from relance.ports.clock import Clock
from relance.ports.store.groups import GroupLine
from relance.ports.store.insight import AgedQuestion
from relance.ports.work import Work


class ListGroups:
    """All groups with their figures over the customers that this viewer may see (S4.2, B19)."""

    def __init__(self, work: Work, clock: Clock) -> None:
        self._work, self._clock = work, clock

    def __call__(self, actor: Actor) -> list[GroupLine]:
        """By name; raises NotAllowed."""
        require_right(actor, "see")
        own = actor.user if actor.own_only else None
        with self._work.reading(actor.tenant) as unit:
            lines = unit.groups.lines(own)
            if actor.own_only:
                lines = [line for line in lines if line.customers or line.group.author == actor.name]
            zone = unit.tenancy.tenant().timezone
            period = sales_period(self._clock.today(zone))
            sales = unit.groups.sales(own, period) if lines else None
            if sales is None:
                return lines
            question = AgedQuestion(as_of=period.last, until=end_of_day(period.last, zone), by="group", own=own)
            owed = {(row.of, row.currency): row.total for row in unit.insight.aged_balance(question)}
        return [_with_dso(line, owed, sales, period) for line in lines]


def _with_dso(
    line: GroupLine, owed: Mapping[tuple[str, str], int], sales: Mapping[tuple[int, str], int], period: SalesPeriod
) -> GroupLine:
    """What was owed at the end of the period by its sales."""
    group, figures = line.group, []
    for one in line.figures:
        receivables, sold = owed.get((group.name, one.currency), 0), sales.get((group.group, one.currency), 0)
        figures.append(msgspec.structs.replace(one, dso=dso_ratio(receivables, sold, period.days)))
    return msgspec.structs.replace(line, figures=tuple(figures), sales_from=period.first)

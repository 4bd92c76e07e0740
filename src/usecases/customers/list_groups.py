"""List the groups of customers."""

from collections.abc import Mapping

import msgspec

from relance.core.insight.dso import SalesPeriod, dso_ratio, sales_period
from relance.core.tenancy.users import Actor, require_right
from relance.ports.clock import Clock
from relance.ports.store.groups import GroupLine
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
            period = sales_period(self._clock.today(unit.tenancy.tenant().timezone))
            sales = unit.groups.sales(own, period) if lines else None
        return lines if sales is None else [_with_dso(line, sales, period) for line in lines]


def _with_dso(line: GroupLine, sales: Mapping[tuple[int, str], int], period: SalesPeriod) -> GroupLine:
    figures = tuple(
        msgspec.structs.replace(
            one, dso=dso_ratio(one.balance, sales.get((line.group.group, one.currency), 0), period.days)
        )
        for one in line.figures
    )
    return msgspec.structs.replace(line, figures=figures, sales_from=period.first)

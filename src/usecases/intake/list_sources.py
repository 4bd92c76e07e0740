"""The sources, with what became of them."""

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

import msgspec

from relance.core.collection.sending import Feed, Freshness, is_stale
from relance.core.intake.sources import SourceState
from relance.core.tenancy.settings import Settings
from relance.core.tenancy.users import Actor, require_right
from relance.ports.calendars import Calendars
from relance.ports.clock import Clock
from relance.ports.work import Unit, Work


class ListSources:
    """Lists sources by name and says which are stale (A28)."""

    def __init__(self, work: Work, clock: Clock, calendars: Calendars) -> None:
        self._work, self._clock, self._calendars = work, clock, calendars

    def __call__(self, actor: Actor) -> list[SourceState]:
        """Every source, also those that came to be by an import; raises NotAllowed."""
        require_right(actor, "import")
        with self._work.reading(actor.tenant) as unit:
            judged = _judge(unit, self._calendars, self._clock.today(unit.tenancy.tenant().timezone))
            return [msgspec.structs.replace(state, stale=judged(state)) for state in unit.sources.states()]


def _judge(unit: Unit, calendars: Calendars, today: date) -> Callable[[SourceState], bool]:
    tenant, settings = unit.tenancy.tenant(), unit.tenancy.settings()
    limits = _limits(settings, tenant.timezone, calendars.of(tenant.country))

    def is_old(state: SourceState) -> bool:
        plan, at = state.plan, state.last_good_at
        if plan.kind not in {"items", "feed"} or (at is None and not plan.scheduled):
            return False
        return is_stale((_feed(state, at),), today, limits)

    return is_old


def _feed(state: SourceState, at: datetime | None) -> Feed:
    return Feed(state.plan.scheduled, at, state.plan.freshness_days)


def _limits(settings: Settings, zone: str, is_holiday: Callable[[date], bool]) -> Freshness:
    return Freshness(
        scheduled_working_days=settings.number("freshness-scheduled"),
        manual_days=settings.number("freshness-manual"),
        zone=ZoneInfo(zone),
        is_holiday=is_holiday,
    )

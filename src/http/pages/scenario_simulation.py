"""The coming weeks under a draft, beside what is published."""

from datetime import date, timedelta
from typing import Any

from litestar import Response
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from relance.core.collection.scenarios import InFlight
from relance.core.kernel.errors import BadInput
from relance.http.access import page
from relance.http.pages import scenario_words
from relance.http.pages.tomorrow import named
from relance.http.templating import Show
from relance.usecases.scenarios.open_scenario import OpenScenario, ScenarioWanted
from relance.usecases.scenarios.simulate_scenario import MOST_WEEKS, Simulated, SimulateScenario, Simulation
from relance.usecases.scenarios.simulating import VOLUMES, DayVolume, Outlook
from relance.usecases.tenancy.resume_session import SignedIn


@page("/scenarios/{code:str}/simulation", needs="scenarios")
def simulation(
    code: FromPath[str],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    simulate_scenario: NamedDependency[SimulateScenario],
    open_scenario: NamedDependency[OpenScenario],
    weeks: FromQuery[int] = 4,
    in_flight: FromQuery[str] = "keep",
) -> Response[str]:
    """Volumes by week, day and step; who would jump; messages per customer."""
    opened = open_scenario(ScenarioWanted(actor=who.actor, code=code))
    kept: InFlight = "move" if in_flight == "move" else "keep"
    values: dict[str, Any] = {
        "opened": opened,
        "weeks": weeks,
        "in_flight": kept,
        "most": MOST_WEEKS,
        "w": scenario_words,
    }
    try:
        seen = simulate_scenario(Simulation(actor=who.actor, code=code, weeks=weeks, in_flight=kept))
    except BadInput as refused:  # a draft with faults, or too many weeks
        return show("scenarios/simulation.html", status=422, problem=refused.detail, seen=None, **values)
    shown = seen.drafted or seen.live
    values |= {
        "shown": shown,
        "each": _weeks(seen),
        "highest": _highest(shown),
        "named": named,
        "counted": _counted(seen),
    }
    return show("scenarios/simulation.html", problem="", seen=seen, **values)


def _counted(seen: Simulated) -> list[str]:
    """The columns: SMS and letters stand there only where there are any."""
    rare = {"texts", "letters"}
    return [name for name in VOLUMES if name not in rare or _any(seen, name)]


def _any(seen: Simulated, name: str) -> bool:
    return any(getattr(one, name) for one in (seen.drafted, seen.live) if one)


def _weeks(seen: Simulated) -> list[tuple[date, date, list[DayVolume | None]]]:
    """Every week with its sums: of the draft, then of what is published."""
    found = []
    first = seen.first
    while first <= seen.last:
        last = first + timedelta(days=6)
        found.append((first, last, [_sum(one, first, last) for one in (seen.drafted, seen.live)]))
        first = last + timedelta(days=1)
    return found


def _sum(outlook: Outlook | None, first: date, last: date) -> DayVolume | None:
    if outlook is None:
        return None
    days = [day for day in outlook.days if first <= day.on <= last]
    return DayVolume(on=first, **{name: sum(getattr(day, name) for day in days) for name in VOLUMES})


def _highest(outlook: Outlook | None) -> int:
    days = outlook.days if outlook else []
    return max((day.messages + day.calls + day.tasks for day in days), default=0) or 1


HANDLERS = [simulation]

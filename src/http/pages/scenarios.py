"""The scenarios: steps on a line around the due date, and what each says."""

from litestar import Response
from litestar.di import NamedDependency

from relance.http.access import page
from relance.http.aged_bars import step_places
from relance.http.i18n.speech import marked, spoken
from relance.http.templating import Show
from relance.usecases.insight.show_scenarios import ShowScenarios
from relance.usecases.tenancy.resume_session import SignedIn

AUTOMATION = {
    "automatic": marked("leaves by itself"),
    "to-confirm": marked("leaves when confirmed"),
    "manual": marked("done by a person"),
}


@page("/scenarios", needs="scenarios")
def scenarios(
    who: NamedDependency[SignedIn], show: NamedDependency[Show], show_scenarios: NamedDependency[ShowScenarios]
) -> Response[str]:
    """All scenarios; texts open below each step."""
    shown = show_scenarios(who.actor)
    names = {scenario.code: scenario.name.get(spoken(), scenario.name["en"]) for scenario in shown.scenarios}
    return show("settings/scenarios.html", shown=shown, names=names, automation=AUTOMATION, step_places=step_places)


HANDLERS = [scenarios]

"""The scenarios: all of them, a new one, and one that comes as text."""

from typing import Any

from litestar import Response
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from relance.core.kernel.errors import BadInput, Conflict
from relance.http.access import deed, page
from relance.http.addresses import segment
from relance.http.dependencies import Fields
from relance.http.pages.scenario_words import named, when
from relance.http.templating import Show
from relance.usecases.scenarios.begin_scenario import BeginScenario, NewScenario
from relance.usecases.scenarios.export_scenario import ExportScenario
from relance.usecases.scenarios.import_scenario import ImportScenario
from relance.usecases.scenarios.list_scenarios import ListScenarios
from relance.usecases.tenancy.resume_session import SignedIn

_EMPTY = {"name": "", "like": "", "text": ""}


@page("/scenarios", needs="scenarios")
def scenarios(
    who: NamedDependency[SignedIn], show: NamedDependency[Show], list_scenarios: NamedDependency[ListScenarios]
) -> Response[str]:
    """All scenarios with what they chase."""
    return _listed(show, list_scenarios, who)


@deed("/scenarios", needs="scenarios")
def begin(
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    begin_scenario: NamedDependency[BeginScenario],
    list_scenarios: NamedDependency[ListScenarios],
) -> Response[str]:
    """A new scenario, empty or like another; its code comes from its name."""
    name = fields.text("name")
    code = _code(name, [line.code for line in list_scenarios(who.actor)])
    wanted = NewScenario(actor=who.actor, code=code, name={"en": name}, like=fields.text("like"))
    try:
        begin_scenario(wanted)
    except (BadInput, Conflict) as refused:  # the form keeps what was typed
        typed = _EMPTY | {"name": name, "like": fields.text("like")}
        return _listed(show, list_scenarios, who, problem=refused.detail, typed=typed)
    return show.go(f"/t/{who.tenant.code}/scenarios/{code}")


@deed("/scenarios/import", needs="scenarios")
def import_text(
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    import_scenario: NamedDependency[ImportScenario],
    list_scenarios: NamedDependency[ListScenarios],
) -> Response[str]:
    """A text becomes the draft of its scenario."""
    text = fields.text("text")
    try:
        draft = import_scenario(who.actor, text)
    except BadInput as refused:  # the form keeps what was typed
        return _listed(show, list_scenarios, who, text_problem=refused.detail, typed=_EMPTY | {"text": text})
    return show.go(f"/t/{who.tenant.code}/scenarios/{draft.scenario.code}?done=saved")


@page("/scenarios/{code:str}/text", needs="scenarios")
def export_text(
    code: FromPath[str],
    who: NamedDependency[SignedIn],
    export_scenario: NamedDependency[ExportScenario],
    version: FromQuery[int] = 0,
) -> Response[str]:
    """The draft, or a version, as a file."""
    text = export_scenario(who.actor, code, version, draft=True)
    headers = {"content-disposition": f'attachment; filename="{segment(code)}.yaml"'}
    return Response(text, headers=headers, media_type="application/yaml; charset=utf-8")


def _listed(show: Show, list_scenarios: ListScenarios, who: SignedIn, **more: Any) -> Response[str]:
    lines = list_scenarios(who.actor)
    values: dict[str, Any] = {
        "lines": lines,
        "named": named,
        "when": when,
        "typed": _EMPTY,
        "problem": "",
        "text_problem": "",
    } | more
    wrong = values["problem"] or values["text_problem"]
    return show("scenarios/list.html", status=422 if wrong else 200, **values)


def _code(name: str, taken: list[str]) -> str:
    """A code for a name: its letters and digits, and a number where that is taken."""
    plain = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in name.lower())
    code = "-".join(filter(None, plain.split("-")))[:34].strip("-") or "scenario"
    codes = [code, *(f"{code}-{number}" for number in range(2, len(taken) + 3))]
    return next(one for one in codes if one not in taken)


HANDLERS = [scenarios, begin, import_text, export_text]

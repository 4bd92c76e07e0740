"""What the verbs that change a draft share."""

from datetime import datetime

from relance.core.collection.designing import Draft
from relance.core.collection.scenario_checks import is_code
from relance.core.collection.scenarios import Scenario
from relance.core.kernel.errors import BadInput, Conflict, NotFound
from relance.core.tenancy.users import Actor
from relance.ports.work import Unit


class DraftMoved(Conflict):
    """Somebody else changed the draft meanwhile."""

    code = "draft-moved"


def live(unit: Unit, code: str) -> Scenario | None:
    """The scenario as it chases now; None for one that was never published."""
    return next((one for one in unit.collection.scenarios() if one.code == code), None)


def draft_of(unit: Unit, code: str, revision: int | None = None) -> Draft:
    """The draft, or one that begins with what is published; raises NotFound, DraftMoved."""
    found = unit.scenarios.draft(code) or begun(unit, code)
    if revision is not None and revision != found.revision:
        raise DraftMoved(f"the draft of {code} changed meanwhile: load it again")
    return found


def begun(unit: Unit, code: str) -> Draft:
    """A draft that says what is published; raises NotFound."""
    scenario = unit.collection.scenario(code)
    return Draft(scenario=scenario, based_on=scenario.version, revision=0)


def require_new(unit: Unit, code: str) -> None:
    """Raise BadInput for what cannot be a code, Conflict for one that is taken."""
    if not is_code(code):
        raise BadInput(f"code: {code!r} is not 1 to 40 small letters, digits and hyphens")
    if live(unit, code) or unit.scenarios.draft(code):
        raise Conflict(f"there is a scenario {code!r} already")


def keep(unit: Unit, draft: Draft, actor: Actor, now: datetime, deed: str) -> Draft:
    """Keep one more revision and say so in the audit."""
    kept = unit.scenarios.save_draft(draft, actor.name, now)
    code = draft.scenario.code
    unit.audit.record(actor.name, f"scenario-{deed}", f"scenario:{code}", {"revision": kept.revision})
    return kept


def required_draft(unit: Unit, code: str) -> Draft:
    """The draft; raises NotFound where nothing is being drafted."""
    found = unit.scenarios.draft(code)
    if found is None:
        raise NotFound(f"nothing is drafted for scenario {code!r}")
    return found

"""Publish the draft of a scenario."""

import msgspec

from relance.core.collection.designing import Draft
from relance.core.collection.scenario_checks import require_sound
from relance.core.collection.scenarios import InFlight, Scenario, carried_steps
from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import ActionId, CustomerId
from relance.core.tenancy.users import Actor, require_right
from relance.ports.calendars import Calendars
from relance.ports.clock import Clock
from relance.ports.store.scenarios import Publication
from relance.ports.work import Unit, Work
from relance.usecases.collection.following import FEW
from relance.usecases.collection.replanning import Planner
from relance.usecases.scenarios.drafting import DraftMoved, live, required_draft

LONGEST_NOTE = 500


class PublicationWanted(msgspec.Struct, frozen=True, kw_only=True):
    """`keep`: a step done stays the step of its code and what waits stays; `move`: both go by the new days."""

    actor: Actor
    code: str
    in_flight: InFlight = "keep"
    revision: int | None = None
    note: str = ""


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """The version, how many accounts follow it, how many had steps done, and what was withdrawn."""

    code: str
    version: int
    accounts: int
    carried: int
    withdrawn: int


class PublishScenario:
    """The draft chases from now on; the version before stays readable for the actions made with it."""

    def __init__(self, work: Work, clock: Clock, calendars: Calendars, key: bytes) -> None:
        self._work, self._clock, self._calendars, self._key = work, clock, calendars, key

    def __call__(self, request: PublicationWanted) -> Published:
        """Publish; raises ScenarioFaulty, DraftMoved, NotFound, BadInput where nothing changed, NotAllowed."""
        require_right(request.actor, "scenarios")
        with self._work(request.actor.tenant) as unit:
            unit.day.lock()
            draft = required_draft(unit, request.code)
            publication = self._publication(unit, draft, request)
            unit.scenarios.publish(publication)
            unit.scenarios.discard(request.code)
            carried, withdrawn = _follow(unit, publication)
            done = Published(
                code=request.code,
                version=publication.after.version,
                accounts=unit.scenarios.accounts().get(request.code, 0),
                carried=carried,
                withdrawn=len(withdrawn),
            )
            by = request.actor.name
            unit.audit.record_many(
                by, "action-cancelled", [(f"action:{one}", {"reason": "scenario-changed"}) for one, _ in withdrawn]
            )
            if 0 < len(withdrawn) <= FEW:
                today = self._clock.today(unit.tenancy.tenant().timezone)
                planner = Planner(unit, today, self._calendars, self._key)
                planner.replan({customer for _, customer in withdrawn}, by)
            detail = msgspec.to_builtins(done) | {"in_flight": request.in_flight}
            unit.audit.record(by, "scenario-published", f"scenario:{request.code}", detail)
        return done

    def _publication(self, unit: Unit, draft: Draft, request: PublicationWanted) -> Publication:
        if request.revision not in {None, draft.revision}:
            raise DraftMoved(f"the draft of {request.code} changed meanwhile: load it again")
        if len(request.note) > LONGEST_NOTE:
            raise BadInput(f"note: at most {LONGEST_NOTE} characters")
        require_sound(draft.scenario, unit.scenarios.templates(), unit.scenarios.short_templates())
        before = live(unit, request.code)
        if before and _same(before, draft.scenario):
            raise BadInput("the draft says what is published already")
        number = 1 + max((one.version for one in unit.scenarios.versions(request.code)), default=0)
        return Publication(
            before=before,
            after=msgspec.structs.replace(draft.scenario, version=number),
            in_flight=request.in_flight,
            author=request.actor.name,
            at=self._clock.now(),
            note=request.note,
        )


def _follow(unit: Unit, publication: Publication) -> tuple[int, list[tuple[ActionId, CustomerId]]]:
    """Steps done get their new numbers, and what waits stays or is withdrawn."""
    before, after = publication.before, publication.after
    if before is None:
        return 0, []
    carried = unit.scenarios.carry(after.code, carried_steps(before, after, publication.in_flight))
    if publication.in_flight == "keep":
        unit.scenarios.renumber(publication)
    return carried, unit.scenarios.withdraw(after.code, after.version)


def _same(before: Scenario, after: Scenario) -> bool:
    return msgspec.structs.replace(before, version=after.version) == after

"""A scenario is drafted, compared, published and restored; who is on the way keeps the place or moves."""

from datetime import date
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import Engine, update

from relance.adapters.store.tables.ledger import items
from relance.adapters.store.tenancy import SqlTenantDirectory
from relance.core.collection.designing import Details, StepEdit, StepMove, StepRemoval
from relance.core.collection.scenario_checks import ScenarioFaulty
from relance.core.collection.scenarios import Step
from relance.core.kernel.errors import BadInput, Conflict, NotAllowed, NotFound
from relance.core.kernel.identifiers import TenantId
from relance.usecases.scenarios.begin_scenario import BeginScenario, NewScenario
from relance.usecases.scenarios.discard_draft import DiscardDraft
from relance.usecases.scenarios.drafting import DraftMoved
from relance.usecases.scenarios.list_scenarios import ListScenarios
from relance.usecases.scenarios.open_scenario import OpenScenario, ScenarioOpened, ScenarioWanted
from relance.usecases.scenarios.restore_version import RestoreVersion
from relance.usecases.scenarios.undo_draft import UndoDraft
from tests.conftest import acme
from tests.usecases.intake.kit import Desk
from tests.usecases.scenarios.desk import actions_of, change, designing_desk, publish, run_day

EARLIER = Step(code="nudge", day=2, kind="email", template="first-reminder")


@pytest.fixture
def desk(engine: Engine, tenant: TenantId, tmp_path: Path) -> Desk:
    return designing_desk(engine, tenant, tmp_path)


def opened(desk: Desk, code: str = "standard", version: int = 0) -> ScenarioOpened:
    return OpenScenario(desk.work)(ScenarioWanted(actor=desk.actor, code=code, version=version))


def test_a_draft_chases_nobody_until_it_is_published(desk: Desk) -> None:
    change(desk, StepRemoval(2))
    run_day(desk)
    assert actions_of(desk) == [("first-reminder", 2, 1, "to-confirm")]
    seen = opened(desk)
    assert [(one.step, one.what) for one in seen.differences] == [("first-reminder", "removed")]
    assert (seen.concerned.accounts, seen.concerned.waiting) == (2, 2)


def test_who_is_on_the_way_keeps_the_place_and_what_waits_stays(desk: Desk) -> None:
    change(desk, StepEdit(step=EARLIER))
    done = publish(desk)
    assert (done.version, done.accounts, done.withdrawn) == (2, 2, 0)
    assert actions_of(desk) == [("first-reminder", 3, 2, "to-confirm")]
    run_day(desk)
    assert actions_of(desk) == [("first-reminder", 3, 2, "to-confirm")]


def test_who_moves_gets_what_the_new_steps_say_at_once(desk: Desk) -> None:
    change(desk, StepEdit(step=EARLIER))
    assert publish(desk, in_flight="move").withdrawn == 2
    assert actions_of(desk) == [("first-reminder", 2, 1, "cancelled"), ("nudge", 2, 2, "to-confirm")]


def test_what_waits_for_a_step_that_is_no_more_is_withdrawn(desk: Desk) -> None:
    change(desk, StepRemoval(2))
    assert publish(desk).withdrawn == 2
    assert actions_of(desk)[0] == ("first-reminder", 2, 1, "cancelled")
    assert actions_of(desk)[1] == ("second-reminder", 2, 2, "to-confirm")


def test_steps_done_get_their_new_numbers(desk: Desk) -> None:
    with desk.engine.begin() as connection:
        connection.execute(update(items).where(items.c.tenant_id == 1).values(step_done=2, step_on=date(2026, 11, 9)))
    change(desk, StepEdit(step=EARLIER))
    assert opened(desk).concerned.in_flight == 2
    assert publish(desk).carried == 2
    assert {row[0] for row in desk.select("select step_done from items")} == {3}


def test_an_old_version_stays_readable_and_comes_back_as_a_new_one(desk: Desk) -> None:
    change(desk, StepRemoval(1))
    publish(desk, note="no courtesy note")
    assert len(opened(desk, version=1).shown.steps) == 5 and len(opened(desk).shown.steps) == 4
    RestoreVersion(desk.work, desk.clock)(desk.actor, "standard", 1)
    assert publish(desk).version == 3
    seen = opened(desk)
    assert len(seen.shown.steps) == 5 and seen.draft is None
    assert [(one.version, one.note) for one in seen.versions] == [(3, ""), (2, "no courtesy note"), (1, "")]


def test_a_new_scenario_begins_empty_or_like_another(desk: Desk) -> None:
    begin = BeginScenario(desk.work, desk.clock)
    assert begin(NewScenario(actor=desk.actor, code="mine", name={"en": "Mine"})).scenario.steps == ()
    like = begin(NewScenario(actor=desk.actor, code="more", name={"en": "More"}, like="standard"))
    assert len(like.scenario.steps) == 5
    with pytest.raises(Conflict):
        begin(NewScenario(actor=desk.actor, code="standard", name={"en": "Taken"}))
    assert publish(desk, "mine").version == 1
    lines = {one.code: one for one in ListScenarios(desk.work)(desk.actor)}
    assert lines["mine"].live and lines["more"].live is None and lines["standard"].accounts == 2


def test_changes_are_taken_back_one_by_one_and_a_draft_is_discarded(desk: Desk) -> None:
    change(desk, StepMove(2, 3))
    change(desk, Details(name={"en": "Other"}))
    UndoDraft(desk.work)(desk.actor, "standard")
    seen = opened(desk)
    assert seen.shown.name["en"] == "Standard" and seen.shown.step(2).day == 8
    assert seen.draft and seen.draft.can_undo
    UndoDraft(desk.work)(desk.actor, "standard")
    assert opened(desk).draft is None
    change(desk, StepMove(2, 3))
    DiscardDraft(desk.work)(desk.actor, "standard")
    assert opened(desk).draft is None


def test_who_looked_at_an_older_draft_does_not_overwrite_a_newer(desk: Desk) -> None:
    first = change(desk, StepMove(2, 1))
    change(desk, StepMove(2, 1), revision=first.revision)
    with pytest.raises(DraftMoved):
        change(desk, StepMove(2, 1), revision=first.revision)
    with pytest.raises(DraftMoved):
        publish(desk, revision=first.revision)


def test_a_faulty_draft_is_kept_and_not_published(desk: Desk) -> None:
    change(desk, StepEdit(step=msgspec.structs.replace(EARLIER, template="nothing", day=5)))
    assert [(one.step, one.code) for one in opened(desk).faults] == [(3, "no-such-template"), (3, "same-day")]
    with pytest.raises(ScenarioFaulty, match="no-such-template"):
        publish(desk)


def test_nothing_new_is_not_published_and_others_design_nothing(desk: Desk) -> None:
    change(desk, StepMove(2, 1))
    change(desk, StepMove(2, -1))
    with pytest.raises(BadInput, match="already"):
        publish(desk)
    desk.actor = msgspec.structs.replace(desk.actor, role="collector")
    with pytest.raises(NotAllowed):
        change(desk, StepMove(2, 1))
    with pytest.raises(NotAllowed):
        publish(desk)


def test_another_tenant_has_none_of_it(desk: Desk, engine: Engine) -> None:
    change(desk, StepMove(2, 1))
    other = SqlTenantDirectory(engine).found(acme("globex"), "GL01")
    desk.actor = msgspec.structs.replace(desk.actor, tenant=other)
    assert ListScenarios(desk.work)(desk.actor) == []
    with pytest.raises(NotFound):
        opened(desk)

"""A tenant with two accounts in their first reminder, and the verbs that design scenarios."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from relance.adapters.supplied.files import SuppliedFiles
from relance.core.collection.designing import Draft, Edit
from relance.core.kernel.identifiers import TenantId
from relance.usecases.collection.run_day import DayDecided, NewDay, RunDay
from relance.usecases.scenarios.change_draft import ChangeDraft, DraftChange
from relance.usecases.scenarios.publish_scenario import PublicationWanted, Published, PublishScenario
from tests.usecases.collection.ledgers import NoHolidays
from tests.usecases.intake.kit import Desk

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def designing_desk(engine: Engine, tenant: TenantId, folder: Path) -> Desk:
    """C1 and C2 owe an invoice of twenty days; their first reminders wait to be confirmed."""
    desk = Desk(engine, tenant, folder)
    desk.clock.moment = NOW
    with desk.work(tenant) as unit:
        for scenario in SuppliedFiles().scenarios():
            unit.collection.save_scenario(scenario)
        for template in SuppliedFiles().templates():
            if template.language in {"en", "fr"}:
                unit.collection.save_template(template)
    desk.rows(*(f"C{n},Customer {n},F{n},2026-10-01,2026-11-03,{n}00.00" for n in (1, 2)))
    run_day(desk)
    return desk


def run_day(desk: Desk, **wanted: Any) -> DayDecided:
    """The day of the desk's clock."""
    return RunDay(desk.work, desk.clock, NoHolidays(), b"key", any_day=True)(NewDay(actor=desk.actor, **wanted))


def change(desk: Desk, edit: Edit, code: str = "standard", revision: int | None = None) -> Draft:
    """One edit of a draft."""
    wanted = DraftChange(actor=desk.actor, code=code, edit=edit, revision=revision)
    return ChangeDraft(desk.work, desk.clock)(wanted)


def publish(desk: Desk, code: str = "standard", **wanted: Any) -> Published:
    """The draft chases."""
    verb = PublishScenario(desk.work, desk.clock, NoHolidays(), b"key")
    return verb(PublicationWanted(actor=desk.actor, code=code, **wanted))


def actions_of(desk: Desk, customer: int = 1) -> list[tuple[Any, ...]]:
    """Step, its number, the version and the state of a customer's actions."""
    query = "select step, step_number, scenario_version, state from actions"
    return [tuple(row) for row in desk.select(f"{query} where customer_id = {customer} order by action_id")]

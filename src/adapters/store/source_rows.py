"""Rows of sources as what the core calls them."""

from typing import Any

from relance.core.intake.schedule import Schedule
from relance.core.intake.sources import SourcePlan, SourceRun


def plan_row(plan: SourcePlan) -> dict[str, Any]:
    """The columns that a plan fills; its name and freshness limit stand with the source itself."""
    names = ("kind", "mode", "profile", "options", "way", "settings", "folder", "pattern", "archive_folder", "enabled")
    row = {name: getattr(plan, name) for name in names}
    return row | {"times": list(plan.schedule.times), "weekdays": list(plan.schedule.weekdays)}


def as_plan(row: Any) -> SourcePlan:
    """The plan of a row of the joined tables."""
    return SourcePlan(
        name=row.name,
        kind=row.kind,
        mode=row.mode,
        profile=row.profile,
        options=row.options,
        way=row.way,
        settings=row.settings,
        folder=row.folder,
        pattern=row.pattern,
        archive_folder=row.archive_folder,
        schedule=Schedule(tuple(row.times), tuple(row.weekdays)),
        enabled=row.enabled,
        freshness_days=row.freshness_days,
        copy_hosts=row.copy_hosts,
        has_secret=bool(row.sealed_secret),
        fingerprint=row.fingerprint,
    )


def as_run(row: Any) -> SourceRun:
    """The attempt of a row."""
    return SourceRun(
        run=row.run_id,
        state=row.state,
        code=row.code,
        message=row.message,
        files=row.files,
        imports=tuple(row.imports),
        by=row.by,
        started_at=row.started_at,
        finished_at=row.finished_at,
    )

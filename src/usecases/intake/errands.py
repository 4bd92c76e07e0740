"""Intake's background work: how its jobs are called, and what they carry."""

from datetime import datetime

import msgspec

from relance.core.kernel.identifiers import RunId
from relance.core.tenancy.jobs import NewJob
from relance.core.tenancy.users import Actor


class RunErrand(msgspec.Struct, frozen=True, kw_only=True):
    """Do a run that is in the store."""

    actor: Actor
    run: RunId


class SourceErrand(msgspec.Struct, frozen=True, kw_only=True):
    """Make the attempt of this number, which is in the source's history. `again`: also what was held or refused."""

    actor: Actor
    name: str
    number: int
    at: datetime
    again: bool
    override: bool


COPIES = NewJob(kind="copies", key="copies")
"""Fetch the copies of invoices that imports told of."""


def run_key(run: RunId) -> str:
    """What the job of a run is called."""
    return f"run {run}"


def source_key(name: str) -> str:
    """What the job of a source is called."""
    return f"source {name}"


def import_job(errand: RunErrand) -> NewJob:
    """The job that does a run."""
    details = msgspec.to_builtins(errand)
    return NewJob(kind="import", key=run_key(errand.run), details=details, by=errand.actor.name)


def source_job(errand: SourceErrand) -> NewJob:
    """The job that fetches a source."""
    details = msgspec.to_builtins(errand)
    return NewJob(kind="source", key=source_key(errand.name), details=details, by=errand.actor.name)

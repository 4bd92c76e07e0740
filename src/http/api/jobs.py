"""Background work that is not done."""

from typing import Any

import msgspec
from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from relance.core.tenancy.jobs import Job, JobId
from relance.http.api.access import caller_of, doing, reading
from relance.http.api.once import Once
from relance.usecases.tenancy.list_jobs import ListJobs
from relance.usecases.tenancy.retry_job import JobToRetry, RetryJob

AnyRequest = Request[Any, Any, Any]


class JobsAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Jobs: what is parked first, then what runs, then what waits."""

    rows: list[Job]


class JobRetried(msgspec.Struct, frozen=True, kw_only=True):
    """The job that is tried again."""

    job: int
    key: str


@reading("/jobs", "settings", summary="Background work that is not done")
def jobs(request: AnyRequest, list_jobs: NamedDependency[ListJobs]) -> JobsAnswer:
    """Every job of the tenant, with the reason of its last failure."""
    return JobsAnswer(rows=list_jobs(caller_of(request).actor))


@doing("/jobs/{number:int}/retry", "settings", summary="Try a parked job again")
def retry_job(
    request: AnyRequest,
    number: FromPath[int],
    retry_job: NamedDependency[RetryJob],
    once: NamedDependency[Once],
) -> Response[bytes]:
    """It has all its attempts again; 409 where it is not parked."""
    wanted = JobToRetry(actor=caller_of(request).actor, job=JobId(number))

    def retried() -> JobRetried:
        done = retry_job(wanted)
        return JobRetried(job=done.job, key=done.key)

    return once(request, b"", retried)


HANDLERS = [jobs, retry_job]

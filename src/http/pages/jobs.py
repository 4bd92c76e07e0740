"""Background work that is not done: what is parked waits for a person."""

from litestar import Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from relance.core.kernel.errors import Conflict, NotFound
from relance.core.tenancy.jobs import WORKER_GONE, Job, JobId
from relance.http.access import deed, page
from relance.http.i18n.speech import gettext, marked
from relance.http.pages.setting_fields import SECTIONS
from relance.http.templating import Show
from relance.usecases.tenancy.list_jobs import ListJobs
from relance.usecases.tenancy.resume_session import SignedIn
from relance.usecases.tenancy.retry_job import JobToRetry, RetryJob

KINDS = {
    "import": marked("Import"),
    "day": marked("Deciding the day"),
    "source": marked("Fetching a source"),
    "copies": marked("Copies of invoices"),
}
STATES = {
    "waiting": ("", marked("waits")),
    "running": ("green", marked("runs")),
    "parked": ("red", marked("parked")),
}


@page("/settings/jobs", needs="settings")
def jobs(
    who: NamedDependency[SignedIn], show: NamedDependency[Show], list_jobs: NamedDependency[ListJobs]
) -> Response[str]:
    """All of it, what is parked first."""
    return _shown(who, show, list_jobs)


@deed("/settings/jobs/{number:int}/retry", needs="settings")
def retry(
    number: FromPath[int],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    list_jobs: NamedDependency[ListJobs],
    retry_job: NamedDependency[RetryJob],
) -> Response[str]:
    """It has all its attempts again."""
    try:
        retry_job(JobToRetry(actor=who.actor, job=JobId(number)))
    except (NotFound, Conflict):  # somebody was quicker
        return _shown(who, show, list_jobs, gettext("It is not parked any more."), 409)
    return show.go(f"/t/{who.tenant.code}/settings/jobs")


def _shown(who: SignedIn, show: Show, list_jobs: ListJobs, problem: str = "", status: int = 200) -> Response[str]:
    return show(
        "settings/jobs.html",
        status=status,
        jobs=[(job, about(job), reason_words(job)) for job in list_jobs(who.actor)],
        kinds=KINDS,
        states=STATES,
        problem=problem,
        sections=SECTIONS,
        section="jobs",
    )


def about(job: Job) -> str:
    """What the job is about, beside its kind: the name of a source, or the number of a run."""
    return job.key.partition(" ")[2]


def reason_words(job: Job) -> str:
    """Why its last attempt failed."""
    if job.reason == WORKER_GONE:
        return gettext("The process that did it died.")
    return job.reason


HANDLERS = [jobs, retry]

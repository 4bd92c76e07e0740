"""`relance jobs`: background work that is not done."""

from typing import Any

import click
import msgspec

from relance.core.tenancy.users import Actor
from relance.main.cli.common import answer, answer_rows, assembled, json_option, jsonl_option, tenant_and_system
from relance.main.container import House

_tenant = click.option("--tenant", "tenant_code", metavar="CODE", help="The tenant's code.")
_installation = click.option("--installation", is_flag=True, help="What belongs to no tenant: the mailbox.")

_COLUMNS = ("job", "key", "state", "attempts", "by", "due_at", "reason")


@click.group("jobs")
def jobs_command() -> None:
    """Imports, days, fetched sources and copies, the mailbox: what waits, runs or is parked."""


@jobs_command.command("list")
@_tenant
@click.option("--all-tenants", is_flag=True, help="Every tenant, and what belongs to none.")
@_installation
@json_option
@jsonl_option
def list_jobs(tenant_code: str | None, all_tenants: bool, installation: bool, as_json: bool, as_jsonl: bool) -> None:
    """List background work that is not done: what is parked first, with its reason.

    Example: relance jobs list --tenant acme
    """
    if all_tenants and not (tenant_code or installation):
        answer_rows(_of_all(), as_json, as_jsonl, ("tenant", *_COLUMNS))
        return
    house, actor = _whose(tenant_code, installation)
    answer_rows(house.list_jobs()(actor), as_json, as_jsonl, _COLUMNS)


@jobs_command.command("retry")
@click.argument("job", type=int, metavar="JOB")
@_tenant
@_installation
@json_option
def retry_job(job: int, tenant_code: str | None, installation: bool, as_json: bool) -> None:
    """Have the parked job of this number tried again; a server or worker does it.

    Example: relance jobs retry 17 --tenant acme
    """
    from relance.core.tenancy.jobs import JobId
    from relance.usecases.tenancy.retry_job import JobToRetry, RetryJob

    house, actor = _whose(tenant_code, installation)
    retry = RetryJob(house.work(), _Elsewhere())
    done = retry(JobToRetry(actor=actor, job=JobId(job)))
    answer({"job": done.job, "key": done.key}, as_json, lambda: [f"{done.key} is tried again"])


def _of_all() -> list[dict[str, Any]]:
    from relance.core.kernel.identifiers import TenantId

    house = assembled()
    whose = [(one.code, one.tenant) for one in house.directory().all()]
    rows = []
    for code, tenant in [*whose, ("", TenantId(0))]:
        jobs = house.list_jobs()(Actor(tenant=tenant, user=None, name="system"))
        rows += [{"tenant": code} | msgspec.structs.asdict(job) for job in jobs]
    return rows


class _Elsewhere:
    """This process ends at once: it must not begin what it would not end."""

    def nudge(self) -> None:
        """Others look by themselves."""

    def wait(self, *_: object) -> None:
        """Nothing is waited for."""


def _whose(tenant_code: str | None, installation: bool) -> tuple[House, Actor]:
    from relance.core.kernel.errors import BadInput
    from relance.core.kernel.identifiers import TenantId

    if (tenant_code is None) is not installation:
        raise BadInput("name one tenant with --tenant, or say --installation; the list also takes --all-tenants")
    house = assembled()
    if tenant_code is None:
        return house, Actor(tenant=TenantId(0), user=None, name="system")
    return house, tenant_and_system(house, tenant_code)[1]

"""`relance dispatch` and `relance work`: messages leave."""

import asyncio
import signal
from collections.abc import Awaitable, Callable

import click

from relance.core.kernel.errors import BadInput
from relance.core.kernel.memory import settle
from relance.main.cli.common import answer, assembled, json_option
from relance.main.cli.fence import FENCED


@click.command("dispatch", short_help="Send what is confirmed and due, then stop.")
@click.option("--tenant", "tenant_code", metavar="CODE", help="The tenant's code.")
@click.option("--all-tenants", is_flag=True, help="Every tenant, one after the other.")
@click.option("--ignore-windows", is_flag=True, help="Also outside the sending hours; only where RELANCE_ENV=test.")
@json_option
@click.pass_context
def dispatch_command(
    context: click.Context, tenant_code: str | None, all_tenants: bool, ignore_windows: bool, as_json: bool
) -> None:
    """Send what is confirmed and due, until nothing is left, then stop.

    A closed window, a recall that still runs and a retry's delay are not waited for: they count as waiting. Exit 3
    where the database was restored or copied: see relance fence.

    Example: relance dispatch --tenant acme
    """
    from relance.usecases.collection.dispatch import Dispatched, DispatchRequest

    house = assembled()
    if ignore_windows and not house.environment().in_test:
        raise BadInput("--ignore-windows is for tests: it asks for RELANCE_ENV=test")
    if (tenant_code is None) is not all_tenants:
        raise BadInput("name one tenant with --tenant, or say --all-tenants")
    directory = house.directory()
    tenants = [directory.by_code(tenant_code)] if tenant_code else directory.all()
    settle()
    request = DispatchRequest(tenants=tuple(one.tenant for one in tenants), ignore_windows=ignore_windows)

    async def run() -> Dispatched:
        return await house.dispatch()(request, stopped_by_signals())

    done = asyncio.run(run())
    answer(done, as_json, lambda: [_words(done)])
    if done.fenced:
        click.echo(f"relance: {FENCED[done.fenced]}", err=True)
        context.exit(3)


@click.command("work", short_help="Run the worker.")
@click.option("--concurrency", type=click.IntRange(1, 64), help="Messages on their way at once.")
def work_command(concurrency: int | None) -> None:
    """Run the worker until it is told to stop: background work of every tenant, and messages that are due.

    On SQLite there is one worker, and `relance serve` carries it.

    Example: relance work
    """
    from relance.main.worker import work

    house = assembled()
    settle()
    asyncio.run(_until_signalled(lambda stop: work(house, stop, concurrency or 0)))


async def _until_signalled(run: Callable[[asyncio.Event], Awaitable[None]]) -> None:
    await run(stopped_by_signals())


def stopped_by_signals() -> asyncio.Event:
    """An event that SIGTERM and SIGINT set, so that answers under way are waited for."""
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    return stop


def _words(done: object) -> str:
    import msgspec

    counts: dict[str, int] = msgspec.to_builtins(done)
    return ", ".join(f"{name.replace('_', ' ')} {number}" for name, number in counts.items() if name != "fenced")

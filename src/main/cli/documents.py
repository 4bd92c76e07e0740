"""`relance documents`: copies of invoices."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from relance.core.tenancy.users import Actor
from relance.main.cli.common import answer, json_option, of_tenant
from relance.main.container import House

if TYPE_CHECKING:
    from relance.usecases.intake.add_documents import DocumentsAdded


@click.group("documents")
def documents_command() -> None:
    """Copies of invoices."""


@documents_command.command("add")
@click.argument("paths", type=click.Path(path_type=Path), nargs=-1, required=True, metavar="PATH...")
@of_tenant
@json_option
def add_documents(paths: tuple[Path, ...], house: House, actor: Actor, as_json: bool) -> None:
    """Add PDFs from PATH: files, folders and zips; each to the one item that its name means.

    Example: relance documents add --tenant acme invoices/2026
    """
    from relance.usecases.intake.add_documents import DocumentsToAdd

    done = house.add_documents()(DocumentsToAdd(actor=actor, paths=paths))
    answer(done, as_json, lambda: _words(done))


@documents_command.command("fetch")
@of_tenant
@click.option("--limit", type=click.IntRange(1, 100_000), default=1000, show_default=True, help="So many at most.")
@json_option
def fetch_copies(house: House, actor: Actor, limit: int, as_json: bool) -> None:
    """Fetch the copies whose addresses imports brought, of sources that name the hosts; the worker does it by itself.

    Example: relance documents fetch --tenant acme
    """
    from relance.usecases.intake.fetch_copies import CopiesToFetch

    done = house.fetch_copies()(CopiesToFetch(actor=actor, limit=limit))
    said = [f"{count} {reason}" for reason, count in done.troubled.items()]
    answer(done, as_json, lambda: [f"{done.fetched} fetched", *said])


def _words(done: "DocumentsAdded") -> Iterator[str]:
    yield f"{len(done.added)} added, {len(done.left)} left"
    yield from (f"{one.file}: {one.customer} {one.number}" for one in done.added)
    yield from (f"{one.file}: {' '.join((one.reason, ', '.join(one.numbers))).strip()}" for one in done.left)

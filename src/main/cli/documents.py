"""`relance documents`: copies of invoices."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from relance.main.cli.common import answer, assembled, json_option, tenant_and_system, tenant_option

if TYPE_CHECKING:
    from relance.usecases.intake.add_documents import DocumentsAdded


@click.group("documents")
def documents_command() -> None:
    """Copies of invoices."""


@documents_command.command("add")
@click.argument("paths", type=click.Path(path_type=Path), nargs=-1, required=True, metavar="PATH...")
@tenant_option
@json_option
def add_documents(paths: tuple[Path, ...], tenant_code: str, as_json: bool) -> None:
    """Add PDFs from PATH: files, folders and zips; each to the one item that its name means.

    Example: relance documents add --tenant acme invoices/2026
    """
    from relance.usecases.intake.add_documents import DocumentsToAdd

    house = assembled()
    _, actor = tenant_and_system(house, tenant_code)
    done = house.add_documents()(DocumentsToAdd(actor=actor, paths=paths))
    answer(done, as_json, lambda: _words(done))


def _words(done: "DocumentsAdded") -> Iterator[str]:
    yield f"{len(done.added)} added, {len(done.left)} left"
    yield from (f"{one.file}: {one.customer} {one.number}" for one in done.added)
    yield from (f"{one.file}: {' '.join((one.reason, ', '.join(one.numbers))).strip()}" for one in done.left)

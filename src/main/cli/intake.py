"""`relance import`: files into the ledger."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from relance.core.intake.reports import EffectTold, ImportReport
from relance.core.kernel.errors import BadInput
from relance.main.cli.common import answer, assembled, json_option, tenant_and_system, tenant_option

_MOST_SHOWN = 20
_FEW_CASES = 5
_EXIT = {"held": 3, "refused": 2}


@click.command("import")
@click.argument("kind")
@click.argument("file", type=click.Path(path_type=Path))
@tenant_option
@click.option("--mode", type=click.Choice(["stock", "delta"]), default="stock", show_default=True)
@click.option("--profile", metavar="NAME", help="A kept mapping; with --map it is kept under this name.")
@click.option("--importer", metavar="NAME", help="The importer; otherwise the one that recognises the file.")
@click.option("--map", "maps", multiple=True, metavar="FIELD=COLUMN", help="Which column fills a field.")
@click.option("--option", "options", multiple=True, metavar="NAME=VALUE", help="How the file is written.")
@click.option("--source", metavar="NAME", help="Where the file comes from; a snapshot settles only its own items.")
@click.option("--entity", metavar="CODE", help="The entity of rows that name none.")
@click.option("--as", "email", metavar="EMAIL", help="Import as this user, with this user's rights.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--override-guard", is_flag=True, help="Import what the guard would hold.")
@click.option("--why", "override_reason", default="", metavar="TEXT", help="Why the guard is overridden.")
@json_option
def import_command(
    kind: str,
    file: Path,
    tenant_code: str,
    maps: tuple[str, ...],
    options: tuple[str, ...],
    email: str | None,
    as_json: bool,
    **how: Any,
) -> None:
    """Import FILE as KIND: items, customers, contacts, payments, users, or feed (its header says which).

    What the file itself leaves open is asked and nothing is written; --map and --option answer. A value for every row
    is written --map currency==EUR.

    Example: relance import items open.csv --tenant acme --map customer_code=Account --option date=%d/%m/%Y
    """
    from relance.core.intake.fields import kind_of
    from relance.usecases.intake.import_file import FileToImport

    house = assembled()
    tenant, system = tenant_and_system(house, tenant_code)
    request = FileToImport(
        actor=house.import_as()(tenant.tenant, email) if email else system,
        kind=kind_of(kind),
        file=file,
        file_name=file.name,
        mapping=pairs(maps, "--map"),
        options=pairs(options, "--option"),
        **how,
    )
    report = house.import_file()(request)
    answer(report, as_json, lambda: _words(report))
    if report.state in _EXIT:
        if as_json and report.message:
            click.echo(f"relance: {report.message}", err=True)
        sys.exit(_EXIT[report.state])


def pairs(given: tuple[str, ...], option: str) -> dict[str, str]:
    """`NAME=VALUE` words by name; raises BadInput for another word."""
    found = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals or not name:
            raise BadInput(f"{option} {text!r}: write NAME=VALUE")
        found[name.strip()] = value
    return found


def _words(report: ImportReport) -> Iterator[str]:
    head = f"import {report.number}: {report.state}" if report.number else report.state
    yield f"{head} ({report.reason})" if report.reason else head
    if report.message:
        yield report.message
    yield f"{report.rows} rows, {report.accepted} accepted, {report.rejected_rows} rejected"
    names = ("new", "changed", "unchanged", "settled", "reopened", "kept", "rounded")
    yield ", ".join(f"{getattr(report, name)} {name}" for name in names)
    yield from _effects(report)
    yield from (f"{amount} {currency}" for currency, amount in report.sums.items())
    yield from (f"{note.code}: {note.count} ({', '.join(note.examples)})" for note in report.notes)
    for row in report.rejected[:_MOST_SHOWN]:
        yield f"line {row.line}, {row.column or 'row'} {row.value!r}: {row.message} [{row.code}]"
    if report.rejected_rows > _MOST_SHOWN:
        yield f"and {report.rejected_rows - _MOST_SHOWN} more (--json lists them)"
    yield from (f"{question.message} ({', '.join(question.choices)})" for question in report.questions)


def _effects(report: ImportReport) -> Iterator[str]:
    """What becomes of items by amount, the largest first, and the guard's figures where it has something to say."""
    for deed, effect in report.effects.items():
        sums = [f"{effect.before.get(one, 0)} -> {effect.after.get(one, 0)} {one}" for one in _currencies(effect)]
        yield f"{deed}: {effect.count} ({', '.join(sums)})"
        for case in effect.largest[:_FEW_CASES]:
            yield f"  {case.customer} {case.number}: {case.before} -> {case.after} {case.currency}"
    guard = report.guard
    if guard and (report.reason or report.overridden):
        moved = ", ".join(f"{percent} % {currency}" for currency, percent in guard.moved_percent.items()) or "-"
        yield (
            f"guard: settles {guard.settled_items} of {guard.open_items} items, {guard.settled_percent} % "
            f"(limit {guard.shrink_limit} %, from {guard.shrink_items} items); "
            f"moves the open amount by {moved} (limit {guard.spike_limit} %)"
        )


def _currencies(effect: EffectTold) -> list[str]:
    return sorted({*effect.before, *effect.after})

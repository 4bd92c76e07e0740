"""`relance imports look` and `relance imports profiles`: how a file would be read, and how files were read before."""

from collections.abc import Iterator
from pathlib import Path

import click

from relance.core.tenancy.users import Actor
from relance.main.cli.common import answer, answer_rows, json_option, jsonl_option, of_tenant
from relance.main.cli.intake import pairs
from relance.main.container import House
from relance.usecases.intake.look_at_file import FileLook


@click.command("look")
@click.argument("kind")
@click.argument("file", type=click.Path(path_type=Path))
@of_tenant
@click.option(
    "--importer", metavar="NAME", default="", help="The importer; otherwise the one that recognises the file."
)
@click.option("--map", "maps", multiple=True, metavar="FIELD=COLUMN", help="Which column fills a field.")
@click.option("--option", "options", multiple=True, metavar="NAME=VALUE", help="How the file is written.")
@json_option
def look_command(
    kind: str,
    file: Path,
    house: House,
    actor: Actor,
    importer: str,
    maps: tuple[str, ...],
    options: tuple[str, ...],
    as_json: bool,
) -> None:
    """Say how FILE would be read as KIND, how sure that is, and what would be asked; nothing is written.

    Example: relance imports look items open.csv --tenant acme
    """
    from relance.core.intake.fields import kind_of
    from relance.usecases.intake.look_at_file import LookWanted

    wanted = LookWanted(
        actor=actor,
        file_name=file.name,
        kind=kind_of(kind),
        file=file,
        importer=importer,
        mapping=pairs(maps, "--map"),
        options=pairs(options, "--option"),
    )
    seen = house.look_at_file()(wanted)
    answer(seen, as_json, lambda: _words(seen))


@click.command("profiles")
@click.argument("name", default="")
@of_tenant
@json_option
@jsonl_option
def profiles_command(name: str, house: House, actor: Actor, as_json: bool, as_jsonl: bool) -> None:
    """What is kept of how files are read; with NAME, every version of that profile.

    Example: relance imports profiles --tenant acme
    """
    from relance.usecases.intake.list_profiles import ProfilesQuestion

    rows = house.list_profiles()(ProfilesQuestion(actor=actor, name=name))
    answer_rows(rows, as_json, as_jsonl, ("name", "version", "kind", "importer", "author", "saved_at"))


def _words(seen: FileLook) -> Iterator[str]:
    found = seen.understanding
    yield f"{found.kind} through {seen.importer}"
    if found.refusal:
        yield f"refused [{found.refusal}]: {found.message}"
    for guess in found.guesses:
        yield f"{guess.name}={guess.value} ({guess.confidence} %): {guess.why}"
    for column in found.columns:
        others = f"; or {', '.join(column.others)}" if column.others else ""
        yield f"{column.field} <- {column.column} ({column.confidence} %){others}"
    for question in found.questions:
        yield f"? {question.message} ({', '.join(question.choices)})"

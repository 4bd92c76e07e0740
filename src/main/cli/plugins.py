"""`relance plugins`: what is loaded, why something is not, and a new one from an example file."""

from pathlib import Path

import click
import msgspec

from relance.adapters.intake.reader import ColumnarReader
from relance.main.cli.common import answer, answer_rows, assembled, json_option, jsonl_option
from relance.main.cli.intake import pairs
from relance.main.plugin_folder import NewFolder, write_folder


@click.group("plugins")
def plugins_command() -> None:
    """List and check plugins; begin a new one."""


@plugins_command.command("list")
@json_option
@jsonl_option
def list_plugins(as_json: bool, as_jsonl: bool) -> None:
    """Every plugin of plugins.toml with what it provides, and those that are installed but not listed there.

    Example: relance plugins list
    """
    rows = assembled().plugins().report()
    if as_json or as_jsonl:
        answer_rows(rows, as_json, as_jsonl, ())
        return
    lines = [msgspec.structs.asdict(row) | {"provides": ", ".join(row.provides)} for row in rows]
    answer_rows(lines, False, False, ("name", "state", "origin", "provides", "problem"))


@plugins_command.command("check")
@click.argument("name")
@json_option
@click.pass_context
def check_plugin(context: click.Context, name: str, as_json: bool) -> None:
    """Load the plugin NAME as the allow-list says; exit 2 with the reason where it is refused.

    Example: relance plugins check sage100
    """
    report = assembled().plugins().check(name)
    words = f"{report.name}: {report.state}" + (f": {report.problem}" if report.problem else "")
    answer(report, as_json, lambda: [words, *report.provides])
    if report.state != "loaded":
        context.exit(2)


@plugins_command.group("new")
def new_command() -> None:
    """Begin a plugin from an example."""


@new_command.command("importer")
@click.argument("name")
@click.option(
    "--example",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Delimited text as the ERP writes it.",
)
@click.option("--map", "maps", multiple=True, metavar="FIELD=COLUMN", help="Which column fills a field.")
@click.option("--option", "options", multiple=True, metavar="NAME=VALUE", help="How the file is written.")
@click.option(
    "--into", type=click.Path(path_type=Path), default=".", metavar="DIR", help="Where the plugin's folder is made."
)
@json_option
def new_importer(
    name: str, example: Path, maps: tuple[str, ...], options: tuple[str, ...], into: Path, as_json: bool
) -> None:
    """Write the folder relance-NAME: an importer of items that reads files like FILE, its packaging and its test.

    Example: relance plugins new importer sage100 --example open-items.txt
    """
    text = next(importer for importer in assembled().plugins().importers() if importer.name == "csv")
    wanted = NewFolder(
        name=name, example=example, mapping=pairs(maps, "--map"), options=pairs(options, "--option"), into=into
    )
    written = write_folder(wanted, text, ColumnarReader())
    words = [f"{written.folder}:", *(f"  {file}" for file in written.files), "read README.md there"]
    answer(written, as_json, lambda: words)

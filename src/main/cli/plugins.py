"""`relance plugins`: what is loaded, and why something is not."""

import click
import msgspec

from relance.main.cli.common import answer, answer_rows, assembled, json_option, jsonl_option


@click.group("plugins")
def plugins_command() -> None:
    """List and check plugins."""


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

"""`relance searches`: searches kept under a name."""

import click

from relance.core.customers.search_language import written
from relance.core.tenancy.users import Actor
from relance.main.cli.common import answer_rows, json_option, jsonl_option, of_tenant
from relance.main.container import House


@click.group("searches")
def searches_command() -> None:
    """List saved searches."""


@searches_command.command("list")
@of_tenant
@json_option
@jsonl_option
def list_searches(house: House, actor: Actor, as_json: bool, as_jsonl: bool) -> None:
    """The shared searches with what each finds now.

    Example: relance searches list --tenant acme
    """
    rows = [
        {
            "number": one.saved.number,
            "name": one.saved.name,
            "target": one.saved.target,
            "count": one.count,
            "shared": one.saved.shared,
            "search": written(one.saved.search),
        }
        for one in house.list_searches()(actor)
    ]
    answer_rows(rows, as_json, as_jsonl, ("number", "name", "target", "count", "search"))

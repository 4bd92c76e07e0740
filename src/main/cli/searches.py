"""`relance searches`: searches kept under a name."""

import click

from relance.core.customers.search_language import written
from relance.main.cli.common import answer_rows, assembled, json_option, jsonl_option, tenant_and_system, tenant_option


@click.group("searches")
def searches_command() -> None:
    """List saved searches."""


@searches_command.command("list")
@tenant_option
@json_option
@jsonl_option
def list_searches(tenant_code: str, as_json: bool, as_jsonl: bool) -> None:
    """The shared searches with what each finds now.

    Example: relance searches list --tenant acme
    """
    house = assembled()
    _, actor = tenant_and_system(house, tenant_code)
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

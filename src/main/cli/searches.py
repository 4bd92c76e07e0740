"""`relance searches`: searches kept under a name."""

import click

from relance.core.customers.search_language import parse, written
from relance.core.kernel.errors import NotFound
from relance.core.tenancy.users import Actor
from relance.main.cli.common import answer, answer_rows, json_option, jsonl_option, of_tenant
from relance.main.container import House


@click.group("searches")
def searches_command() -> None:
    """Searches kept under a name."""


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


@searches_command.command("add")
@of_tenant
@click.argument("name")
@click.option("--search", required=True, metavar="EXPR", help="What it finds.")
@click.option("--items", is_flag=True, help="It finds items, not customers.")
@json_option
def add_search(house: House, actor: Actor, name: str, search: str, items: bool, as_json: bool) -> None:
    """Keep a search under NAME for everybody; one of that name that was kept here is replaced.

    Example: relance searches add --tenant acme "Late in France" --search "country = FR and overdue > 0"
    """
    from relance.usecases.customers.save_search import SearchToSave

    wanted = SearchToSave(
        actor=actor,
        name=name,
        search=parse(search),
        target="items" if items else "customers",
        shared=True,
        number=_number(house, actor, name),
    )
    kept = house.save_search()(wanted)
    answer({"number": kept.number}, as_json, lambda: [f"search {kept.number}: {kept.name}"])


@searches_command.command("remove")
@of_tenant
@click.argument("name")
@json_option
def remove_search(house: House, actor: Actor, name: str, as_json: bool) -> None:
    """Forget the search NAME; not while a task of Search & Assign follows it.

    Example: relance searches remove --tenant acme "Late in France"
    """
    from relance.usecases.customers.remove_search import SearchToRemove

    number = _number(house, actor, name)
    if number is None:
        raise NotFound(f"no saved search {name!r}")
    house.remove_search()(SearchToRemove(actor=actor, number=number))
    answer({"number": number}, as_json, lambda: [f"search {number} removed"])


def _number(house: House, actor: Actor, name: str) -> int | None:
    known = (one.saved for one in house.list_searches()(actor))
    return next((one.number for one in known if one.name.casefold() == name.strip().casefold()), None)

"""`relance alerts`: what is missing on accounts, and the alerts that mark them."""

from typing import Any

import click

from relance.core.customers.saved_searches import COLOURS, Colour
from relance.core.customers.search_language import parse, written
from relance.core.kernel.errors import NotFound
from relance.core.tenancy.users import Actor
from relance.main.cli.common import answer, answer_rows, json_option, jsonl_option, of_tenant
from relance.main.container import House


@click.group("alerts")
def alerts_command() -> None:
    """What is missing on accounts, and the alerts that mark them."""


@alerts_command.command("list")
@of_tenant
@json_option
@jsonl_option
def list_alerts(house: House, actor: Actor, as_json: bool, as_jsonl: bool) -> None:
    """What is missing on accounts, then the company's own alerts, each with the search that finds them.

    Example: relance alerts list --tenant acme
    """
    rows: list[dict[str, Any]] = [
        {"alert": one.alert, "customers": one.customers, "where": one.where} for one in house.show_alerts()(actor)
    ]
    rows += [
        {
            "alert": one.alert.name,
            "customers": one.customers,
            "where": written(one.alert.search),
            "colour": one.alert.alert,
            "sign": one.alert.sign,
        }
        for one in house.list_alerts()(actor)
    ]
    answer_rows(rows, as_json, as_jsonl, ("alert", "customers", "where"))


@alerts_command.command("add")
@of_tenant
@click.argument("name")
@click.option("--search", required=True, metavar="EXPR", help="Which customers it marks.")
@click.option("--colour", type=click.Choice(COLOURS), default="amber", show_default=True, help="Of its square.")
@click.option("--sign", default="", metavar="XX", help="In the square; without it the first letter of the name.")
@json_option
def add_alert(house: House, actor: Actor, name: str, search: str, colour: Colour, sign: str, as_json: bool) -> None:
    """Mark the customers that a search finds with a square, wherever they are shown; a known NAME is changed.

    Example: relance alerts add "Large and late" --tenant acme --search "overdue > 10000" --colour red
    """
    from relance.usecases.customers.save_alert import AlertToSave

    known = _numbers(house, actor).get(name)
    request = AlertToSave(actor=actor, name=name, colour=colour, search=parse(search), sign=sign, number=known)
    kept = house.save_alert()(request)
    answer({"alert": kept.name, "number": kept.number}, as_json, lambda: [f"alert {kept.name}"])


@alerts_command.command("remove")
@of_tenant
@click.argument("name")
@json_option
def remove_alert(house: House, actor: Actor, name: str, as_json: bool) -> None:
    """Forget the alert NAME; its squares go.

    Example: relance alerts remove "Large and late" --tenant acme
    """
    from relance.usecases.customers.remove_search import SearchToRemove

    number = _numbers(house, actor).get(name)
    if number is None:
        raise NotFound(f"no alert {name!r}")
    house.remove_search()(SearchToRemove(actor=actor, number=number))
    answer({"alert": name}, as_json, lambda: ["removed"])


def _numbers(house: House, actor: Actor) -> dict[str, int]:
    return {one.alert.name: one.alert.number for one in house.list_alerts()(actor)}

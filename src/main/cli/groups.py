"""`relance groups`: groups of customers with their figures."""

from decimal import Decimal
from typing import Any

import click

from relance.core.kernel.errors import NotFound
from relance.core.kernel.money import decimal_text
from relance.core.tenancy.users import Actor
from relance.main.cli.common import answer, answer_rows, json_option, jsonl_option, of_tenant
from relance.main.container import House


@click.group("groups")
def groups_command() -> None:
    """Groups of customers, with what they owe."""


@groups_command.command("list")
@of_tenant
@json_option
@jsonl_option
def list_groups(house: House, actor: Actor, as_json: bool, as_jsonl: bool) -> None:
    """All groups by name.

    Example: relance groups list --tenant acme
    """
    rows: list[dict[str, Any]] = [
        {
            "group": line.group.name,
            "customers": line.customers,
            "balance": {one.currency: decimal_text(one.balance, one.currency) for one in line.figures},
            "overdue": {one.currency: decimal_text(one.overdue, one.currency) for one in line.figures},
            "dso": {one.currency: format(one.dso, "f") for one in line.figures if one.dso is not None},
        }
        for line in house.list_groups()(actor)
    ]
    if not as_json and not as_jsonl:
        for row in rows:
            row["dso"] = {currency: f"{Decimal(dso):.1f}" for currency, dso in row["dso"].items()}
            row |= {name: _in_words(row[name]) for name in ("balance", "overdue", "dso")}
    answer_rows(rows, as_json, as_jsonl, ("group", "customers", "balance", "overdue", "dso"))


@groups_command.command("add")
@click.argument("name")
@of_tenant
@json_option
def add_group(name: str, house: House, actor: Actor, as_json: bool) -> None:
    """Create the group NAME; `relance customers change --add-group` fills it.

    Example: relance groups add "Key accounts" --tenant acme
    """
    group = house.create_group()(actor, name)
    answer({"group": group.name}, as_json, lambda: [f"group {group.name}"])


@groups_command.command("rename")
@click.argument("name")
@click.argument("new")
@of_tenant
@json_option
def rename_group(name: str, new: str, house: House, actor: Actor, as_json: bool) -> None:
    """Call the group NAME by a NEW name; its customers stay, and tasks give it under the new one.

    Example: relance groups rename "Key accounts" Key --tenant acme
    """
    from relance.usecases.customers.rename_group import NewName

    house.rename_group()(NewName(actor=actor, group=_number(house, actor, name), name=new))
    answer({"group": new}, as_json, lambda: [f"group {new}"])


@groups_command.command("remove")
@click.argument("name")
@of_tenant
@json_option
def remove_group(name: str, house: House, actor: Actor, as_json: bool) -> None:
    """Remove the group NAME; its customers stay.

    Example: relance groups remove Key --tenant acme
    """
    customers = house.remove_group()(actor, _number(house, actor, name))
    answer({"customers": customers}, as_json, lambda: [f"removed; {customers} customers were in it"])


def _number(house: House, actor: Actor, name: str) -> int:
    for line in house.list_groups()(actor):
        if line.group.name == name:
            return int(line.group.group)
    raise NotFound(f"no group {name!r}")


def _in_words(figures: dict[str, str]) -> str:
    """Each currency's figure: `1200.00 EUR, 300 JPY`."""
    return ", ".join(f"{figure} {currency}" for currency, figure in figures.items())

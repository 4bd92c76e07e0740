"""`relance customers together`, `alone` and `groupings`: several accounts collected on one."""

import click

from relance.core.tenancy.users import Actor
from relance.main.cli.common import answer, answer_rows, json_option, of_tenant
from relance.main.container import House


@click.command("together")
@click.argument("lead")
@click.argument("members", nargs=-1, required=True)
@of_tenant
@json_option
def collect_together(lead: str, members: tuple[str, ...], house: House, actor: Actor, as_json: bool) -> None:
    """Collect the customers MEMBERS on the account LEAD, which asks for all their items.

    Example: relance customers together C100 C101 C102 --tenant acme
    """
    from relance.usecases.collection.collect_together import Grouping

    done = house.collect_together()(Grouping(actor=actor, lead=lead, members=members))
    codes = [one.code for one in done.members]
    told = {"lead": lead, "members": codes, "already": done.already}
    answer(told, as_json, lambda: [f"{code}: already" if code in done.already else code for code in codes])


@click.command("alone")
@click.argument("members", nargs=-1, required=True)
@of_tenant
@json_option
def collect_alone(members: tuple[str, ...], house: House, actor: Actor, as_json: bool) -> None:
    """Collect the customers MEMBERS by themselves again.

    Example: relance customers alone C101 --tenant acme
    """
    from relance.usecases.collection.collect_alone import Separation

    changed = house.collect_alone()(Separation(actor=actor, members=members))
    answer({"changed": changed}, as_json, lambda: [f"{changed} by themselves again"])


@click.command("groupings")
@of_tenant
@json_option
def list_groupings(house: House, actor: Actor, as_json: bool) -> None:
    """Customers that are collected on another one.

    Example: relance customers groupings --tenant acme
    """
    rows = [
        {"customer": one.code, "lead": one.lead_code, "author": one.author, "at": one.at.isoformat()}
        for one in house.list_groupings()(actor)
    ]
    answer_rows(rows, as_json, False, ("customer", "lead", "author", "at"))

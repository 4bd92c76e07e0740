"""`relance items`: what is open, how much, and what a person knows about it."""

from datetime import datetime

import click

from relance.main.cli.common import (
    answer,
    assembled,
    json_option,
    tenant_and_system,
    tenant_option,
)
from relance.main.cli.holds import hold_command, release_command


@click.group("items")
def items_command() -> None:
    """Sum, list, hold and release items."""


items_command.add_command(hold_command)
items_command.add_command(release_command)


@items_command.command("sum")
@tenant_option
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="As it was at the end of that day.")
@click.option("--customer", metavar="CODE", help="Only this customer.")
@json_option
def sum_items(tenant_code: str, as_of: datetime | None, customer: str | None, as_json: bool) -> None:
    """How many items are open, and how much by currency.

    Example: relance items sum --tenant acme --customer C001
    """
    from relance.usecases.ledger.sum_items import SumQuestion

    house = assembled()
    _, actor = tenant_and_system(house, tenant_code)
    request = SumQuestion(actor=actor, customer=customer, as_of=as_of.date() if as_of else None)
    found = house.sum_items()(request)
    amounts = [f"{amount} {currency}" for currency, amount in found.open.items()]
    answer(found, as_json, lambda: [f"{found.count} open items", *amounts])

"""`relance items`: what is open, how much, and what a person knows about it."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import click

from relance.core.customers.search import Clause, Every, Search
from relance.core.customers.search_language import parse
from relance.core.kernel.identifiers import EntityId
from relance.core.kernel.money import decimal_text
from relance.core.tenancy.users import Actor
from relance.main.cli.common import answer, answer_rows, json_option, jsonl_option, of_tenant
from relance.main.cli.holds import hold_command, release_command
from relance.main.container import House
from relance.ports.store.item_list import ItemLine, ItemView
from relance.usecases.insight.browse_items import BrowseItems, ItemsWanted

_PAGE = 500


@click.group("items")
def items_command() -> None:
    """Sum, list, hold and release items."""


items_command.add_command(hold_command)
items_command.add_command(release_command)


@items_command.command("sum")
@of_tenant
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="As it was at the end of that day.")
@click.option("--customer", metavar="CODE", help="Only this customer.")
@json_option
def sum_items(house: House, actor: Actor, as_of: datetime | None, customer: str | None, as_json: bool) -> None:
    """How many items are open, and how much by currency.

    Example: relance items sum --tenant acme --customer C001
    """
    from relance.usecases.ledger.sum_items import SumQuestion

    request = SumQuestion(actor=actor, customer=customer, as_of=as_of.date() if as_of else None)
    found = house.sum_items()(request)
    amounts = [f"{amount} {currency}" for currency, amount in found.open.items()]
    answer(found, as_json, lambda: [f"{found.count} open items", *amounts])


@items_command.command("list")
@of_tenant
@click.option("--view", type=click.Choice(["open", "overdue", "held", "settled", "all"]), default="open")
@click.option("--customer", metavar="CODE", help="Only this customer.")
@click.option("--search", default="", metavar="EXPR", help="Only what fulfils this search.")
@json_option
@jsonl_option
def list_items(
    house: House, actor: Actor, view: ItemView, customer: str | None, search: str, as_json: bool, as_jsonl: bool
) -> None:
    """Items, the oldest due first.

    Example: relance items list --tenant acme --search "item.days-overdue > 60 and not group = Key"
    """
    criteria = parse(search)
    if customer:
        criteria = Every((Clause("code", "=", (customer,)), criteria))
    rows = [_row(line, entities) for line, entities in _pages(house.browse_items(), actor, view, criteria)]
    first = ("entity",) if rows and "entity" in rows[0] else ()
    answer_rows(
        rows, as_json, as_jsonl, (*first, "customer", "type", "number", "issued_on", "due_on", "open", "currency")
    )


def _pages(
    browse: BrowseItems, actor: Actor, view: ItemView, criteria: Search
) -> Iterator[tuple[ItemLine, Mapping[EntityId, str]]]:
    after = None
    while True:
        page = browse(ItemsWanted(actor=actor, criteria=criteria, view=view, after=after, limit=_PAGE))
        yield from ((line, page.entities) for line in page.lines)
        if not page.more:
            return
        last = page.lines[-1].item
        after = (last.due_on, last.item)


def _row(line: ItemLine, entities: Mapping[EntityId, str]) -> dict[str, Any]:
    item = line.item
    return {
        "item": item.item,
        **({"entity": entities[line.entity]} if entities else {}),
        "customer": line.customer_code,
        "type": item.type,
        "number": item.number,
        "issued_on": item.issued_on,
        "due_on": item.due_on,
        "currency": item.currency,
        "amount": decimal_text(item.amount, item.currency),
        "open": decimal_text(item.open_amount, item.currency),
        "reference": item.reference,
        "hold": item.hold,
        "hold_until": item.hold_until,
        "settled_on": item.settled_on,
    }

"""`relance customers`: who owes how much."""

from collections.abc import Iterator, Mapping
from typing import Any

import click

from relance.core.customers.search import Search
from relance.core.customers.search_language import parse
from relance.core.kernel.identifiers import EntityId
from relance.core.kernel.money import decimal_text
from relance.core.tenancy.users import Actor
from relance.main.cli.common import answer_rows, json_option, jsonl_option, of_tenant
from relance.main.cli.customer_changes import change_customers, undo_change
from relance.main.cli.customer_edit import edit_customer
from relance.main.cli.customer_words import log_call, write_note
from relance.main.cli.groupings import collect_alone, collect_together, list_groupings
from relance.main.cli.statements import make_statement
from relance.main.container import House
from relance.ports.store.customer_file import CustomerLine
from relance.usecases.insight.browse_customers import BrowseCustomers, CustomersWanted

_PAGE = 500


@click.group("customers")
def customers_command() -> None:
    """List customers, and change many at once."""


customers_command.add_command(change_customers)
customers_command.add_command(undo_change)
customers_command.add_command(edit_customer)
customers_command.add_command(write_note)
customers_command.add_command(log_call)
customers_command.add_command(make_statement)
customers_command.add_command(collect_together)
customers_command.add_command(collect_alone)
customers_command.add_command(list_groupings)


@customers_command.command("list")
@of_tenant
@click.option("--search", default="", metavar="EXPR", help="Only what fulfils this search.")
@json_option
@jsonl_option
def list_customers(house: House, actor: Actor, search: str, as_json: bool, as_jsonl: bool) -> None:
    """Customers by code, one line for each currency in which they owe.

    Example: relance customers list --tenant acme --search "country in (FR, BE) and overdue >= 1000"
    """
    rows = [_row(line, entities) for line, entities in _pages(house.browse_customers(), actor, parse(search))]
    first = ("entity",) if rows and "entity" in rows[0] else ()
    answer_rows(
        rows, as_json, as_jsonl, (*first, "customer", "name", "country", "collector", "balance", "overdue", "currency")
    )


def _pages(
    browse: BrowseCustomers, actor: Actor, criteria: Search
) -> Iterator[tuple[CustomerLine, Mapping[EntityId, str]]]:
    after = None
    while True:
        page = browse(CustomersWanted(actor=actor, criteria=criteria, sort="code", after=after, limit=_PAGE))
        yield from ((line, page.entities) for line in page.lines)
        if not page.more:
            return
        last = page.lines[-1]
        after = (last.code, last.code, last.currency, last.customer)


def _row(line: CustomerLine, entities: Mapping[EntityId, str]) -> dict[str, Any]:
    owed = {
        name: decimal_text(amount, line.currency) if line.currency else None
        for name, amount in (("balance", line.balance), ("overdue", line.overdue))
    }
    return {
        **({"entity": entities[line.entity]} if entities else {}),
        "customer": line.code,
        "name": line.name,
        "country": line.country,
        "collector": line.collector,
        "currency": line.currency,
        **owed,
        "open_items": line.open_items,
        "oldest_due_on": line.oldest_due_on,
    }

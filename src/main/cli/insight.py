"""`relance report`: figures over the ledger, each with its definition."""

import sys
from datetime import date
from typing import Any

import click
import msgspec

from relance.core.customers.search_language import parse
from relance.core.insight.aged_balance import BUCKETS, AgedRow
from relance.core.kernel.errors import BadInput
from relance.core.kernel.money import decimal_text
from relance.core.tenancy.users import Actor
from relance.main.cli.common import of_tenant
from relance.main.container import House
from relance.ports.export import Amount, Column, Format, Sheet
from relance.ports.store.insight import DIMENSIONS
from relance.usecases.insight.note_export import ExportMade
from relance.usecases.insight.show_aged_balance import AgedBalance, AgedBalanceWanted

_COLUMNS = (*BUCKETS, "credits", "total")
_FILES: dict[str, Format] = {"csv": "csv", "xlsx": "xlsx"}


@click.group("report")
def report_command() -> None:
    """Figures over the ledger."""


@report_command.command("aged-balance")
@of_tenant
@click.option("--as-of", metavar="DATE", help="The day of the balance; without it the tenant's today.")
@click.option("--by", default="customer", type=click.Choice(DIMENSIONS), help="One row for each of these.")
@click.option("--currency", default="", help="Only this currency.")
@click.option("--search", default="", metavar="EXPR", help="Only customers that fulfil this search now.")
@click.option("--format", "form", default="text", type=click.Choice(["text", "json", "csv", "xlsx"]))
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
def aged_balance(
    house: House, actor: Actor, as_of: str | None, by: str, currency: str, search: str, form: str, as_json: bool
) -> None:
    """Open amounts by days past due.

    Example: relance report aged-balance --tenant acme --as-of 2026-11-21 --format xlsx > aged.xlsx
    """
    day = _day(as_of) if as_of else None
    wanted = AgedBalanceWanted(actor=actor, as_of=day, by=by, currency=currency, criteria=parse(search))
    balance = house.show_aged_balance()(wanted)
    if as_json or form == "json":
        sys.stdout.write(msgspec.json.encode(as_document(balance)).decode() + "\n")
    elif form in _FILES:
        house.note_export()(
            ExportMade(
                actor=actor,
                table="aged-balance",
                rows=len(balance.rows),
                filters={"by": by} | ({"search": search} if search else {}),
            )
        )
        sys.stdout.buffer.write(house.exports().written(as_sheet(balance), _FILES[form]))
    else:
        _print(balance)


def definition(balance: AgedBalance) -> str:
    """What the figures are, in one sentence after the other."""
    words = (
        f"Open amounts by days past due at the end of {balance.as_of}: an item is overdue from the day after its due "
        "date; credits stand in their own column and are part of the total; drafts count, down-payment requests do "
        "not; nothing is added across currencies."
    )
    if balance.overlaps:
        words += " A customer of several groups counts in each of them, and in the totals once."
    if balance.from_history:
        words += " The day is past: today's open amounts are taken back by every change recorded since."
    if balance.history_since:
        words += (
            f" The history of this ledger starts on {balance.history_since}: items issued up to the day count with "
            "the open amount of their first import."
        )
    return words


def as_document(balance: AgedBalance) -> dict[str, Any]:
    """The answer of the contract: amounts as decimal text."""
    return {
        "as_of": balance.as_of.isoformat(),
        "by": balance.by,
        "definition": definition(balance),
        "rows": [{balance.by: row.of, "name": row.label} | _amounts(row) for row in balance.rows],
        "totals": [_amounts(row) for row in balance.totals],
    }


def as_sheet(balance: AgedBalance) -> Sheet:
    """The same as a table for a spreadsheet; headings are the contract's names."""
    columns = (Column(balance.by), Column("name"), Column("currency"), *(Column(name, "amount") for name in _COLUMNS))
    return Sheet(
        name=f"Aged balance {balance.as_of}",
        columns=columns,
        rows=[(row.of, row.label, *_cells(row)) for row in balance.rows],
        totals=[("total", "", *_cells(row)) for row in balance.totals],
        notes=(definition(balance),),
    )


def _amounts(row: AgedRow) -> dict[str, str]:
    return {"currency": row.currency} | {name: decimal_text(getattr(row, name), row.currency) for name in _COLUMNS}


def _cells(row: AgedRow) -> tuple[str | Amount, ...]:
    return (row.currency, *(Amount(getattr(row, name), row.currency) for name in _COLUMNS))


def _print(balance: AgedBalance) -> None:
    click.echo(definition(balance))
    lines: list[tuple[str, ...]] = [("", "cur", *_COLUMNS)]
    for row in (*balance.rows, *balance.totals):
        lines.append((row.of or "total", row.currency, *(_amounts(row)[name] for name in _COLUMNS)))
    widths = [max(len(line[place]) for line in lines) for place in range(len(lines[0]))]
    for line in lines:
        cells = [
            cell.rjust(width) if place > 1 else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        click.echo("  ".join(cells))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise BadInput(f"--as-of: {text!r} is no date; write it like 2026-11-21") from wrong

"""`relance day` and `relance actions`: decide, look, and take single actions in hand."""

from collections.abc import Iterator
from datetime import datetime

import click

from relance.core.tenancy.users import Actor
from relance.main.cli.actions import actions_command
from relance.main.cli.common import answer, json_option, of_tenant
from relance.main.container import House
from relance.usecases.collection.run_day import DayDecided, NewDay

__all__ = ["actions_command", "day_command"]


@click.command("day")
@of_tenant
@click.option("--date", "on", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Another day, with --dry-run.")
@click.option("--dry-run", is_flag=True, help="Decide without writing anything.")
@click.option("--explain", default="", metavar="CUSTOMER", help="Tell step by step how this customer was decided.")
@json_option
def day_command(house: House, actor: Actor, on: datetime | None, dry_run: bool, explain: str, as_json: bool) -> None:
    """Decide the actions of the tenant's today: one outcome for every account.

    Example: relance day --tenant acme --dry-run --explain C001
    """
    request = NewDay(actor=actor, on=on.date() if on else None, dry_run=dry_run, explain=explain)
    decided = house.run_day()(request)
    answer(decided, as_json, lambda: _words(decided))


def _words(decided: DayDecided) -> Iterator[str]:
    yield f"{decided.date}: {decided.created} created, {decided.kept} kept, {decided.cancelled} cancelled"
    for reason, count in sorted(decided.skipped.items(), key=lambda pair: (-pair[1], pair[0])):
        yield f"{count:>8}  {reason}"
    for row in decided.planned:
        amounts = ", ".join(f"{amount} {currency}" for currency, amount in row.amounts.items())
        notes = " ".join(filter(None, (row.reason, *row.warnings)))
        yield f"{row.customer}  {row.step}  due {row.due_on}  {amounts}  {row.state}  {notes}".rstrip()
    for trace in decided.trace:
        values = "  ".join(f"{name}={value}" for name, value in trace.values.items())
        yield f"{trace.code}:  {values}"

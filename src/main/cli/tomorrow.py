"""`relance tomorrow`: what a day would bring, account by account."""

from collections.abc import Iterator
from datetime import datetime

import click

from relance.core.tenancy.users import Actor
from relance.main.cli.common import answer, json_option, of_tenant
from relance.main.container import House
from relance.usecases.collection.foresee_day import DayForeseen, DayToForesee
from relance.usecases.collection.foreseeing import Foreseen


@click.command("tomorrow")
@of_tenant
@click.option("--date", "on", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Another day than tomorrow.")
@click.option("--group", default="", metavar="GROUP", help="leaves, to-confirm, by-hand, held, or a reason of the day.")
@click.option("--page", default=1, show_default=True, type=click.IntRange(1), help="50 rows a page.")
@json_option
def tomorrow_command(house: House, actor: Actor, on: datetime | None, group: str, page: int, as_json: bool) -> None:
    """What would leave, to whom, from whom and about what; for the other accounts why not. Nothing is written.

    Example: relance tomorrow --tenant acme --group below-minimum
    """
    wanted = DayToForesee(actor=actor, on=on.date() if on else None, group=group, page=page)
    seen = house.foresee_day()(wanted)
    answer(seen, as_json, lambda: _words(seen))


def _words(seen: DayForeseen) -> Iterator[str]:
    yield f"{seen.date}: " + ", ".join(f"{count} {group}" for group, count in seen.groups.items())
    yield f"{seen.group}, page {seen.page} of {seen.pages}"
    for row in seen.rows:
        yield "  ".join(filter(None, (row.customer, row.step, *_about(row))))


def _about(row: Foreseen) -> Iterator[str]:
    yield from (f"{amount} {currency}" for currency, amount in row.amounts.items())
    if row.to:
        yield f"to {', '.join(row.to)}"
    if row.cc:
        yield f"cc {', '.join(row.cc)}"
    if row.sender:
        yield f"from {row.sender}"
    if row.items:
        yield f"items {', '.join(row.items)}"
    yield " ".join((row.reason, *row.holds, *row.warnings)).strip()

"""`relance deliveries`: every message, where it stands and how that is known."""

from datetime import datetime
from typing import get_args

import click
import msgspec

from relance.core.kernel.identifiers import ActionId
from relance.core.tenancy.users import Actor
from relance.main.cli.common import answer, answer_rows, json_option, jsonl_option, of_tenant
from relance.main.container import House
from relance.ports.store.deliveries import DeliveryState

_COLUMNS = ("action", "customer_code", "channel", "state", "reason", "attempts", "to", "sent_at", "said", "evidence")
_DAY = click.DateTime(["%Y-%m-%d"])


@click.group("deliveries")
def deliveries_command() -> None:
    """Every message: its state, its attempts, and what was answered."""


@deliveries_command.command("list")
@of_tenant
@click.option("--state", type=click.Choice(get_args(DeliveryState)), help="Only in this state.")
@click.option("--channel", default="", help="Only through this channel: email, sms, letter.")
@click.option("--since", type=_DAY, metavar="DATE", help="Sent on this day or later.")
@click.option("--until", type=_DAY, metavar="DATE", help="Sent on this day or earlier.")
@click.option("--customer", default="", help="Part of a customer's code or name.")
@click.option("--limit", default=1000, show_default=True, type=click.IntRange(1, 200_000), help="Rows at most.")
@json_option
@jsonl_option
def list_deliveries(
    house: House,
    actor: Actor,
    state: DeliveryState | None,
    channel: str,
    since: datetime | None,
    until: datetime | None,
    customer: str,
    limit: int,
    as_json: bool,
    as_jsonl: bool,
) -> None:
    """List messages: what needs a person first, then what is on its way, then what was sent.

    Example: relance deliveries list --tenant acme --state unknown
    """
    from relance.usecases.collection.browse_deliveries import DeliveriesWanted

    wanted = DeliveriesWanted(
        actor=actor,
        state=state,
        channel=channel,
        since=since.date() if since else None,
        until=until.date() if until else None,
        search=customer,
        limit=limit,
    )
    found = house.browse_deliveries()(wanted)
    if as_json:
        answer({"rows": found.lines, "counts": found.counts}, as_json, lambda: [])
        return
    answer_rows(found.lines, False, as_jsonl, _COLUMNS)


@deliveries_command.command("show")
@of_tenant
@click.argument("number", type=click.IntRange(min=1), metavar="ID")
@json_option
def show_delivery(house: House, actor: Actor, number: int, as_json: bool) -> None:
    """Show one message with every attempt, as it was sent.

    Example: relance deliveries show --tenant acme 41
    """
    from relance.usecases.collection.open_delivery import DeliveryWanted

    file = house.open_delivery()(DeliveryWanted(actor=actor, action=ActionId(number)))
    line = file.line
    words = [
        f"{line.action} {line.state} {line.reason}".rstrip(),
        f"to {', '.join(line.to)}: {line.subject}",
        *(f"attempt {one.number}, {one.at.isoformat()}: {one.outcome} {one.detail}" for one in file.attempts),
    ]
    answer(msgspec.to_builtins(file), as_json, lambda: words)

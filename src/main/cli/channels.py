"""`relance channels`: how each channel of a tenant does."""

import click
import msgspec

from relance.core.tenancy.users import Actor
from relance.main.cli.common import answer_rows, json_option, jsonl_option, of_tenant
from relance.main.container import House

_COLUMNS = ("channel", "carried_by", "absent", "paused", "waiting", "held", "leaving", "troubled", "sent_at", "trouble")


@click.group("channels")
def channels_command() -> None:
    """How each channel does."""


@channels_command.command("list")
@of_tenant
@json_option
@jsonl_option
def list_channels(house: House, actor: Actor, as_json: bool, as_jsonl: bool) -> None:
    """List channels: whether each can carry, what waits for it, what it did last.

    `relance tenant set CODE channels-paused=email` pauses one; an empty value lets all go on.

    Example: relance channels list --tenant acme
    """
    rows = [
        {name: value for name, value in msgspec.to_builtins(one).items() if name != "traffic"}
        | msgspec.to_builtins(one.traffic)
        for one in house.show_channels()(actor)
    ]
    answer_rows(rows, as_json, as_jsonl, _COLUMNS)

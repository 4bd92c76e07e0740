"""`relance items hold` and `relance items release`: qualification by hand."""

from datetime import datetime

import click

from relance.core.ledger.items import HoldKind
from relance.core.tenancy.users import Actor
from relance.main.cli.common import answer, json_option, of_tenant
from relance.main.container import House

_references = click.argument("references", nargs=-1, required=True, metavar="CUSTOMER/NUMBER...")


@click.command("hold")
@of_tenant
@_references
@click.option("--as", "kind", required=True, type=click.Choice(["promise", "dispute", "pause"]))
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Last day; promises need it.")
@click.option("--comment", default="", help="What was said.")
@json_option
def hold_command(
    house: House,
    actor: Actor,
    references: tuple[str, ...],
    kind: HoldKind,
    until: datetime | None,
    comment: str,
    as_json: bool,
) -> None:
    """Stop the reminders of items: promised, disputed or paused.

    Example: relance items hold --tenant acme C001/F2026-17 --as promise --until 2026-12-01
    """
    from relance.usecases.qualification.hold_items import NewHolds

    last = until.date() if until else None
    wanted = NewHolds(actor=actor, references=references, kind=kind, until=last, comment=comment)
    held = house.hold_items()(wanted)
    words = f"{held.changed} held" + (f" until {held.until}" if held.until else "")
    answer(held, as_json, lambda: [words])


@click.command("release")
@of_tenant
@_references
@click.option("--comment", default="", help="Why.")
@json_option
def release_command(house: House, actor: Actor, references: tuple[str, ...], comment: str, as_json: bool) -> None:
    """End what holds items.

    Example: relance items release --tenant acme C001/F2026-17
    """
    from relance.usecases.qualification.release_items import Release

    released = house.release_items()(Release(actor=actor, references=references, comment=comment))
    answer(released, as_json, lambda: [f"{released.changed} released"])

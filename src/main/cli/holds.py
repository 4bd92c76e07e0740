"""`relance items hold` and `relance items release`: qualification by hand."""

from datetime import datetime

import click

from relance.core.ledger.items import HoldKind
from relance.main.cli.common import answer, assembled, json_option, tenant_and_system, tenant_option

_references = click.argument("references", nargs=-1, required=True, metavar="CUSTOMER/NUMBER...")


@click.command("hold")
@tenant_option
@_references
@click.option("--as", "kind", required=True, type=click.Choice(["promise", "dispute", "pause"]))
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Last day; promises need it.")
@click.option("--comment", default="", help="What was said.")
@json_option
def hold_command(
    tenant_code: str, references: tuple[str, ...], kind: HoldKind, until: datetime | None, comment: str, as_json: bool
) -> None:
    """Stop the reminders of items: promised, disputed or paused.

    Example: relance items hold --tenant acme C001/F2026-17 --as promise --until 2026-12-01
    """
    from relance.usecases.qualification.hold_items import NewHolds

    house = assembled()
    _, actor = tenant_and_system(house, tenant_code)
    last = until.date() if until else None
    wanted = NewHolds(actor=actor, references=references, kind=kind, until=last, comment=comment)
    held = house.hold_items()(wanted)
    words = f"{held.changed} held" + (f" until {held.until}" if held.until else "")
    answer(held, as_json, lambda: [words])


@click.command("release")
@tenant_option
@_references
@click.option("--comment", default="", help="Why.")
@json_option
def release_command(tenant_code: str, references: tuple[str, ...], comment: str, as_json: bool) -> None:
    """End what holds items.

    Example: relance items release --tenant acme C001/F2026-17
    """
    from relance.usecases.qualification.release_items import Release

    house = assembled()
    _, actor = tenant_and_system(house, tenant_code)
    released = house.release_items()(Release(actor=actor, references=references, comment=comment))
    answer(released, as_json, lambda: [f"{released.changed} released"])

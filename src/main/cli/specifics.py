"""`relance specifics`: messages, calls and tasks about chosen items, outside the scenario."""

from datetime import datetime
from typing import Any, get_args

import click

from relance.core.collection.specifics import SpecificKind, Topic
from relance.core.kernel.identifiers import SpecificId
from relance.core.tenancy.users import Actor
from relance.main.cli.common import answer, answer_rows, json_option, jsonl_option, of_tenant
from relance.main.container import House

_DAY = click.DateTime(["%Y-%m-%d"])
_on = click.option("--on", type=_DAY, metavar="DATE", help="Its day; today without it.")
_automatic = click.option("--automatic", is_flag=True, help="It leaves by itself on its day.")
_to = click.option("--to", multiple=True, metavar="WHO", help="A contact by address, name or number; again for more.")
_cc = click.option("--cc", multiple=True, metavar="WHO", help="A copy: a role, or a user by address or name.")
_number = click.argument("specific", type=click.IntRange(min=1), metavar="NUMBER")
_COLUMNS = ("specific", "topic", "kind", "title", "author", "live", "items")


@click.group("specifics")
def specifics_command() -> None:
    """Begin, repeat, end or list specific actions."""


@specifics_command.command("begin")
@of_tenant
@click.argument("customer", metavar="CUSTOMER")
@click.argument("numbers", nargs=-1, metavar="ITEM...")
@click.option("--topic", type=click.Choice(get_args(Topic)), default="reminder", help="What about.")
@click.option("--kind", type=click.Choice(get_args(SpecificKind)), default="email", help="How.")
@_on
@_automatic
@click.option("--title", default="", help="What is to be done, for a call or a task.")
@click.option("--comment", default="", help="Why; it is kept on the timeline.")
@click.option("--language", default="", help="The language of the words.")
@click.option("--subject", default="", help="The message's own subject.")
@click.option("--body", default="", help="The message's own text; [items] stands for the table.")
@_to
@_cc
@click.option("--copies", is_flag=True, help="An email takes the copies of the invoices along.")
@click.option("--stay", is_flag=True, help="The items stay in their scenario.")
@json_option
def begin_specific(
    house: House,
    actor: Actor,
    customer: str,
    numbers: tuple[str, ...],
    on: datetime | None,
    automatic: bool,
    stay: bool,
    as_json: bool,
    **said: Any,
) -> None:
    """Write, call or set a task about exactly these items of a customer; they leave the scenario until it is ended.

    Example: relance specifics begin --tenant acme C001 F2026-17 F2026-20 --on 2026-12-01 --automatic
    """
    from relance.usecases.collection.begin_specific import NewSpecific

    wanted = NewSpecific(
        actor=actor,
        code=customer,
        references=tuple(f"{customer}/{number}" for number in numbers),
        on=on.date() if on else None,
        automation="automatic" if automatic else "to-confirm",
        away=not stay,
        **said,
    )
    begun = house.begin_specific()(wanted)
    words = f"specific action {begun.specific}: action {begun.action} is {begun.state}, {begun.items} items"
    answer(begun, as_json, lambda: [words])


@specifics_command.command("repeat")
@of_tenant
@_number
@_on
@_automatic
@_to
@_cc
@json_option
def repeat_specific(
    house: House,
    actor: Actor,
    specific: int,
    on: datetime | None,
    automatic: bool,
    to: tuple[str, ...],
    cc: tuple[str, ...],
    as_json: bool,
) -> None:
    """Plan the next message, call or task about the same items.

    Example: relance specifics repeat --tenant acme 3 --on 2026-12-08
    """
    from relance.usecases.collection.occurrences import Automation
    from relance.usecases.collection.repeat_specific import Repetition

    day = on.date() if on else None
    how: Automation = "automatic" if automatic else "to-confirm"
    wanted = Repetition(
        actor=actor, specific=SpecificId(specific), on=day, automation=how, to=to or None, cc=cc or None
    )
    again = house.repeat_specific()(wanted)
    answer(again, as_json, lambda: [f"action {again.action} is {again.state}, {again.items} items"])


@specifics_command.command("end")
@of_tenant
@_number
@click.option("--outcome", default="", help="What came of it.")
@json_option
def end_specific(house: House, actor: Actor, specific: int, outcome: str, as_json: bool) -> None:
    """End a specific action: its items go back to their scenario; of a dispute, they count as resolved.

    Example: relance specifics end --tenant acme 3 --outcome "credit note agreed"
    """
    from relance.usecases.collection.end_specific import SpecificEnd

    over = house.end_specific()(SpecificEnd(actor=actor, specific=SpecificId(specific), outcome=outcome))
    answer(over, as_json, lambda: [f"ended, {over.items} items are back"])


@specifics_command.command("list")
@of_tenant
@click.argument("customer", metavar="CUSTOMER")
@click.option("--ended", is_flag=True, help="Also those that are over.")
@json_option
@jsonl_option
def list_specifics(house: House, actor: Actor, customer: str, ended: bool, as_json: bool, as_jsonl: bool) -> None:
    """List a customer's specific actions with their messages, calls and tasks.

    Example: relance specifics list --tenant acme C001 --ended --json
    """
    from relance.usecases.collection.list_specifics import SpecificsAsked

    rows = house.list_specifics()(SpecificsAsked(actor=actor, code=customer, ended=ended))
    answer_rows(rows, as_json, as_jsonl, _COLUMNS)

"""`relance customers note` and `call`: what was heard and said, kept in the customer's file."""

from datetime import datetime

import click

from relance.core.kernel.identifiers import ActionId
from relance.core.tenancy.users import Actor
from relance.main.cli.common import answer, json_option, of_tenant
from relance.main.container import House
from relance.usecases.collection.log_call import OUTCOMES, CallLogged, NewCall, Outcome
from relance.usecases.customers.write_note import NewNote


@click.command("note")
@of_tenant
@click.argument("customer", metavar="CUSTOMER")
@click.argument("text", metavar="TEXT")
@json_option
def write_note(house: House, actor: Actor, customer: str, text: str, as_json: bool) -> None:
    """Write a note on the customer's timeline.

    Example: relance customers note --tenant acme C001 "Their new accountant starts in January"
    """
    house.write_note()(NewNote(actor=actor, code=customer, text=text))
    answer({"changed": 1}, as_json, lambda: ["noted"])


@click.command("call")
@of_tenant
@click.argument("customer", metavar="CUSTOMER")
@click.argument("numbers", nargs=-1, metavar="ITEM...")
@click.option("--outcome", required=True, type=click.Choice(OUTCOMES), help="How it went.")
@click.option("--action", type=click.IntRange(min=1), metavar="ID", help="The call of the agenda that it was.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The day that was named.")
@click.option("--comment", default="", help="What was said.")
@json_option
def log_call(
    house: House,
    actor: Actor,
    customer: str,
    numbers: tuple[str, ...],
    outcome: Outcome,
    action: int | None,
    until: datetime | None,
    comment: str,
    as_json: bool,
) -> None:
    """Log a call: a promise or a dispute holds the items that are named, a call back waits in the agenda.

    Example: relance customers call --tenant acme C001 F2026-17 --outcome promise --until 2026-12-04
    """
    made = NewCall(
        actor=actor,
        outcome=outcome,
        code=customer,
        action=None if action is None else ActionId(action),
        references=tuple(f"{customer}/{number}" for number in numbers),
        comment=comment,
        until=until.date() if until else None,
    )
    done = house.log_call()(made)
    answer(done, as_json, lambda: [_words(done)])


def _words(done: CallLogged) -> str:
    later = f", call back is action {done.call_back}" if done.call_back else ""
    return f"noted, {done.held} items held{later}"

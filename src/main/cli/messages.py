"""`relance actions confirm`, `recall` and `resolve`: what a person decides about messages."""

import click

from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import ActionId
from relance.core.tenancy.users import Actor
from relance.main.cli.common import answer, assembled, json_option, of_tenant, tenant_and_system, tenant_option
from relance.main.container import House


@click.command("confirm")
@click.argument("ids", nargs=-1, type=int, metavar="ID...")
@click.option("--all", "everything", is_flag=True, help="Everything that waits to be confirmed.")
@click.option("--hold", default=0, show_default=True, type=click.IntRange(0, 1440), help="Minutes for a recall.")
@tenant_option
@json_option
def confirm(ids: tuple[int, ...], everything: bool, hold: int, tenant_code: str, as_json: bool) -> None:
    """Confirm messages as they are now: what is confirmed is what leaves.

    Example: relance actions confirm --tenant acme --all
    """
    from relance.usecases.collection.confirm_actions import Confirmation

    if everything is bool(ids):
        raise BadInput("name actions, or say --all")
    house = assembled()
    _, actor = tenant_and_system(house, tenant_code)
    chosen = tuple(map(ActionId, ids)) if ids else None
    done = house.confirm_actions()(Confirmation(actor=actor, actions=chosen, hold_minutes=hold))
    words = [f"{done.changed} confirmed", *(f"{one.action}: {one.reason}" for one in done.refused)]
    answer(done, as_json, lambda: words)


@click.command("recall")
@click.argument("action", type=int, metavar="ID")
@of_tenant
@json_option
def recall(action: int, house: House, actor: Actor, as_json: bool) -> None:
    """Take a confirmation back before the message is on its way.

    Example: relance actions recall 41 --tenant acme
    """
    from relance.usecases.collection.recall_action import Recall

    done = house.recall_action()(Recall(actor=actor, action=ActionId(action)))
    answer({"changed": 1, "state": done.state}, as_json, lambda: [f"{action} is {done.state}"])


@click.command("resolve")
@click.argument("action", type=int, metavar="ID")
@click.option("--as", "what", required=True, type=click.Choice(["sent", "resend", "cancel"]), help="What it becomes.")
@click.option("--reason", required=True, help="How you know, or why; kept with the action.")
@tenant_option
@json_option
def resolve(action: int, what: str, reason: str, tenant_code: str, as_json: bool) -> None:
    """Say what became of a message that is unknown or failed; `resend` leaves under a new Message-ID.

    Example: relance actions resolve 41 --tenant acme --as sent --reason "in the relay's log"
    """
    from relance.usecases.collection.resolve_action import Answer, Resolution

    answers: dict[str, Answer] = {"sent": "sent", "resend": "resend", "cancel": "cancel"}
    house = assembled()
    _, actor = tenant_and_system(house, tenant_code)
    request = Resolution(actor=actor, action=ActionId(action), answer=answers[what], reason=reason)
    done = house.resolve_action()(request)
    answer({"changed": 1, "state": done.state}, as_json, lambda: [f"{action} is {done.state}"])

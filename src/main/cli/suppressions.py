"""`relance suppressions` and `relance bounces`: addresses that get nothing more, and mail that came back."""

import click

from relance.core.tenancy.users import Actor
from relance.main.cli.common import (
    answer,
    answer_rows,
    assembled,
    json_option,
    jsonl_option,
    of_tenant,
    tenant_and_system,
    tenant_option,
)
from relance.main.container import House

_address = click.argument("address", metavar="ADDRESS")
_note = click.option("--note", required=True, help="Why; it is kept.")


@click.group("suppressions")
def suppressions_command() -> None:
    """Addresses to which nothing is sent."""


@suppressions_command.command("list")
@of_tenant
@click.option("--search", default="", help="Part of an address.")
@json_option
@jsonl_option
def list_suppressions(house: House, actor: Actor, search: str, as_json: bool, as_jsonl: bool) -> None:
    """List suppressed addresses, and those from which mail came back.

    Example: relance suppressions list --tenant acme
    """
    from relance.usecases.collection.list_suppressions import SuppressionsWanted

    found = house.list_suppressions()(SuppressionsWanted(actor=actor, search=search, limit=100_000))
    if as_json:
        answer({"rows": found.rows, "suggested": found.suggested}, as_json, lambda: [])
        return
    answer_rows(found.rows, False, as_jsonl, ("address", "reason", "note", "author", "since"))


@suppressions_command.command("add")
@of_tenant
@_address
@_note
@json_option
def add_suppression(house: House, actor: Actor, address: str, note: str, as_json: bool) -> None:
    """Send nothing more to ADDRESS; what is confirmed for it is held.

    Example: relance suppressions add --tenant acme someone@customer.example --note "asked by phone"
    """
    from relance.usecases.collection.suppress_address import AddressToSuppress

    done = house.suppress_address()(AddressToSuppress(actor=actor, address=address, note=note))
    answer(done, as_json, lambda: [f"{done.address} gets nothing more"])


@suppressions_command.command("remove")
@of_tenant
@_address
@_note
@json_option
def remove_suppression(house: House, actor: Actor, address: str, note: str, as_json: bool) -> None:
    """Send to ADDRESS again.

    Example: relance suppressions remove --tenant acme someone@customer.example --note "works again"
    """
    from relance.usecases.collection.lift_suppression import AddressToLift

    done = house.lift_suppression()(AddressToLift(actor=actor, address=address, note=note))
    answer(done, as_json, lambda: [f"{done.address} gets messages again"])


@click.group("bounces")
def bounces_command() -> None:
    """Mail that came back."""


@bounces_command.command("read")
@json_option
def read_bounces(as_json: bool) -> None:
    """Read the mailbox that RELANCE_MAILBOX names, now; the worker does so by itself.

    Example: relance bounces read
    """
    done = assembled().read_bounces()()
    answer(done, as_json, lambda: [f"{done.letters} letters, {done.kept} reports kept, {done.ignored} ignored"])


@bounces_command.command("secret")
@tenant_option
@json_option
def show_secret(tenant_code: str, as_json: bool) -> None:
    """Show the secret with which a mail provider signs its reports to /webhooks/bounces/CODE.

    `relance tenant set CODE bounce-webhook=1` opens the address; another number makes another secret.

    Example: relance bounces secret --tenant acme
    """
    from relance.core.collection.bounce_signing import secret_of

    house = assembled()
    _, actor = tenant_and_system(house, tenant_code)
    edition = int(house.show_settings()(actor).values["bounce-webhook"])
    secret = secret_of(tenant_code, edition, house.reference_key()) if edition else ""
    words = secret or "closed: set bounce-webhook to 1 to open it"
    answer({"edition": edition, "secret": secret}, as_json, lambda: [words])

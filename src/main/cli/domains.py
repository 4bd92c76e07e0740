"""`relance domains`: domains that messages are sent from."""

from typing import Any

import click
import msgspec

from relance.core.tenancy.users import Actor
from relance.main.cli.common import answer, json_option, of_tenant
from relance.main.container import House

_domain = click.argument("domain", metavar="DOMAIN")


@click.group("domains")
def domains_command() -> None:
    """Domains that messages are sent from."""


@domains_command.command("list")
@of_tenant
@json_option
def list_domains(house: House, actor: Actor, as_json: bool) -> None:
    """List sender domains with the records to publish, and what of them was seen.

    Example: relance domains list --tenant acme
    """
    _told(house, actor, as_json)


@domains_command.command("add")
@of_tenant
@_domain
@json_option
def add_domain(house: House, actor: Actor, domain: str, as_json: bool) -> None:
    """Add DOMAIN: a key to sign its messages is made, and the records to publish are shown.

    Example: relance domains add --tenant acme acme.example
    """
    from relance.usecases.tenancy.add_domain import NewDomain

    house.add_domain()(NewDomain(actor=actor, domain=domain))
    _told(house, actor, as_json)


@domains_command.command("check")
@of_tenant
@_domain
@json_option
def check_domain(house: House, actor: Actor, domain: str, as_json: bool) -> None:
    """Ask the world's name servers what they know of DOMAIN.

    Example: relance domains check --tenant acme acme.example
    """
    from relance.usecases.tenancy.check_domain import DomainToCheck

    house.check_domain()(DomainToCheck(actor=actor, domain=domain))
    _told(house, actor, as_json)


@domains_command.command("remove")
@of_tenant
@_domain
@json_option
def remove_domain(house: House, actor: Actor, domain: str, as_json: bool) -> None:
    """Forget DOMAIN and its key; messages from it are not signed any more.

    Example: relance domains remove --tenant acme acme.example
    """
    from relance.usecases.tenancy.remove_domain import DomainToRemove

    house.remove_domain()(DomainToRemove(actor=actor, domain=domain))
    _told(house, actor, as_json)


def _told(house: House, actor: Actor, as_json: bool) -> None:
    rows: list[dict[str, Any]] = [
        {
            "domain": one.domain.domain,
            "verified": one.verified,
            "records": [msgspec.to_builtins(record) for record in one.records],
        }
        for one in house.list_domains()(actor)
    ]
    words = [
        line
        for row in rows
        for line in (
            f"{row['domain']}: {'verified' if row['verified'] else 'not verified'}",
            *(f"  {one['sight']:8} {one['name']} TXT {one['value']}" for one in row["records"]),
        )
    ]
    answer({"rows": rows}, as_json, lambda: words)

"""`relance entity`: the legal entities of a tenant."""

from collections.abc import Callable
from typing import Any

import click

from relance.core.tenancy.users import Actor
from relance.main.cli.common import answer, answer_rows, json_option, jsonl_option, of_tenant
from relance.main.container import House

_ADDRESS = (
    click.option("--country", metavar="FR", help="Country, ISO 3166; without one the tenant's."),
    click.option("--street", help="Street, as printed on messages."),
    click.option("--zip", help="Postal code."),
    click.option("--city", help="City."),
    click.option("--phone", help="Telephone, as printed on messages."),
    click.option("--bank", help="Bank to pay to."),
    click.option("--iban", help="IBAN to pay to."),
    click.option("--bic", help="BIC to pay to."),
    click.option("--sender", metavar="NAME <ADDRESS>", help="Sender for collectors without a confirmed address."),
)


def _signed(command: Callable[..., None]) -> Callable[..., None]:
    """What the entity's messages are signed with."""
    for option in reversed(_ADDRESS):
        command = option(command)
    return command


@click.group("entity")
def entity_command() -> None:
    """Legal entities: who is owed, and who signs messages."""


@entity_command.command("add")
@click.argument("code")
@of_tenant
@click.option("--name", required=True, help="The company's name, as customers read it.")
@_signed
@json_option
def add_entity(code: str, house: House, actor: Actor, name: str, as_json: bool, **details: str | None) -> None:
    """Add the entity CODE; files name it by that code.

    Example: relance entity add BE01 --tenant acme --name "Acme Belgique SA" --country BE
    --iban "BE68 5390 0754 7034"
    """
    from relance.usecases.tenancy.add_entity import NewEntity

    entity = house.add_entity()(NewEntity(actor=actor, code=code, name=name, details=_given(details)))
    answer({"entity": entity}, as_json, lambda: [f"entity {entity.code}: {entity.name}"])


@entity_command.command("list")
@of_tenant
@json_option
@jsonl_option
def list_entities(house: House, actor: Actor, as_json: bool, as_jsonl: bool) -> None:
    """Every entity, the first one first.

    Example: relance entity list --tenant acme
    """
    answer_rows(house.list_entities()(actor), as_json, as_jsonl, ("code", "name", "country", "city", "iban", "sender"))


@entity_command.command("rename")
@click.argument("code")
@click.argument("name")
@of_tenant
@json_option
def rename_entity(code: str, name: str, house: House, actor: Actor, as_json: bool) -> None:
    """Give the entity CODE another NAME; the code stays.

    Example: relance entity rename BE01 "Acme Benelux SA" --tenant acme
    """
    _change(house, actor, code, name, {}, as_json)


@entity_command.command("set")
@click.argument("code")
@of_tenant
@_signed
@json_option
def set_entity(code: str, house: House, actor: Actor, as_json: bool, **details: str | None) -> None:
    """Change what messages of the entity CODE are signed with; what is left out stays.

    Example: relance entity set BE01 --tenant acme --city Bruxelles --bic GEBABEBB
    """
    _change(house, actor, code, None, _given(details), as_json)


def _change(house: House, actor: Actor, code: str, name: str | None, details: dict[str, str], as_json: bool) -> None:
    from relance.usecases.tenancy.change_entity import EntityChange

    entity = house.change_entity()(EntityChange(actor=actor, code=code, name=name, details=details))
    answer({"entity": entity}, as_json, lambda: [f"entity {entity.code}: {entity.name}"])


def _given(details: dict[str, Any]) -> dict[str, str]:
    return {name: value for name, value in details.items() if value is not None}

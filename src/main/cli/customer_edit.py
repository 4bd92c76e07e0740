"""`relance customers edit`: one customer's own fields."""

from typing import Any

import click
import msgspec

from relance.core.customers.details import CUSTOM, DetailChanges
from relance.core.kernel.errors import BadInput
from relance.core.tenancy.users import Actor
from relance.main.cli.common import answer, json_option, of_tenant
from relance.main.container import House

_FLAGS = {"yes": True, "no": False}
_SWITCHES = frozenset(("blocked", "collection_stop", "penalties"))
_MAY_BE_NONE = frozenset(("credit_limit", "paused_until"))


@click.command("edit")
@of_tenant
@click.argument("code")
@click.option("--set", "given", multiple=True, required=True, metavar="FIELD=VALUE", help="A field; again for more.")
@json_option
def edit_customer(house: House, actor: Actor, code: str, given: tuple[str, ...], as_json: bool) -> None:
    """Set fields of a customer: those of an import, and custom.NAME; an empty value takes one away.

    Example: relance customers edit --tenant acme C001 --set city=Lens --set credit_limit=500.00 --set blocked=no
    """
    from relance.usecases.customers.edit_customer import CustomerEdit

    done = house.edit_customer()(CustomerEdit(actor=actor, code=code, changes=_changes(given)))
    document = {"customer": code, "changed": sorted(done.changed)}
    answer(document, as_json, lambda: [f"{code}: {', '.join(sorted(done.changed)) or 'nothing'} changed"])


def _changes(given: tuple[str, ...]) -> DetailChanges:
    fields: dict[str, Any] = {}
    for pair in given:
        name, equals, value = pair.partition("=")
        if not equals:
            raise click.UsageError(f"--set {pair!r}: write FIELD=VALUE")
        if name.startswith(CUSTOM):
            fields.setdefault("custom", {})[name.removeprefix(CUSTOM)] = value
        else:
            fields[name] = _value(name, value)
    try:
        return msgspec.convert(fields, DetailChanges)
    except msgspec.ValidationError as wrong:
        raise BadInput(f"--set: {wrong}") from wrong


def _value(name: str, text: str) -> Any:
    if name in _SWITCHES:
        if text not in _FLAGS:
            raise BadInput(f"{name}: yes or no, not {text!r}")
        return _FLAGS[text]
    return None if name in _MAY_BE_NONE and not text else text

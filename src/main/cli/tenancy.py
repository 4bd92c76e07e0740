"""`relance tenant`, `key`, `audit`: who works here, with which settings, and what they did."""

import click

from relance.core.kernel.errors import BadInput
from relance.core.tenancy.keys import SCOPES
from relance.core.tenancy.settings import SETTINGS
from relance.core.tenancy.users import Actor
from relance.main.cli.common import answer, answer_rows, assembled, json_option, of_tenant, tenant_and_system
from relance.main.container import House


@click.group("tenant")
def tenant_command() -> None:
    """Add a tenant, or set its settings."""


@tenant_command.command("add")
@click.argument("code")
@click.option("--name", required=True, help="The company's name, as customers read it.")
@click.option("--currency", required=True, metavar="EUR", help="Main currency, ISO 4217.")
@click.option("--country", required=True, metavar="FR", help="Country, ISO 3166; its public holidays count.")
@click.option("--language", required=True, metavar="fr", help="Language of messages where nobody says another.")
@click.option("--timezone", required=True, metavar="ZONE", help="IANA time zone in which the day is counted.")
@click.option("--collector", metavar="EMAIL", help="Adds this collector and makes it the default.")
@click.option("--scenario", default="standard", show_default=True, metavar="CODE", help="The default scenario.")
@json_option
def add_tenant(
    code: str,
    name: str,
    currency: str,
    country: str,
    language: str,
    timezone: str,
    collector: str | None,
    scenario: str,
    as_json: bool,
) -> None:
    """Add the tenant CODE with the supplied scenarios and templates.

    Example: relance tenant add acme --name "Acme SAS" --currency EUR --country FR --language fr
    --timezone Europe/Paris --collector ann@acme.example
    """
    from relance.usecases.tenancy.found_tenant import NewTenant

    request = NewTenant(
        code=code,
        name=name,
        currency=currency,
        country=country,
        language=language,
        timezone=timezone,
        collector=collector,
        scenario=scenario,
    )
    tenant = assembled().found_tenant()(request)
    answer({"tenant": tenant}, as_json, lambda: [f"tenant {tenant.code} is ready"])


@tenant_command.command("set")
@click.argument("code")
@click.argument("changes", nargs=-1, metavar="KEY=VALUE...")
@click.option("--list", "listed", is_flag=True, help="Show every setting with its value, default and meaning.")
@json_option
def set_tenant(code: str, changes: tuple[str, ...], listed: bool, as_json: bool) -> None:
    """Set settings of the tenant CODE by name.

    Example: relance tenant set acme hold-minutes=5 "windows=mon-fri 09:00-17:00"
    """
    from relance.usecases.tenancy.change_settings import NewSettings

    house = assembled()
    tenant, actor = tenant_and_system(house, code)
    if listed:
        with house.work().reading(tenant.tenant) as unit:
            chosen = unit.tenancy.settings()
        rows = [
            {"name": known.name, "value": chosen.text(known.name), "default": known.default, "meaning": known.meaning}
            for known in SETTINGS.values()
        ]
        answer_rows(rows, as_json, False, ("name", "value", "default", "meaning"))
        return
    changed = house.change_settings()(NewSettings(actor=actor, values=_pairs(changes)))
    answer({"changed": changed}, as_json, lambda: [f"changed: {', '.join(changed) or 'nothing'}"])


def _pairs(changes: tuple[str, ...]) -> dict[str, str]:
    pairs = dict(change.partition("=")[::2] for change in changes)
    if not pairs or any("=" not in change for change in changes):
        raise BadInput("name settings as KEY=VALUE; --list shows all")
    return pairs


@click.group("key")
def key_command() -> None:
    """Add API keys."""


@key_command.command("add")
@of_tenant
@click.option("--name", required=True, help="What the key is for.")
@click.option("--scope", "scopes", multiple=True, type=click.Choice(SCOPES), help="May be given several times.")
@click.option("--as", "email", default="", metavar="EMAIL", help="For this person: it sees and may no more.")
@json_option
def add_key(house: House, actor: Actor, name: str, scopes: tuple[str, ...], email: str, as_json: bool) -> None:
    """Add an API key and show it once; without --scope it may read.

    Example: relance key add --tenant acme --name "ERP at night" --scope import
    """
    from relance.usecases.tenancy.add_key import NewKey

    made = house.add_key()(NewKey(actor=actor, name=name, scopes=scopes or ("read",), email=email))
    words = [made.key, "Keep it now: it is not shown again."]
    answer({"key": made.key, "id": made.id, "scopes": made.scopes}, as_json, lambda: words)


@click.group("audit")
def audit_command() -> None:
    """Verify the audit chain."""


@audit_command.command("verify")
@of_tenant
@json_option
@click.pass_context
def verify_audit(context: click.Context, house: House, actor: Actor, as_json: bool) -> None:
    """Recompute the chain of hashes from its first row; exit 2 where it is broken.

    Example: relance audit verify --tenant acme
    """
    verdict = house.verify_audit()(actor)
    words = f"whole, head {verdict.head}" if verdict.ok else f"broken at row {verdict.first_bad}"
    answer(verdict, as_json, lambda: [words])
    if not verdict.ok:
        context.exit(2)

"""`relance customers change` and `undo`: many customers at once."""

from pathlib import Path
from typing import Any

import click

from relance.core.customers.mass_changes import Changes, Selection, codes_in
from relance.core.customers.search_language import parse
from relance.core.tenancy.users import Actor
from relance.main.cli.common import answer, assembled, json_option, of_tenant, tenant_and_system, tenant_option
from relance.main.container import House
from relance.usecases.customers.change_many import ManyChanged

_MANY: dict[str, Any] = {"multiple": True, "metavar": "V"}


@click.command("change")
@tenant_option
@click.option("--search", metavar="EXPR", help="Whom: what fulfils this search.")
@click.option("--codes-file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Whom: these codes.")
@click.option("--collector", metavar="EMAIL", help="Their collector; empty: none.")
@click.option("--scenario", metavar="CODE", help="Their scenario; empty: the tenant's default.")
@click.option("--add-group", **_MANY, help="A group that they join; again for more.")
@click.option("--remove-group", **_MANY, help="A group that they leave; again for more.")
@click.option("--add-colleague", **_MANY, help="Who is associated with them; again for more.")
@click.option("--remove-colleague", **_MANY, help="Who is no longer associated; again for more.")
@click.option("--penalties", type=click.Choice(["yes", "no"]), help="Whether their messages tell of late interest.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@json_option
def change_customers(
    tenant_code: str, search: str | None, codes_file: Path | None, dry_run: bool, as_json: bool, **wanted: Any
) -> None:
    """Change all customers that a search or a list of codes finds; it can be undone.

    Example: relance customers change --tenant acme --search "country = FR" --add-group France --dry-run
    """
    from relance.usecases.customers.change_many import ManyChanges

    if search is None and codes_file is None:
        raise click.UsageError("say whom: --search or --codes-file")
    codes = codes_in(codes_file.read_text(encoding="utf-8-sig")) if codes_file else ()
    if codes_file and not codes:
        raise click.UsageError(f"{codes_file} holds no code")
    house = assembled()
    _, actor = tenant_and_system(house, tenant_code)
    request = ManyChanges(
        actor=actor,
        selection=Selection(search=parse(search or ""), codes=codes),
        wanted=_changes(wanted),
        dry_run=dry_run,
    )
    done = house.change_many()(request)
    answer(done, as_json, lambda: _words(done))


@click.command("undo")
@of_tenant
@click.argument("change", type=int)
@json_option
def undo_change(house: House, actor: Actor, change: int, as_json: bool) -> None:
    """Take back a change of many customers, by its number.

    Example: relance customers undo --tenant acme 3
    """
    from relance.usecases.customers.undo_changes import ChangeToUndo

    back = house.undo_changes()(ChangeToUndo(actor=actor, change=change))
    answer(
        {"change": change, "back": back},
        as_json,
        lambda: [*(f"{name}: {count} came back" for name, count in back.items()), f"change {change} is undone"],
    )


def _changes(wanted: dict[str, Any]) -> Changes:
    return Changes(
        collector=wanted["collector"],
        scenario=wanted["scenario"],
        add_groups=wanted["add_group"],
        remove_groups=wanted["remove_group"],
        add_colleagues=wanted["add_colleague"],
        remove_colleagues=wanted["remove_colleague"],
        penalties=None if wanted["penalties"] is None else wanted["penalties"] == "yes",
    )


def _words(done: ManyChanged) -> list[str]:
    lines = [f"{name}: new for {count}" for name, count in done.changed.items()]
    lines += [f"unknown: {', '.join(done.unknown)}"] if done.unknown else []
    said = f"change {done.change}" if done.change else "nothing is changed yet"
    return [*lines, f"{done.customers} customers chosen; {said}"]

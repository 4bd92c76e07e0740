"""`relance sources`: where imports are fetched from, and when."""

import sys
from collections.abc import Callable, Iterator
from typing import Any

import click
import msgspec

from relance.core.intake.sources import SourcePlan, SourceRun, SourceState
from relance.core.kernel.errors import BadInput
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

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_EXIT = {"held": 3, "refused": 2, "failed": 2}
_FIELDS: tuple[Callable[[Any], Any], ...] = (
    click.option("--kind", help="items, customers, contacts, payments, users or feed."),
    click.option("--mode", type=click.Choice(["stock", "delta"]), help="A full list, or additions and changes."),
    click.option("--profile", metavar="NAME", help="The kept mapping that its files are read with."),
    click.option("--option", "options", multiple=True, metavar="NAME=VALUE", help="How its files are written."),
    click.option("--way", help="upload (by hand), sftp, ftps, ftp, folder or api."),
    click.option("--setting", "settings", multiple=True, metavar="NAME=VALUE", help="Host, port, user, url ..."),
    click.option("--secret-stdin", is_flag=True, help="Read the password, key or token from standard input."),
    click.option("--folder", help="The folder that is read."),
    click.option("--pattern", help="File names that are taken, like items_*.txt or items_%Y%m%d.txt."),
    click.option("--archive", "archive_folder", help="The folder to which imported files are moved."),
    click.option("--at", "times", multiple=True, metavar="HH:MM", help="A time of day, in the tenant's zone."),
    click.option("--weekday", "weekdays", multiple=True, type=click.Choice(DAYS), help="Only on these days."),
    click.option("--freshness-days", type=click.IntRange(1, 366), help="Stale after so many days, not the usual ones."),
    click.option("--copy-hosts", metavar="HOST,...", help="Fetch copies of invoices from these; empty: none."),
    click.option("--enabled/--disabled", default=None, help="Whether it is fetched by itself."),
)


def _fields(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(_FIELDS):
        command = option(command)
    return command


@click.group("sources")
def sources_command() -> None:
    """Where imports are fetched from, and when."""


@sources_command.command("list")
@of_tenant
@json_option
@jsonl_option
def list_sources(house: House, actor: Actor, as_json: bool, as_jsonl: bool) -> None:
    """Every source with its next and its last attempt.

    Example: relance sources list --tenant acme
    """
    rows = [_row(state) for state in house.list_sources()(actor)]
    columns = ("name", "kind", "way", "times", "next_run_at", "last_state", "last_good_at", "stale")
    answer_rows(rows, as_json, as_jsonl, columns)


@sources_command.command("add")
@click.argument("name")
@tenant_option
@_fields
@json_option
def add_source(name: str, tenant_code: str, as_json: bool, **given: Any) -> None:
    """Set up the source NAME.

    Example: relance sources add erp --tenant acme --kind items --way sftp --setting host=sftp.example.com
    --setting user=acme --secret-stdin --folder out --pattern items_*.txt --archive done --at 06:00
    """
    _saved(name, tenant_code, SourcePlan(name=name), given, new=True, as_json=as_json)


@sources_command.command("set")
@click.argument("name")
@tenant_option
@_fields
@json_option
def set_source(name: str, tenant_code: str, as_json: bool, **given: Any) -> None:
    """Change what is named, and leave the rest of the source NAME as it is.

    Example: relance sources set erp --tenant acme --at 05:30 --at 12:30
    """
    from relance.usecases.intake.show_source import SourceQuestion

    house = assembled()
    _, actor = tenant_and_system(house, tenant_code)
    before = house.show_source()(SourceQuestion(actor=actor, name=name)).state.plan
    _saved(name, tenant_code, before, given, new=False, as_json=as_json)


@sources_command.command("test")
@click.argument("name")
@tenant_option
@click.option("--trust", default="", metavar="FINGERPRINT", help="Accept the host's key that has this fingerprint.")
@json_option
def test_source(name: str, tenant_code: str, trust: str, as_json: bool) -> None:
    """Connect to the source NAME and list its files; nothing is read or imported.

    Example: relance sources test erp --tenant acme --trust SHA256:uNiVztksCsDhcc0u9e8BgrJXVGDJ
    """
    from relance.usecases.intake.try_source import SourceTest

    house = assembled()
    _, actor = tenant_and_system(house, tenant_code)
    tested = house.try_source()(SourceTest(actor=actor, name=name, trust=trust))

    def words() -> Iterator[str]:
        yield "the connection works" if tested.works else f"{tested.message} [{tested.code}]"
        if tested.fingerprint and not tested.accepted:
            yield f"if that is right: relance sources test {name} --tenant {tenant_code} --trust {tested.fingerprint}"
        yield from (f"{file.name}  {file.size}" for file in tested.files)

    answer(tested, as_json, words)
    sys.exit(0 if tested.works else 2)


@sources_command.command("run")
@click.argument("name")
@of_tenant
@click.option("--override-guard", is_flag=True, help="Import what the guard would hold.")
@json_option
def run_source(name: str, house: House, actor: Actor, override_guard: bool, as_json: bool) -> None:
    """Fetch the source NAME now, and import what is new.

    Example: relance sources run erp --tenant acme
    """
    from relance.usecases.intake.fetch_source import SourceToFetch

    run = house.fetch_source()(SourceToFetch(actor=actor, name=name, override_guard=override_guard))
    answer(run, as_json, lambda: [_words(run)])
    sys.exit(_EXIT.get(run.state, 0))


@sources_command.command("remove")
@click.argument("name")
@of_tenant
def remove_source(name: str, house: House, actor: Actor) -> None:
    """Stop fetching the source NAME; what it brought stays.

    Example: relance sources remove erp --tenant acme
    """
    from relance.usecases.intake.show_source import SourceQuestion

    house.remove_source()(SourceQuestion(actor=actor, name=name))
    click.echo(f"{name} is fetched no more")


def _saved(name: str, tenant_code: str, before: SourcePlan, given: dict[str, Any], *, new: bool, as_json: bool) -> None:
    from relance.usecases.intake.save_source import SourceWanted

    house = assembled()
    _, actor = tenant_and_system(house, tenant_code)
    secret = sys.stdin.read().strip() if given.pop("secret_stdin") else None
    plan = _changed(before, given)
    state = house.save_source()(SourceWanted(actor=actor, plan=plan, secret=secret, new=new))
    answer(_row(state), as_json, lambda: [f"{name}: {state.plan.way}, next at {state.next_run_at or 'no time of day'}"])


def _changed(plan: SourcePlan, given: dict[str, Any]) -> SourcePlan:
    """What was named replaces what was there; settings and options one by one."""
    from relance.core.intake.fields import kind_of

    schedule = plan.schedule
    if times := given.pop("times"):
        schedule = msgspec.structs.replace(schedule, times=tuple(times))
    if days := given.pop("weekdays"):
        schedule = msgspec.structs.replace(schedule, weekdays=tuple(DAYS.index(day) for day in days))
    settings = plan.settings | _pairs(given.pop("settings"), "--setting")
    options = plan.options | _pairs(given.pop("options"), "--option")
    named = {name: value for name, value in given.items() if value is not None}
    if "kind" in named:
        named["kind"] = kind_of(named["kind"])
    return msgspec.structs.replace(plan, schedule=schedule, settings=settings, options=options, **named)


def _pairs(given: tuple[str, ...], option: str) -> dict[str, str]:
    pairs = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals or not name:
            raise BadInput(f"{option} {text!r}: write NAME=VALUE")
        pairs[name.strip()] = value
    return pairs


def _row(state: SourceState) -> dict[str, Any]:
    plan, last = state.plan, state.last_run
    return {
        "name": plan.name,
        "kind": plan.kind,
        "mode": plan.mode,
        "way": plan.way,
        "enabled": plan.enabled,
        "times": list(plan.schedule.times),
        "weekdays": [DAYS[day] for day in plan.schedule.weekdays],
        "next_run_at": state.next_run_at,
        "last_state": last.state if last else "",
        "last_code": last.code if last else "",
        "last_message": last.message if last else "",
        "last_imports": list(last.imports) if last else [],
        "last_good_at": state.last_good_at,
        "stale": state.stale,
        "fingerprint": plan.fingerprint,
    }


def _words(run: SourceRun) -> str:
    reason = f" ({run.code})" if run.code else ""
    imports = f", imports {', '.join(map(str, run.imports))}" if run.imports else ""
    return f"{run.state}{reason}: {run.files} files{imports}{'. ' + run.message if run.message else ''}"

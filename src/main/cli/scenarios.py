"""`relance scenarios`: scenarios as text, their versions, and publishing."""

from collections.abc import Iterator
from pathlib import Path

import click

from relance.core.collection.scenarios import InFlight
from relance.core.tenancy.users import Actor
from relance.main.cli.common import answer, answer_rows, json_option, jsonl_option, of_tenant
from relance.main.container import House
from relance.usecases.scenarios.open_scenario import ScenarioOpened
from relance.usecases.scenarios.simulate_scenario import Simulated


@click.group("scenarios")
def scenarios_command() -> None:
    """Look at scenarios, change them as text, publish them."""


@scenarios_command.command("list")
@of_tenant
@json_option
@jsonl_option
def list_scenarios(house: House, actor: Actor, as_json: bool, as_jsonl: bool) -> None:
    """Every scenario with its version and how many accounts follow it.

    Example: relance scenarios list --tenant acme
    """
    rows = [
        {
            "code": line.code,
            "version": line.live.version if line.live else 0,
            "draft": line.draft is not None,
            "steps": len(line.scenario.steps),
            "accounts": line.accounts,
            "is_default": line.is_default,
        }
        for line in house.list_scenarios()(actor)
    ]
    answer_rows(rows, as_json, as_jsonl, ("code", "version", "draft", "steps", "accounts", "is_default"))


@scenarios_command.command("show")
@of_tenant
@click.argument("code")
@click.option("--version", type=click.IntRange(1), metavar="N", help="An old version instead of the newest.")
@json_option
def show_scenario(house: House, actor: Actor, code: str, version: int | None, as_json: bool) -> None:
    """The steps of the draft, else of what is published; what differs, what is wrong, whom it would reach.

    Example: relance scenarios show --tenant acme standard
    """
    from relance.usecases.scenarios.open_scenario import ScenarioWanted

    opened = house.open_scenario()(ScenarioWanted(actor=actor, code=code, version=version or 0))
    answer(opened, as_json, lambda: _words(opened))


@scenarios_command.command("export")
@of_tenant
@click.argument("code")
@click.option("--version", type=click.IntRange(1), metavar="N", help="An old version instead of the newest.")
@click.option("--draft", is_flag=True, help="The draft, where there is one.")
def export_scenario(house: House, actor: Actor, code: str, version: int | None, draft: bool) -> None:
    """Write a scenario as YAML.

    Example: relance scenarios export --tenant acme standard
    """
    click.echo(house.export_scenario()(actor, code, version or 0, draft), nl=False)


@scenarios_command.command("import")
@of_tenant
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@json_option
def import_scenario(house: House, actor: Actor, file: Path, as_json: bool) -> None:
    """Read a scenario from YAML into its draft; publish it afterwards.

    Example: relance scenarios import --tenant acme standard.yaml
    """
    from relance.core.kernel.errors import BadInput

    try:
        text = file.read_text("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise BadInput(f"{file.name} is not in UTF-8") from wrong
    draft = house.import_scenario()(actor, text)
    said = {"code": draft.scenario.code, "revision": draft.revision}
    answer(said, as_json, lambda: [f"{draft.scenario.code}: draft {draft.revision}, {len(draft.scenario.steps)} steps"])


@scenarios_command.command("publish")
@of_tenant
@click.argument("code")
@click.option(
    "--in-flight",
    type=click.Choice(["keep", "move"]),
    default="keep",
    show_default=True,
    help="Customers on their way keep their place, or move by the days of the new steps.",
)
@click.option("--note", default="", help="What changed, for those who look later.")
@json_option
def publish_scenario(house: House, actor: Actor, code: str, in_flight: str, note: str, as_json: bool) -> None:
    """Publish the draft of a scenario: it chases from now on.

    Example: relance scenarios publish --tenant acme standard --note "one reminder more"
    """
    from relance.usecases.scenarios.publish_scenario import PublicationWanted

    kept: InFlight = "move" if in_flight == "move" else "keep"
    done = house.publish_scenario()(PublicationWanted(actor=actor, code=code, in_flight=kept, note=note))
    words = f"{done.code} version {done.version}: {done.accounts} accounts, {done.carried} on their way"
    answer(done, as_json, lambda: [f"{words}, {done.withdrawn} waiting actions withdrawn"])


@scenarios_command.command("restore")
@of_tenant
@click.argument("code")
@click.argument("version", type=click.IntRange(1))
@json_option
def restore_version(house: House, actor: Actor, code: str, version: int, as_json: bool) -> None:
    """Draft an old version again; publish it afterwards.

    Example: relance scenarios restore --tenant acme standard 1
    """
    draft = house.restore_version()(actor, code, version)
    answer({"code": code, "revision": draft.revision}, as_json, lambda: [f"{code}: draft {draft.revision}"])


@scenarios_command.command("simulate")
@of_tenant
@click.argument("code")
@click.option("--weeks", default=4, show_default=True, type=click.IntRange(1, 8), help="How far ahead.")
@click.option(
    "--in-flight",
    type=click.Choice(["keep", "move"]),
    default="keep",
    show_default=True,
    help="Customers on their way keep their place, or move by the days of the new steps.",
)
@json_option
def simulate_scenario(house: House, actor: Actor, code: str, weeks: int, in_flight: str, as_json: bool) -> None:
    """Play the draft over the coming weeks of today's ledger, beside what is published; nothing is written.

    Example: relance scenarios simulate --tenant acme standard --weeks 2
    """
    from relance.usecases.scenarios.simulate_scenario import Simulation

    kept: InFlight = "move" if in_flight == "move" else "keep"
    seen = house.simulate_scenario()(Simulation(actor=actor, code=code, weeks=weeks, in_flight=kept))
    answer(seen, as_json, lambda: _outlook(seen))


def _outlook(seen: Simulated) -> Iterator[str]:
    yield f"{seen.code}, {seen.first} to {seen.last}: {seen.accounts} accounts"
    for label, one in (("draft", seen.drafted), ("published", seen.live)):
        if one is None:
            continue
        rest = "".join(f", {count} {name}" for name, count in (("SMS", one.texts), ("letters", one.letters)) if count)
        yield f"{label}: {one.emails} emails, {one.calls} calls, {one.tasks} tasks{rest}"
        yield "  steps: " + ", ".join(f"{count} {step}" for step, count in one.steps.items())
        for jump in one.jumps:
            yield f"  {jump.customers} customers jump from {jump.before or 'the start'} to {jump.after}"
        for reason, count in one.untouched.items():
            yield f"  {count:>8}  {reason}"


def _words(opened: ScenarioOpened) -> Iterator[str]:
    scenario, reach = opened.shown, opened.concerned
    kind = "draft" if opened.draft else f"version {scenario.version}"
    yield f"{scenario.code}, {kind}: {reach.accounts} accounts, {reach.in_flight} on their way, {reach.waiting} waiting"
    for number, step in enumerate(scenario.steps, 1):
        dated = f"day {step.day}" if step.after_last is None else f"{step.after_last} days after the last action"
        yield f"{number:>3}  {dated}  {step.code}  {step.kind}  {step.automation}  {step.only_if}".rstrip()
    for one in opened.differences:
        changes = "  ".join(f"{change.field}: {change.before} -> {change.after}" for change in one.changes)
        yield f"{one.what}  {one.step or scenario.code}  {changes}".rstrip()
    for fault in opened.faults:
        yield f"step {fault.step}: {fault.field}: {fault.code} {fault.value}".rstrip()

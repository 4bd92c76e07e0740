"""`relance imports`: what became of files, undoing them, and their rejected rows."""

from collections.abc import Iterator
from pathlib import Path

import click
import msgspec

from relance.core.intake.undoing import Losses
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
from relance.main.cli.looks import look_command, profiles_command
from relance.main.container import House

_LOST = {
    "items": "items vanish",
    "restored": "items get their former values back",
    "payments": "payments vanish",
    "customers": "customers vanish",
    "contacts": "contacts vanish",
    "people_restored": "customers and contacts get their former values back",
    "promises": "promises on these items are lost",
    "disputes": "disputes on these items are lost",
    "pauses": "pauses on these items are lost",
    "listed": "of these items were listed in a message that was sent, or in a call",
    "documents": "copies of invoices are lost",
    "judged": "promises that were judged meanwhile stay judged",
    "changed_by_hand": "contacts that were changed by hand since vanish with them",
    "customers_kept": "customers stay, because there is more about them",
    "values_kept": "customers and contacts were changed since, and keep that",
    "actions": "actions go, or are decided again",
}


@click.group("imports")
def imports_command() -> None:
    """The history of imports."""


imports_command.add_command(look_command)
imports_command.add_command(profiles_command)


@imports_command.command("list")
@of_tenant
@json_option
@jsonl_option
def list_imports(house: House, actor: Actor, as_json: bool, as_jsonl: bool) -> None:
    """The newest imports first.

    Example: relance imports list --tenant acme
    """
    from relance.usecases.intake.list_imports import ImportsQuestion

    rows = house.list_imports()(ImportsQuestion(actor=actor))
    answer_rows(rows, as_json, as_jsonl, ("import", "kind", "mode", "source", "file_name", "state", "started_at"))


@imports_command.command("undo")
@click.argument("number", type=int)
@tenant_option
@click.option("--as", "email", metavar="EMAIL", help="Undo as this user, with this user's rights.")
@click.option("--dry-run", is_flag=True, help="Say what would be lost, and change nothing.")
@json_option
def undo_import(number: int, tenant_code: str, email: str | None, dry_run: bool, as_json: bool) -> None:
    """Undo import NUMBER: the latest of its source, then the one before.

    Example: relance imports undo 42 --tenant acme --dry-run
    """
    from relance.core.kernel.identifiers import ImportId
    from relance.usecases.intake.foresee_undo import UndoQuestion
    from relance.usecases.intake.undo_import import ImportToUndo

    house = assembled()
    tenant, system = tenant_and_system(house, tenant_code)
    actor = house.import_as()(tenant.tenant, email) if email else system
    if dry_run:
        seen = house.foresee_undo()(UndoQuestion(actor=actor, number=ImportId(number)))
        first = ", ".join(str(one) for one in seen.imports)
        head = f"cannot be undone: {seen.reason} {first}".rstrip() if seen.reason else "can be undone"
        answer(seen, as_json, lambda: (f"import {number} {head}", *_lost(seen.losses)))
        return
    done = house.undo_import()(ImportToUndo(actor=actor, number=ImportId(number)))
    last = () if done.decided else ("the next day decides these accounts again",)
    answer(done, as_json, lambda: (f"import {number}: undone", *_lost(done.lost), *last))


@imports_command.command("rejects")
@click.argument("number", type=int)
@of_tenant
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Otherwise named like the file.")
@json_option
def return_rejects(number: int, house: House, actor: Actor, out: Path | None, as_json: bool) -> None:
    """Write the rejected rows of import NUMBER as a file like the one that came in, to correct and to import.

    Example: relance imports rejects 42 --tenant acme --out again.csv
    """
    from relance.core.kernel.identifiers import ImportId
    from relance.usecases.intake.return_rejects import RejectsWanted

    made = house.return_rejects()(RejectsWanted(actor=actor, number=ImportId(number)))
    file = out or Path(made.file_name)
    file.write_bytes(made.content)
    told = {"file": str(file), "rows": made.rows}
    answer(told, as_json, lambda: (f"{made.rows} rejected rows in {file}; import it with --mode delta",))


def _lost(losses: Losses) -> Iterator[str]:
    counts = msgspec.structs.asdict(losses)
    return (f"{counts[name]} {words}" for name, words in _LOST.items() if counts[name])

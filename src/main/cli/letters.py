"""`relance letters`: print batches, from the sealed letters to the post."""

from pathlib import Path

import click

from relance.core.collection.print_batches import PrintBatch
from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import ActionId
from relance.core.tenancy.users import Actor
from relance.main.cli.common import answer, answer_rows, json_option, jsonl_option, of_tenant
from relance.main.cli.fence import FENCED
from relance.main.container import House

_COLUMNS = ("batch", "state", "letters", "pages", "sealed_at", "sealed_by", "downloads", "hash")
_number = click.argument("number", type=click.IntRange(min=1), metavar="BATCH")


@click.group("letters")
def letters_command() -> None:
    """Print batches: seal the confirmed letters, print them, hand them over."""


@letters_command.command("batch")
@of_tenant
@click.option("--ignore-windows", is_flag=True, help="Also outside the sending hours; only where RELANCE_ENV=test.")
@json_option
@click.pass_context
def seal_letters(context: click.Context, house: House, actor: Actor, ignore_windows: bool, as_json: bool) -> None:
    """Seal the confirmed letters that may leave now as one batch, 500 at most, and write its print file.

    Each letter is looked at again: what was settled, stopped or changed since stays behind. Exit 3 where the database
    was restored or copied: see relance fence.

    Example: relance letters batch --tenant acme
    """
    from relance.usecases.collection.seal_letters import Sealing

    if ignore_windows and not house.environment().in_test:
        raise BadInput("--ignore-windows is for tests: it asks for RELANCE_ENV=test")
    done = house.seal_letters()(Sealing(actor=actor, ignore_windows=ignore_windows))
    answer(
        done, as_json, lambda: [_words(done.batch) if done.batch else f"no letter may leave now, {done.waiting} wait"]
    )
    if done.fenced:
        click.echo(f"relance: {FENCED[done.fenced]}", err=True)
        context.exit(3)


@letters_command.command("list")
@of_tenant
@json_option
@jsonl_option
def list_batches(house: House, actor: Actor, as_json: bool, as_jsonl: bool) -> None:
    """List print batches, the newest first, and how many letters wait for one.

    Example: relance letters list --tenant acme
    """
    from relance.usecases.collection.list_print_batches import PrintBatchesAsked

    found = house.list_print_batches()(PrintBatchesAsked(actor=actor))
    if as_json:
        answer({"rows": found.batches, "waiting": found.waiting}, as_json, lambda: [])
        return
    answer_rows(found.batches, False, as_jsonl, _COLUMNS)


@letters_command.command("show")
@of_tenant
@_number
@json_option
@jsonl_option
def show_batch(house: House, actor: Actor, number: int, as_json: bool, as_jsonl: bool) -> None:
    """List the letters of a batch in the order of its print file.

    Example: relance letters show --tenant acme 4
    """
    from relance.usecases.collection.show_print_batch import PrintBatchAsked

    found = house.show_print_batch()(PrintBatchAsked(actor=actor, batch=number))
    if as_json:
        answer({"batch": found.batch, "rows": found.letters}, as_json, lambda: [])
        return
    answer_rows(found.letters, False, as_jsonl, ("position", "action", "code", "name", "state", "pages", "tracking"))


@letters_command.command("download")
@of_tenant
@_number
@click.option("--to", "path", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The file to write.")
@json_option
def download_batch(house: House, actor: Actor, number: int, path: Path, as_json: bool) -> None:
    """Write the print file of a batch; from the second time on every page says COPY.

    Example: relance letters download --tenant acme 4 --to letters.pdf
    """
    from relance.usecases.collection.fetch_letters import LettersWanted

    if path.exists():
        raise BadInput(f"{path} exists already")
    done = house.fetch_letters()(LettersWanted(actor=actor, batch=number))
    path.write_bytes(done.content)
    said = {"batch": number, "hash": done.batch.hash, "copy": done.is_copy, "bytes": len(done.content)}
    answer(said, as_json, lambda: [f"{_words(done.batch)}{', a copy' if done.is_copy else ''}"])


@letters_command.command("hand-over")
@of_tenant
@_number
@click.option("--note", default="", help="Who took it, or when; it is kept with the batch.")
@click.option("--service", is_flag=True, help="Bring it to the print service first.")
@json_option
def hand_over(house: House, actor: Actor, number: int, note: str, service: bool, as_json: bool) -> None:
    """Say that the letters of a batch were brought to the post: they are sent.

    With --service the file and a list of its letters go to the print service over SFTP; what it has is not given twice.

    Example: relance letters hand-over --tenant acme 4 --note "post office, 16:40"
    """
    from relance.usecases.collection.hand_over_letters import HandOver

    batch = house.hand_over_letters()(HandOver(actor=actor, batch=number, note=note, service=service))
    answer(batch, as_json, lambda: [_words(batch)])


@letters_command.command("withdraw")
@of_tenant
@_number
@click.option("--reason", required=True, help="Why; it is kept with the batch.")
@json_option
def withdraw(house: House, actor: Actor, number: int, reason: str, as_json: bool) -> None:
    """Take a batch back that was not handed over: its letters wait for the next one.

    Example: relance letters withdraw --tenant acme 4 --reason "wrong paper"
    """
    from relance.usecases.collection.withdraw_letters import Withdrawal

    batch = house.withdraw_letters()(Withdrawal(actor=actor, batch=number, reason=reason))
    answer(batch, as_json, lambda: [_words(batch)])


@letters_command.command("track")
@of_tenant
@_number
@click.argument("action", type=click.IntRange(min=1), metavar="ACTION")
@click.argument("tracking")
@json_option
def track(house: House, actor: Actor, number: int, action: int, tracking: str, as_json: bool) -> None:
    """Keep the post's number of a registered letter.

    Example: relance letters track --tenant acme 4 217 "1A 234 567 8901 2"
    """
    from relance.usecases.collection.track_letter import Tracking

    wanted = Tracking(actor=actor, batch=number, action=ActionId(action), number=tracking)
    line = house.track_letter()(wanted)
    answer(line, as_json, lambda: [f"letter {line.action} to {line.name}: {line.tracking}"])


def _words(batch: PrintBatch) -> str:
    return f"batch {batch.batch}: {batch.state}, letters {batch.letters}, pages {batch.pages}, {batch.hash}"

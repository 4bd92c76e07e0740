"""`relance fence`: what stands between a database that came back from a backup, or was copied, and its messages."""

import click

from relance.main.cli.common import answer, assembled, json_option

FENCED = {
    "restored": "nothing leaves: the database is older than the messages that left from it. It was restored from a "
    "backup; look at what `relance fence open` would do",
    "copied": "nothing leaves: the database is a copy, was restored or has moved, or RELANCE_STATE names another "
    "folder. If this is one more worker of the same database, `relance fence join`; if it is the one that shall send "
    "from now on, `relance fence open`",
}
"""Why nothing may leave, and what to do."""


@click.group("fence")
def fence_command() -> None:
    """See whether messages may leave from this database, and let them after it was restored, copied or moved."""


@fence_command.command("show")
@json_option
@click.pass_context
def show_fence(context: click.Context, as_json: bool) -> None:
    """Say whether messages may leave; exit 3 where not.

    Example: relance fence show
    """
    found = assembled().fence().trouble()
    answer({"fenced": found}, as_json, lambda: [FENCED[found] if found else "messages may leave"])
    if found:
        context.exit(3)


@fence_command.command("open")
@click.option("--note", required=True, help="Why messages may leave again; kept in the audit trail.")
@json_option
def open_fence(note: str, as_json: bool) -> None:
    """Let messages leave from this database from now on.

    First every message that may have left after the backup was made becomes `unknown`, or asks to be confirmed, and so
    does what falls due until today: a person says what became of each. What this was copied from is not touched; only
    one of the two should send.

    Example: relance fence open --note "restored from the backup of 21 November, disk failure"
    """
    from relance.usecases.collection.open_fence import FenceOpening

    done = assembled().open_fence()(FenceOpening(by="system", note=note))
    answer(done, as_json, lambda: [f"{done.unknown} unknown, {done.asked} ask to be confirmed; messages may leave"])


@fence_command.command("join")
@json_option
def join_fence(as_json: bool) -> None:
    """Remember this database in RELANCE_STATE, for one more worker of the same database on another machine.

    Example: RELANCE_STATE=/var/lib/relance relance fence join
    """
    house = assembled()
    house.fence().join()
    answer({"fenced": house.fence().trouble()}, as_json, lambda: ["this folder belongs to the database now"])

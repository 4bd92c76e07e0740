"""`relance db`: the schema."""

import click

from relance.main.cli.common import answer, assembled, json_option


@click.group("db")
def db_command() -> None:
    """Bring the schema to its newest version, or check it."""


@db_command.command("upgrade")
@json_option
def upgrade_schema(as_json: bool) -> None:
    """Bring the schema to its newest version; running it again changes nothing.

    Example: RELANCE_DATABASE=sqlite:///relance.db relance db upgrade
    """
    from relance.adapters.store.upgrade import upgrade

    revision = upgrade(assembled().engine())
    answer({"revision": revision}, as_json, lambda: [f"schema at {revision}"])


@db_command.command("check")
@json_option
@click.pass_context
def check_schema(context: click.Context, as_json: bool) -> None:
    """Say at which version the schema is; exit 2 unless it is the newest.

    Example: relance db check
    """
    from relance.adapters.store.upgrade import current, newest

    revision, wanted = current(assembled().engine()), newest()
    words = f"schema at {revision or 'nothing'}" + ("" if revision == wanted else f", newest is {wanted}")
    answer({"revision": revision, "newest": wanted}, as_json, lambda: [words])
    if revision != wanted:
        context.exit(2)

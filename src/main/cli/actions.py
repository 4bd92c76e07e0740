"""`relance actions`: list, confirm, skip, cancel, finish or resolve."""

import click


@click.group("actions")
def actions_command() -> None:
    """List, confirm, skip, cancel, finish or resolve actions."""

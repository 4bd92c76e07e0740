"""`relance actions`: list, confirm, skip, cancel, finish or resolve."""

import click

from relance.main.cli.messages import confirm, recall, resolve


@click.group("actions")
def actions_command() -> None:
    """List, confirm, skip, cancel, finish or resolve actions."""


for _command in (confirm, recall, resolve):
    actions_command.add_command(_command)

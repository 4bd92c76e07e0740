"""`relance`: commands load when they are called, so that help is quick."""

import errno
import importlib
import sys
from typing import Any

import click

from relance.core.kernel.errors import RelanceError

COMMANDS = {
    "demo": ("demo", "Serve an invented ledger to look around in."),
    "db": ("database", "Bring the schema to its newest version, or check it."),
    "tenant": ("tenancy", "Add a tenant, or set its settings."),
    "entity": ("entities", "Legal entities: who is owed, and who signs messages."),
    "user": ("users", "People, their invitations, and deputies during absence."),
    "key": ("tenancy", "Add API keys."),
    "import": ("intake", "Read a file of items, customers, contacts or payments."),
    "imports": ("imports", "The history of imports; undo one."),
    "sources": ("sources", "Where imports are fetched from, and when."),
    "documents": ("documents", "Add copies of invoices."),
    "items": ("ledger", "Sum, list, hold and release items."),
    "customers": ("customers", "List customers, and change many at once."),
    "groups": ("groups", "Groups of customers, with what they owe."),
    "alerts": ("alerts", "What is missing on accounts, and the alerts that mark them."),
    "searches": ("searches", "List saved searches."),
    "assign": ("assignment", "Give customers their collector, scenario, groups and colleagues by rule."),
    "templates": ("templates", "Message texts, and what they would say."),
    "scenarios": ("scenarios", "Look at scenarios, change them as text, publish them."),
    "day": ("collection", "Decide the actions of the day."),
    "tomorrow": ("tomorrow", "What would leave tomorrow, and why the rest would not."),
    "actions": ("collection", "List, confirm, skip, cancel or resolve actions."),
    "specifics": ("specifics", "Write, call or set tasks about chosen items."),
    "dispatch": ("delivery", "Send what is confirmed and due, then stop."),
    "deliveries": ("deliveries", "Every message: its state, its attempts, and what was answered."),
    "channels": ("channels", "How each channel does."),
    "domains": ("domains", "Domains that messages are sent from."),
    "suppressions": ("suppressions", "Addresses to which nothing is sent."),
    "bounces": ("suppressions", "Mail that came back."),
    "letters": ("letters", "Print batches: seal the confirmed letters, print them, hand them over."),
    "work": ("delivery", "Run the worker."),
    "jobs": ("jobs", "Background work: what waits, runs or is parked."),
    "fence": ("fence", "What stands between a restored database and its messages."),
    "serve": ("serve", "Run the web server."),
    "report": ("insight", "Figures over the ledger."),
    "audit": ("tenancy", "Verify the audit chain."),
    "plugins": ("plugins", "List and check plugins."),
    "bench": ("bench", "Measure, beside the raw limit of the same run."),
}
"""Command to the module of `relance.main.cli` that holds it (as `<command>_command`), and its line of help."""


_NO_ROOM = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)


class LateGroup(click.Group):
    """Imports a command's module only when the command is named."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands in the order of a new user's day."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, freshly imported."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"relance.main.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without importing any of them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in COMMANDS.items()])


@click.group(cls=LateGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="relance")
def cli() -> None:
    """Decide each morning whom to remind, why, and send it once."""


def main(arguments: list[str] | None = None) -> Any:
    """Run the command line; refusals leave with 2, what a guard holds with 3."""
    try:
        return cli.main(args=arguments, prog_name="relance", standalone_mode=False)
    except RelanceError as refusal:
        click.echo(f"relance: {refusal.detail}", err=True)
        sys.exit(3 if refusal.held else 2)
    except OSError as failure:
        if failure.errno not in _NO_ROOM:
            raise
        click.echo(f"relance: {failure.strerror}: make room on the disk, then try again", err=True)
        sys.exit(2)
    except click.ClickException as wrong:
        wrong.show()
        sys.exit(2)
    except click.Abort:
        sys.exit(130)

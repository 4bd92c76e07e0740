"""`relance bench`: one module of `relance.main.bench` a benchmark, loaded when it is called."""

import importlib

import click

BENCHES = {
    "import": ("imports", "A first and a repeated snapshot."),
    "day": ("day", "The day's decision over all accounts."),
    "aged-balance": ("aged_balance", "The aged balance by customer."),
    "mail": ("mail", "Messages to a relay."),
    "letters": ("letters", "Letters printed and read again."),
    "agenda": ("agenda", "A collector's first page, and messages confirmed at once."),
    "jobs": ("jobs", "A worker at rest, and jobs that do nothing."),
    "search": ("search", "Customers by every criterion, and changes of all."),
}
"""Benchmark to its module, which holds a click command named `command`, and its line of help."""


class LateBenches(click.Group):
    """Imports a benchmark's module only when it is named."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All benchmarks."""
        return list(BENCHES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The benchmark, freshly imported."""
        if cmd_name not in BENCHES:
            return None
        module = importlib.import_module(f"relance.main.bench.{BENCHES[cmd_name][0]}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of benchmarks, without importing any of them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in BENCHES.items()])


@click.group("bench", cls=LateBenches)
def bench_command() -> None:
    """Measure on generated data, beside the raw limit of the same run."""

"""The command line: one file a word; each command calls one verb."""

from relance.main.cli.root import main

__all__ = ["main"]

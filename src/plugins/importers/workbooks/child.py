"""The process that opens workbooks, so that a malicious one can neither take the memory nor the life of its parent.

It is told what to do by lines on its input, `head` or `sheet NAME`, writes the grids into its folder, and answers each
line with one line of JSON.
"""

import json
import sys
from pathlib import Path
from typing import Any

from relance.plugins import BadInput
from relance.plugins.importers.workbooks.grids import Book, head_of


def answer(file: Path, folder: Path, zipped: bool, command: str) -> list[dict[str, Any]]:
    """Write the grids that the command asks for; each has its name, whether it is hidden, and its file."""
    verb, _, sheet = command.partition(" ")
    book = Book(head_of(file) if verb == "head" and zipped else file)
    done = []
    for place, name in enumerate(book.names if verb == "head" else [sheet]):
        grid = book.grid(name)
        path = folder / f"{verb}{place}.arrow"
        grid.cells.write_ipc(path)
        done.append({"name": grid.name, "hidden": grid.hidden, "file": str(path)})
    return done


def main(file: str, folder: str, sort: str) -> None:
    """Answer until the input ends."""
    for line in sys.stdin:
        try:
            told: Any = answer(Path(file), Path(folder), sort == "xlsx", json.loads(line))
        except BadInput as refused:
            told = refused.detail
        print(json.dumps(told), flush=True)  # noqa: T201 - this is how it answers


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Delimited text: CSV, semicolons, tabs, pipes. Every ERP can write it, and no two write the same."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import ClassVar

from relance.plugins import Importer, Recognised, Table, hookimpl
from relance.plugins.importers.blocks import blocks_of
from relance.plugins.importers.decoding import pieces_of
from relance.plugins.importers.encodings import SAMPLE
from relance.plugins.importers.layouts import layout_of, seen
from relance.plugins.importers.paper_rows import PaperReading
from relance.plugins.importers.reading import Reading
from relance.plugins.importers.recognition import recognised_of
from relance.plugins.importers.wrapped import unwrapped

api = 1


class DelimitedText:
    """Reads delimited text; options `encoding`, `delimiter`, `quote`, `header-line`."""

    name: ClassVar[str] = "csv"
    label: ClassVar[str] = "Delimited text"

    def recognises(self, sample: bytes, file_name: str) -> Recognised:
        """Text whose lines split into equally many cells."""
        return recognised_of(sample, file_name)

    def read(self, file: Path, options: Mapping[str, str]) -> Iterator[Table]:
        """Read in blocks of lines; a block that polars cannot be trusted with is read line by line."""
        with file.open("rb") as opened:
            look = seen(opened.read(SAMPLE), options)
            opened.seek(0)
            pieces = pieces_of(opened, look.encoding.value)
            blocks = blocks_of(unwrapped(pieces) if look.wrapped else pieces)
            if look.paper:
                yield from PaperReading(look.paper).tables(blocks)
                return
            yield from Reading(layout_of(look)).tables(blocks)


@hookimpl
def provide_importers() -> list[Importer]:
    """The one importer of this module."""
    return [DelimitedText()]

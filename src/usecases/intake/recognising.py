"""What an importer believes of a whole file, of its first bytes or of what is inside, and its reading of it."""

from collections.abc import Generator, Mapping
from pathlib import Path

from relance.core.kernel.errors import BadInput
from relance.ports.importers import Importer, LooksInside, Recognised, Table


class Unreadable(BadInput):
    """The file itself cannot be read, whatever was chosen for it."""


def readable(importer: Importer, file: Path, options: Mapping[str, str]) -> Generator[Table, None, None]:
    """The file's tables; raises Unreadable."""
    try:
        yield from importer.read(file, options)
    except BadInput as refusal:
        raise Unreadable(refusal.detail) from refusal


def recognised_by(
    importer: Importer, file: Path, file_name: str, sample: bytes, options: Mapping[str, str]
) -> Recognised:
    """What the importer says; a file that cannot be looked into is left to the reading, which says why."""
    if not isinstance(importer, LooksInside):
        return importer.recognises(sample, file_name)
    try:
        return importer.looks(file, options)
    except BadInput:
        return importer.recognises(sample, file_name)

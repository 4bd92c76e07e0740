"""What becomes of a nasty file: it is read, row by row, or refused in words that say what, where and what to do."""

from typing import NamedTuple


class Read(NamedTuple):
    """Rows as `line|cell|cell`, rejected rows as `line code`, and what was left out by its code."""

    rows: tuple[str, ...]
    rejected: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


class Refused(NamedTuple):
    """A pattern of the words, and the code that recognition gives, if it sees so much in the first bytes."""

    words: str
    code: str = ""


class Nasty(NamedTuple):
    """One file."""

    name: str
    content: bytes
    then: Read | Refused
    file_name: str = "export.csv"


def read(*rows: str, rejected: tuple[str, ...] = (), left_out: tuple[str, ...] = ()) -> Read:
    """Rows and nothing else."""
    return Read(rows, rejected, left_out)

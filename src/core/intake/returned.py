"""Rejected rows on their way back: which lines of the file they are, and a name for what is made of them."""

from collections.abc import Iterable, Iterator

_MOST_JOINED = 500


def returned_lines(lines: Iterable[str], header_line: int, rejected: frozenset[int], quote: str) -> Iterator[str]:
    """The lines up to the header, and the rejected rows; a quoted cell may go on in the next lines."""
    open_quote, taken = False, 0
    for place, line in enumerate(lines, 1):
        if place <= header_line:
            yield line
            continue
        begins = place in rejected
        if begins:
            open_quote, taken = False, 0
        elif not open_quote:
            continue
        taken += 1
        yield line
        open_quote = (open_quote != bool(quote and line.count(quote) % 2)) and taken < _MOST_JOINED


def returned_name(file_name: str, suffix: str = "") -> str:
    """`open items.csv` comes back as `open items-rejected.csv`."""
    stem, dot, ending = file_name.rpartition(".")
    return f"{stem if dot else file_name}-rejected{suffix or (f'.{ending}' if dot else '')}"

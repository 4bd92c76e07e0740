"""Names of groups within groups: a job of a customer is told from the same job of another by both names."""

import re
from collections.abc import Iterable, Sequence

PARTED = ":"
"""What stands between the names, as QuickBooks writes a customer and a job."""
_TOTAL = re.compile(r"^\W*\S+(?:\s+(?:for|de|du|von|di|van|f[üu]r))?\W*\s+", re.I)
Told = tuple[int, str]


def name_in_total(text: str) -> str:
    """Whose total this is: `Total for Acme` is Acme's."""
    return _TOTAL.sub("", text).strip()


def paths_of(headings: Sequence[Told], totals: Iterable[Told]) -> list[str]:
    """Each heading's name behind those that are still open: one is open until its own total, where it has one.

    Both come with the line on which they stand.
    """
    closing = [(line, name_in_total(text)) for line, text in totals]
    closed = {name for _, name in closing}
    events = sorted([(line, 1, name) for line, name in headings] + [(line, 0, name) for line, name in closing])
    open_ones: list[str] = []
    paths = []
    for _, is_heading, name in events:
        if is_heading:
            while open_ones and open_ones[-1] not in closed:
                open_ones.pop()
            open_ones.append(name)
            paths.append(PARTED.join(open_ones))
        elif name in open_ones:
            del open_ones[len(open_ones) - 1 - open_ones[::-1].index(name) :]
    return paths

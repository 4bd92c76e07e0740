"""What a letter is folded into: where its window is, how large the paper, and what shows in the window."""

from collections.abc import Sequence
from typing import Literal

Window = Literal["left", "right"]

_RIGHT = frozenset({"BE", "ES", "FR", "IT", "LU", "MC", "PL", "PT"})
"""Countries whose common envelopes have the window on the right."""
_LETTER = frozenset({"CA", "CL", "CO", "MX", "PH", "US"})
"""Countries that write on US letter paper."""
_CODE_LAST = frozenset({"AU", "CA", "GB", "IE", "IN", "NZ", "SG", "US"})
"""Countries that write the postal code behind the town."""
MOST_LINES = 6
"""Lines that a window shows."""


def window_of(country: str) -> Window:
    """Where the window is in the sender's country: left as in DIN 5008 form B, or right as in France."""
    return "right" if country in _RIGHT else "left"


def paper_of(country: str) -> str:
    """The paper of the sender's country."""
    return "us-letter" if country in _LETTER else "a4"


def town_line(zip_code: str, city: str, country: str) -> str:
    """The town with its postal code, in the order of its country."""
    parts = (city, zip_code) if country in _CODE_LAST else (zip_code, city)
    return " ".join(part.strip() for part in parts if part.strip())


def address_lines(lines: Sequence[str], country: str, abroad: str) -> tuple[str, ...]:
    """What shows in the window: who and where, and for another country its name in capitals.

    `lines` may end with the country's code, which no post reads; `abroad` is the country's name, empty at home.
    """
    own = [line.strip() for line in lines if line.strip()]
    if country and own and own[-1] == country:
        own.pop()
    if not abroad:
        return tuple(own[:MOST_LINES])
    return (*own[: MOST_LINES - 1], abroad.upper())

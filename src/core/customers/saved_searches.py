"""Searches that people keep under a name, for themselves or for all; some mark accounts as alerts (S0.15, B7)."""

from typing import Literal, get_args

import msgspec

from relance.core.customers.columns import checked_columns, checked_sort
from relance.core.customers.search import EVERYTHING, Search, checked
from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import UserId

Target = Literal["customers", "items"]
Colour = Literal["red", "amber", "green", "teal", "plum"]
COLOURS: tuple[Colour, ...] = get_args(Colour)
"""Colours that every theme has, light or dark."""
LONGEST_NAME, LONGEST_SIGN, MOST_ALERTS = 100, 2, 20


class SavedSearch(msgspec.Struct, frozen=True, kw_only=True):
    """A search of customers or items; private to its owner unless shared. It is run with the viewer's rights (T10).

    With `columns` or `sort` it is a view: it shows these, in this order; without, each viewer sees their own.
    """

    number: int
    name: str
    target: Target
    search: Search
    owner: UserId | None = None
    shared: bool = False
    columns: tuple[str, ...] = ()
    sort: str = ""
    alert: Colour | Literal[""] = ""
    """The colour of the square that marks the accounts it finds, wherever they are shown; empty: it marks none."""
    sign: str = ""
    """What stands in the square: a colour alone tells nothing to who does not see it."""


def checked_saved(saved: SavedSearch) -> SavedSearch:
    """The same, its name trimmed; raises BadInput for a name or a search that cannot be."""
    name = saved.name.strip()
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise BadInput(f"name: 1 to {LONGEST_NAME} printable characters")
    checked(saved.search)
    if saved.target == "items" and (saved.columns or saved.sort):
        raise BadInput("columns and sort: a search of items has none")
    if saved.sort:
        checked_sort(saved.sort)
    named = msgspec.structs.replace(saved, name=name, columns=checked_columns(saved.columns))
    return _checked_alert(named) if saved.alert else named


def _checked_alert(saved: SavedSearch) -> SavedSearch:
    if saved.alert not in COLOURS:
        raise BadInput(f"colour: one of {', '.join(COLOURS)}, not {saved.alert!r}")
    if saved.target != "customers" or saved.search == EVERYTHING:
        raise BadInput("search: an alert says which customers it speaks of")
    sign = saved.sign.strip() or saved.name[0].upper()
    if len(sign) > LONGEST_SIGN or not sign.isprintable():
        raise BadInput(f"sign: 1 to {LONGEST_SIGN} letters")
    return msgspec.structs.replace(saved, sign=sign)

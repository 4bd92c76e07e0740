"""Searches that people keep under a name, for themselves or for all (S0.15, S2.5)."""

from typing import Literal

import msgspec

from relance.core.customers.columns import checked_columns, checked_sort
from relance.core.customers.search import Search, checked
from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import UserId

Target = Literal["customers", "items"]
LONGEST_NAME = 100


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
    return msgspec.structs.replace(saved, name=name, columns=checked_columns(saved.columns))

"""Searches of which all parts hold: taken apart for the filters of a list, put together again, and pasted codes."""

from relance.core.customers.search import Clause, Every, Search


def parts_of(search: Search) -> tuple[Search, ...]:
    """What must all hold, from left to right; nothing for the search that leaves nothing out."""
    if isinstance(search, Every):
        return tuple(part for whole in search.parts for part in parts_of(whole))
    return (search,)


def joined(*searches: Search) -> Search:
    """The search that asks for all of these, each part once."""
    parts = tuple(dict.fromkeys(part for search in searches for part in parts_of(search)))
    return parts[0] if len(parts) == 1 else Every(parts)


def listed_codes(search: Search) -> tuple[str, ...]:
    """The codes of a pasted list in their order; nothing where the search has no such part."""
    for part in parts_of(search):
        if isinstance(part, Clause) and part.criterion == "code" and part.operator == "in":
            return tuple(dict.fromkeys(part.values))
    return ()

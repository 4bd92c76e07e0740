"""Searches that name a thing which gets another name: they keep finding it."""

from relance.core.customers.search import AnyOf, Clause, Every, Not, Search, clauses_of

_EXACT = frozenset(("=", "!=", "in", "not in"))


def names(search: Search, criterion: str, name: str) -> bool:
    """Whether a clause compares this criterion with exactly this name, whatever its case."""
    return any(_speaks(clause, criterion, name) for clause in clauses_of(search))


def renamed(search: Search, criterion: str, before: str, after: str) -> Search:
    """The same search with the new name where it named the old one."""
    if isinstance(search, Clause):
        if not _speaks(search, criterion, before):
            return search
        same = before.lower()
        values = tuple(after if value.lower() == same else value for value in search.values)
        return Clause(search.criterion, search.operator, values)
    if isinstance(search, Not):
        return Not(renamed(search.part, criterion, before, after))
    parts = tuple(renamed(part, criterion, before, after) for part in search.parts)
    return Every(parts) if isinstance(search, Every) else AnyOf(parts)


def _speaks(clause: Clause, criterion: str, name: str) -> bool:
    if clause.criterion != criterion or clause.operator not in _EXACT:
        return False
    return name.lower() in {value.lower() for value in clause.values}

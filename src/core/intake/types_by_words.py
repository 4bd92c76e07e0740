"""A column of types that no name tells: nothing but words for types of documents stands in it."""

from collections.abc import Mapping, Sequence

from relance.core.intake.seen import ColumnSeen
from relance.core.intake.type_words import type_of
from relance.core.intake.understanding import ColumnGuess

_MOST, _SHORTEST = 8, 5
"""So few words, each of several rows, tell types, none of them short: codes of two letters may be of anything."""
_YIELDING = frozenset(("reference", "second_number", "order_number"))


def type_by_words(columns: Sequence[ColumnSeen], fixed: Mapping[str, str], found: dict[str, ColumnGuess]) -> None:
    """Take the column whose words all are types, two at least, where no column is called so."""
    if "type" in fixed or "type" in found:
        return
    taken = {*fixed.values(), *(guess.column for name, guess in found.items() if name not in _YIELDING)}
    column = next((one for one in columns if one.name not in taken and _tells_types(one)), None)
    if column is None:
        return
    for name in [name for name, guess in found.items() if guess.column == column.name]:
        del found[name]
    why = f"all words of {column.name!r} are words for types"
    found["type"] = ColumnGuess(field="type", column=column.name, confidence=80, code="known-words", why=why)


def _tells_types(column: ColumnSeen) -> bool:
    if not 1 < column.distinct <= min(_MOST, column.filled // 2) or any(
        len(word) < _SHORTEST for word in column.telling
    ):
        return False
    types = {type_of(word) for word in column.telling}
    return None not in types and len(types) > 1

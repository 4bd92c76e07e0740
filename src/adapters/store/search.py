"""Part of a text, as a person types it: nothing in it is a pattern (T9)."""

from typing import Any

from sqlalchemy import ColumnElement, literal

from relance.adapters.store.folded import HasLetter, Holds, like_lowered


def contains(column: Any, text: str) -> ColumnElement[bool]:
    """Whether the column contains the text, without regard to case; `%`, `_` and quotes mean themselves.

    What has neither small nor large letters, as a number, stands in the column just so: that is looked for sooner.
    """
    sought = text.strip()
    if sought.upper() == sought.lower():
        return Holds(column, literal(sought))
    if len(sought) == 1 and sought.isascii():
        small, large = sought.lower(), sought.upper()
        return HasLetter(column, literal(small), literal(large), literal(f"%{small}%"))
    escaped = sought.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return like_lowered(column, escaped).like(f"%{escaped}%", escape="\\")

"""Part of a text, as a person types it: nothing in it is a pattern (T9)."""

from typing import Any

from sqlalchemy import ColumnElement

from relance.adapters.store.folded import like_lowered


def contains(column: Any, text: str) -> ColumnElement[bool]:
    """Whether the column contains the text, without regard to case; `%`, `_` and quotes mean themselves."""
    escaped = text.strip().lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return like_lowered(column, escaped).like(f"%{escaped}%", escape="\\")

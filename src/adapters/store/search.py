"""Part of a text, as a person types it: nothing in it is a pattern (T9)."""

from typing import Any

from sqlalchemy import ColumnElement, func


def contains(column: Any, text: str) -> ColumnElement[bool]:
    """Whether the column contains the text, without regard to case; `%`, `_` and quotes mean themselves."""
    escaped = text.strip().lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    found: ColumnElement[bool] = func.lower(column).like(f"%{escaped}%", escape="\\")
    return found

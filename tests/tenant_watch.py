"""Watches every statement of a test: one that reads or changes a tenant's table says whose rows (I-11)."""

import inspect
import re

from sqlalchemy import Engine, event

from relance.adapters.store.schema import metadata

NOT_OF_ONE_TENANT = {"tenants", "sign_in_attempts", "installation"}
"""The list of tenants, tries to sign in, which are counted before anybody is in, and the mark of the restore fence."""
_OURS = "|".join(sorted(set(metadata.tables) - NOT_OF_ONE_TENANT))
_TOUCHES = re.compile(rf"\b(?:from|join|update|into)\s+(?:{_OURS})\b")
_CONDITION = re.compile(r"\btenant_id\b")


def watch(engine: Engine, test: str) -> list[str]:
    """A list that fills with the statements that name a tenant's table and no tenant."""
    silent: list[str] = []

    def look(
        _connection: object, _cursor: object, statement: str, _values: object, _context: object, _many: bool
    ) -> None:
        text = " ".join(statement.lower().split())
        if text.startswith(("create", "drop", "alter", "pragma", "truncate", "copy")):
            return
        if _TOUCHES.search(text) and not _CONDITION.search(text) and (place := _place()):
            silent.append(f"{test}: {place}: {text[:300]}")

    event.listen(engine, "before_cursor_execute", look)
    return silent


def _place() -> str:
    """The store's function that says it; empty where a test or a migration does."""
    frame = inspect.currentframe()
    while frame is not None:
        file = frame.f_code.co_filename
        if "/adapters/store/" in file and "/tests/" not in file and "/migrations/" not in file:
            return f"{file.rpartition('/')[2]}:{frame.f_code.co_name}"
        frame = frame.f_back
    return ""

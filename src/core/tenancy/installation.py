"""The restore fence: is this database the one that messages left from last, or an older or second copy of it (I-16)?"""

from typing import Literal

import msgspec

Trouble = Literal["", "restored", "copied"]
"""Why nothing may leave: `restored`, an older state of the database has come back; `copied`, it lies elsewhere."""
RESTORED = "restored"
"""Public reason of actions that may have left after the backup was made."""


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """How far an installation has come: `epoch` grows before each lot of messages leaves.

    `database` tells one place of a database from another, such as the number of its file.
    """

    installation: str
    epoch: int
    database: str


def trouble_of(inside: Mark | None, beside: Mark | None) -> Trouble:
    """Compare what the database says with what the state folder remembers.

    A database has its name from the day it was made, so a backup from before its first message is told from a new
    database at the same place: nothing has left from a name that only stands in the database at its beginning.
    """
    if inside is None:
        return ""
    if beside is None or beside.installation != inside.installation:
        return "copied" if inside.epoch else ""
    if inside.epoch < beside.epoch:
        return "restored"
    return "" if inside.database == beside.database else "copied"

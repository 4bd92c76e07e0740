"""What holds whatever was killed: nothing twice, lost, stuck, or called failed though it left (I-1 to I-4)."""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

import msgspec
from sqlalchemy import select

from relance.adapters.store.tables.collection import actions
from relance.adapters.store.work import SqlWork
from tests.usecases.collection.mailroom import Mailroom

_SETTLED = {"sent", "failed", "unknown"}


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """Messages by what is wrong with them, and all of them by state."""

    duplicates: list[str]
    lost: list[int]
    stuck: list[int]
    false_failed: list[int]
    sent_again: list[int]
    unstable: list[int]
    states: dict[str, int]

    @property
    def wrong(self) -> dict[str, list[Any]]:
        """Only what is wrong."""
        every = {name: getattr(self, name) for name in self.__struct_fields__ if name != "states"}
        return {name: found for name, found in every.items() if found}


def judged(
    room: Mailroom, accepted: Sequence[dict[str, Any]], final: bool = True, settled: Collection[str] = _SETTLED
) -> Verdict:
    """The verdict over what the relay's ledger says; before the end, messages may still be waiting."""
    with SqlWork(room.engine).reading(room.tenant) as unit:
        query = select(actions.c.action_id, actions.c.state, actions.c.message_id)
        rows = unit.connection.execute(query.where(actions.c.tenant_id == room.tenant)).all()
    told = Counter(str(row["action"]) for row in accepted)
    named: dict[str, set[str]] = {}
    for row in accepted:
        named.setdefault(row["action"], set()).add(row["message_id"])
    waits = set() if final else {"confirmed"}
    return Verdict(
        duplicates=[action for action, times in told.items() if times > 1],
        lost=[one for one, state, _ in rows if state == "sent" and f"{one}.1" not in told],
        stuck=[one for one, state, _ in rows if state not in {*settled, *waits}],
        false_failed=[one for one, state, _ in rows if state == "failed" and f"{one}.1" in told],
        sent_again=[one for one, state, _ in rows if state == "confirmed" and f"{one}.1" in told],
        unstable=[one for one, _, name in rows if named.get(f"{one}.1", {name}) != {name}],
        states=dict(Counter(state for _, state, _ in rows)),
    )

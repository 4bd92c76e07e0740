"""Claims: who is sending what, for how long, and what a worker that is gone has left behind."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Connection, and_, bindparam, func, literal_column, or_, select, update

from relance.adapters.store.action_rows import ACTION, action_of, values_of
from relance.adapters.store.among import among
from relance.adapters.store.appending import run_each
from relance.adapters.store.engine import is_sqlite
from relance.adapters.store.tables.collection import actions
from relance.core.collection.actions import Action
from relance.core.kernel.identifiers import ActionId, TenantId
from relance.ports.store.delivery import Locked

_LIVING: ColumnElement[bool] = literal_column("actions.state not in ('sent', 'done', 'cancelled')", Boolean)
"""In the words of the partial index, so that SQLite uses it."""
_CHANGING = (
    "state",
    "reason",
    "warnings",
    "item_ids",
    "amount",
    "amounts",
    "generation",
    "message_id",
    "attempts",
    "not_before",
    "next_try_at",
    "held_from",
    "confirmed_by",
    "confirmed_at",
    "done_on",
    "sent_at",
    "content_hash",
    "automatic",
)
_TOGETHER = 1000
"""Numbers in one statement: a morning may confirm any number of actions."""
_SAYING = ("item_ids", "amount", "amounts", "message_id", "content_hash", "warnings")
_MOVING = ("state", "reason", "attempts", "warnings", "next_try_at", "sent_at", "done_on")
_LOCKED = (
    select(actions.c.action_id, actions.c.fence, actions.c.worker)
    .where(actions.c.tenant_id == bindparam("tenant"), among(actions.c.action_id, "these"))
    .order_by(actions.c.action_id)
    .with_for_update()
)
_READ = select(*ACTION).where(actions.c.tenant_id == bindparam("tenant"), among(actions.c.action_id, "these"))
_ONE = update(actions).where(actions.c.tenant_id == bindparam("of_tenant"), actions.c.action_id == bindparam("of"))
_SAVED_KEPT = _ONE.values(fence=actions.c.fence + 1, **{name: bindparam(f"new_{name}") for name in _CHANGING})
_SAVED = _SAVED_KEPT.values(worker=None, lease_until=None)
_WRITTEN = _ONE.values(fence=actions.c.fence + 1, **{name: bindparam(f"new_{name}") for name in _SAYING})
_MOVED_KEPT = (
    update(actions)
    .where(actions.c.tenant_id == bindparam("of_tenant"), among(actions.c.action_id, "these"))
    .values(fence=actions.c.fence + 1, **{name: bindparam(f"new_{name}") for name in _MOVING})
)
_MOVED = _MOVED_KEPT.values(worker=None, lease_until=None)
"""Built once: building a statement costs as much as running it."""


class Claims:
    """Actions of one tenant under way."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def stand_still(self) -> None:
        """Shared with other senders; an SQLite transaction holds the only write lock already.

        Both locks before any row: whoever changes the ledger takes them in this order too.
        """
        if not is_sqlite(self._connection):
            both = "select pg_advisory_xact_lock_shared(%s, 3), pg_advisory_xact_lock_shared(%s, 8)"
            self._connection.exec_driver_sql(both, (self._tenant, self._tenant))

    def locked(
        self, ids: Collection[ActionId], worker: str = "", known: Mapping[ActionId, Action] | None = None
    ) -> dict[ActionId, Locked]:
        """Actions by id; PostgreSQL locks the rows, SQLite's writer is alone anyway."""
        rows = self._connection.execute(_LOCKED, {"tenant": self._tenant, "these": list(ids)}).all()
        as_known = {number: known[number] for number, fence, _ in rows if known and _same(known.get(number), fence)}
        others = [number for number, _, _ in rows if number not in as_known]
        if others:
            found = self._connection.execute(_READ, {"tenant": self._tenant, "these": others})
            as_known |= {action.action: action for action in map(action_of, found)}
        return {number: Locked(as_known[number], owner == worker) for number, _, owner in rows}

    def in_state(self, states: Collection[str], kinds: Collection[str] = ()) -> list[Action]:
        """Every action in one of these states, by due date."""
        query = select(*ACTION).where(*self._mine(), _LIVING, actions.c.state.in_(list(states)))
        if kinds:
            query = query.where(actions.c.kind.in_(list(kinds)))
        query = query.order_by(actions.c.due_on, actions.c.action_id)
        return [action_of(row) for row in self._connection.execute(query)]

    def kinds_open(self) -> frozenset[str]:
        """The kinds of actions of which one may leave, is held or is on its way."""
        states = actions.c.state.in_(["planned", "confirmed", "sending", "held"])
        found = self._connection.execute(select(actions.c.kind).where(*self._mine(), _LIVING, states).distinct())
        return frozenset(found.scalars())

    def claim(
        self,
        worker: str,
        kind: str,
        now: datetime,
        lease_seconds: int,
        limit: int,
        windows: bool,
        abroad: Collection[str] = (),
    ) -> list[Action]:
        """Take confirmed messages of a kind whose time has come."""
        ready = [
            *self._mine(),
            _LIVING,
            actions.c.state == "confirmed",
            actions.c.kind == kind,
            actions.c.worker.is_(None),
            or_(actions.c.not_before.is_(None), actions.c.not_before <= now),
            or_(actions.c.next_try_at.is_(None), actions.c.next_try_at <= now),
        ]
        if not windows:
            ready.append(or_(actions.c.automatic.is_(False), actions.c.scenario.in_(list(abroad))))
        picked = select(actions.c.action_id).where(*ready).order_by(actions.c.due_on, actions.c.action_id).limit(limit)
        if not is_sqlite(self._connection):
            picked = picked.with_for_update(skip_locked=True)
        statement = (
            update(actions)
            .where(*self._mine(), actions.c.action_id.in_(picked))
            .values(worker=worker, lease_until=self._lease(lease_seconds), fence=actions.c.fence + 1)
            .returning(*ACTION)
        )
        taken = [action_of(row) for row in self._connection.execute(statement)]
        return sorted(taken, key=lambda action: (action.due_on, action.action))

    def renew(self, worker: str, lease_seconds: int) -> None:
        """Keep this worker's claims for another while."""
        statement = update(actions).where(*self._mine(), _LIVING, actions.c.worker == worker)
        self._connection.execute(statement.values(lease_until=self._lease(lease_seconds)))

    def release(self, worker: str, ids: Collection[ActionId]) -> None:
        """Give claims back."""
        mine = (*self._mine(), actions.c.action_id.in_(list(ids)), actions.c.worker == worker)
        statement = update(actions).where(*mine, actions.c.state != "sending")
        self._connection.execute(statement.values(worker=None, lease_until=None))

    def claimed(self) -> list[tuple[str, bool]]:
        """Workers that hold claims, and whether the last of their leases has run out."""
        query = (
            select(actions.c.worker, func.max(actions.c.lease_until) < self._lease(0))
            .where(*self._mine(), _LIVING, actions.c.worker.is_not(None))
            .group_by(actions.c.worker)
        )
        return [(str(worker), bool(over)) for worker, over in self._connection.execute(query)]

    def drop_claims(self, worker: str) -> list[Action]:
        """Free the claims of a worker that is gone, and return its actions in `sending`."""
        theirs = (*self._mine(), _LIVING, actions.c.worker == worker)
        query = select(*ACTION).where(*theirs, actions.c.state == "sending").with_for_update()
        sending = [action_of(row) for row in self._connection.execute(query)]
        free = update(actions).where(*theirs, actions.c.state != "sending")
        self._connection.execute(free.values(worker=None, lease_until=None))
        return sending

    def waiting(self, kind: str) -> int:
        """How many confirmed actions of a kind nobody has claimed."""
        unclaimed = and_(actions.c.state == "confirmed", actions.c.kind == kind, actions.c.worker.is_(None))
        query = select(func.count()).select_from(actions).where(*self._mine(), _LIVING, unclaimed)
        return int(self._connection.execute(query).scalar_one())

    def save(self, changed: Sequence[Action]) -> None:
        """Keep actions read under lock; claims on them end unless they are on their way."""
        for kept in (True, False):
            rows = [self._row(one, _CHANGING) for one in changed if (one.state == "sending") is kept]
            if rows:
                run_each(self._connection, _SAVED_KEPT if kept else _SAVED, rows)

    def written(self, changed: Sequence[Action]) -> None:
        """Keep what a message of their own says of actions; claims on them stay."""
        if changed:
            run_each(self._connection, _WRITTEN, [self._row(one, _SAYING) for one in changed])

    def move(self, changed: Sequence[Action]) -> None:
        """Keep what sending has changed; messages that leave together become the same, and are one statement."""
        alike: dict[tuple[Any, ...], list[ActionId]] = defaultdict(list)
        for one in changed:
            alike[tuple(getattr(one, name) for name in _MOVING)].append(one.action)
        for values, these in alike.items():
            row = {f"new_{name}": value for name, value in zip(_MOVING, values, strict=True)}
            statement = _MOVED_KEPT if values[0] == "sending" else _MOVED
            for at in range(0, len(these), _TOGETHER):
                given = {"of_tenant": self._tenant, "these": these[at : at + _TOGETHER]}
                self._connection.execute(statement, row | given)

    def _row(self, action: Action, names: tuple[str, ...]) -> dict[str, Any]:
        values = values_of(action)
        return {"of_tenant": self._tenant, "of": action.action} | {f"new_{name}": values[name] for name in names}

    def _mine(self) -> tuple[ColumnElement[bool], ...]:
        return (actions.c.tenant_id == self._tenant,)

    def _lease(self, seconds: int) -> ColumnElement[Any]:
        """The database's own clock: workers' clocks may differ, and tests move theirs."""
        if is_sqlite(self._connection):
            clock = "cast((julianday('now') - 2440587.5) * 86400000000 as integer)"
        else:
            clock = "cast(extract(epoch from clock_timestamp()) * 1000000 as bigint)"
        return literal_column(f"({clock} + {int(seconds)} * 1000000)")


def _same(known: Action | None, fence: int) -> bool:
    """Every change of a row lets its fence grow."""
    return known is not None and known.fence == fence

"""Print batches on SQLAlchemy."""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, and_, func, insert, select, update

from relance.adapters.store.tables.collection import actions
from relance.adapters.store.tables.customers import customers
from relance.adapters.store.tables.print_batches import batched_letters, print_batches
from relance.core.collection.print_batches import BatchedLetter, PrintBatch
from relance.core.kernel.errors import NotFound
from relance.core.kernel.identifiers import ActionId, TenantId
from relance.ports.store.print_batches import LetterLine

_RENAMED = {"batch": "batch_id", "action": "action_id", "customer": "customer_id"}
_BATCH = tuple(print_batches.c[_RENAMED.get(name, name)] for name in PrintBatch.__struct_fields__)
_CHANGING = ("state", "file", "downloads", "ended_by", "ended_at", "note")
_OWNER = and_(customers.c.tenant_id == actions.c.tenant_id, customers.c.customer_id == actions.c.customer_id)
_ACTION = and_(actions.c.tenant_id == batched_letters.c.tenant_id, actions.c.action_id == batched_letters.c.action_id)


class SqlPrintBatches:
    """One tenant's print batches."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def add(self, batch: PrintBatch, letters: Sequence[BatchedLetter]) -> None:
        """Keep a sealed batch with its letters."""
        self._connection.execute(insert(print_batches), self._row(batch))
        rows = [self._row(one) | {"batch_id": batch.batch} for one in letters]
        self._connection.execute(insert(batched_letters), rows)

    def batches(self, limit: int = 100) -> list[PrintBatch]:
        """The newest first."""
        query = select(*_BATCH).where(print_batches.c.tenant_id == self._tenant)
        rows = self._connection.execute(query.order_by(print_batches.c.batch_id.desc()).limit(limit))
        return [PrintBatch(**dict(zip(PrintBatch.__struct_fields__, row, strict=True))) for row in rows]

    def batch(self, number: int, lock: bool = False) -> PrintBatch:
        """One batch, under lock where it will be changed; raises NotFound."""
        query = select(*_BATCH).where(print_batches.c.tenant_id == self._tenant, print_batches.c.batch_id == number)
        row = self._connection.execute(query.with_for_update() if lock else query).first()
        if row is None:
            raise NotFound("no such print batch")
        return PrintBatch(**dict(zip(PrintBatch.__struct_fields__, row, strict=True)))

    def save(self, batch: PrintBatch) -> None:
        """Keep what changed of a batch."""
        mine = (print_batches.c.tenant_id == self._tenant, print_batches.c.batch_id == batch.batch)
        values = {name: getattr(batch, name) for name in _CHANGING}
        self._connection.execute(update(print_batches).where(*mine).values(values))

    def letters(self, number: int) -> list[LetterLine]:
        """The letters of a batch in their order."""
        letter = batched_letters.c
        query = (
            select(
                *(letter.position, letter.action_id, letter.generation, letter.customer_id),
                *(customers.c.code, customers.c.name, actions.c.step, actions.c.state),
                *(letter.pages, letter.hash, letter.tracking, letter.registered),
            )
            .select_from(batched_letters.join(actions, _ACTION).join(customers, _OWNER))
            .where(letter.tenant_id == self._tenant, letter.batch_id == number)
            .order_by(letter.position)
        )
        names = LetterLine.__struct_fields__
        return [LetterLine(**dict(zip(names, row, strict=True))) for row in self._connection.execute(query)]

    def codes(self, wanted: Sequence[ActionId]) -> dict[ActionId, tuple[str, str]]:
        """The customer's code and name of each action."""
        query = (
            select(actions.c.action_id, customers.c.code, customers.c.name)
            .join(customers, _OWNER)
            .where(actions.c.tenant_id == self._tenant, actions.c.action_id.in_(list(wanted)))
        )
        return {ActionId(row[0]): (row[1], row[2]) for row in self._connection.execute(query)}

    def track(self, number: int, action: ActionId, tracking: str) -> bool:
        """Keep a registered letter's number."""
        letter = batched_letters.c
        mine = (letter.tenant_id == self._tenant, letter.batch_id == number, letter.action_id == action)
        done: Any = self._connection.execute(update(batched_letters).where(*mine).values(tracking=tracking))
        return bool(done.rowcount)

    def waiting(self) -> int:
        """How many confirmed letters no batch has."""
        mine = (actions.c.tenant_id == self._tenant, actions.c.kind == "letter", actions.c.state == "confirmed")
        return int(self._connection.execute(select(func.count()).select_from(actions).where(*mine)).scalar_one())

    def _row(self, one: msgspec.Struct) -> dict[str, Any]:
        fields = msgspec.structs.asdict(one)
        return {"tenant_id": self._tenant} | {_RENAMED.get(name, name): value for name, value in fields.items()}

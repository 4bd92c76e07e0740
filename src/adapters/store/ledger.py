"""Sums over the ledger, today or at the end of a past day."""

from typing import Any

from sqlalchemy import BigInteger, Connection, and_, cast, func, or_, select

from relance.adapters.store.named import named
from relance.adapters.store.tables.customers import customers
from relance.adapters.store.tables.intake import imports
from relance.adapters.store.tables.ledger import item_changes, items
from relance.adapters.store.visibility import theirs
from relance.core.kernel.identifiers import TenantId
from relance.core.ledger.items import MEMO_TYPES
from relance.ports.store.ledger import LedgerQuestion


class SqlLedger:
    """Sums over one tenant's items."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def open_sums(self, question: LedgerQuestion) -> dict[str, tuple[int, int]]:
        """Count and amount a currency."""
        amount, source, conditions = self._as_of(question)
        conditions += [items.c.tenant_id == self._tenant, items.c.type.not_in(sorted(MEMO_TYPES)), amount != 0]
        if question.customer is not None or question.own is not None:
            joined = and_(customers.c.tenant_id == self._tenant, customers.c.customer_id == items.c.customer_id)
            source = source.join(customers, joined)
        if question.customer is not None:
            conditions.append(named(self._connection, self._tenant, question.customer))
        if question.own is not None:
            conditions.append(theirs(question.own))
        query = (
            select(items.c.currency, func.count(), cast(func.sum(amount), BigInteger))
            .select_from(source)
            .where(*conditions)
            .group_by(items.c.currency)
            .order_by(items.c.currency)
        )
        return {row[0]: (row[1], row[2]) for row in self._connection.execute(query)}

    def _as_of(self, question: LedgerQuestion) -> tuple[Any, Any, list[Any]]:
        """Amount, tables and conditions: what was open before the first move since, where there was one."""
        if question.until is None:
            return items.c.open_amount, items, []
        order = func.row_number().over(
            partition_by=item_changes.c.item_id, order_by=(item_changes.c.at, item_changes.c.change_id)
        )
        since = (item_changes.c.tenant_id == self._tenant, item_changes.c.at >= question.until)
        moves = select(item_changes.c.item_id, item_changes.c.open_before, order.label("place")).where(*since)
        ranked = moves.where(item_changes.c.open_before.is_not(None)).subquery("ranked")
        first = select(ranked.c.item_id, ranked.c.open_before).where(ranked.c.place == 1).subquery("first_move")
        created = and_(imports.c.tenant_id == self._tenant, imports.c.import_id == items.c.created_import_id)
        source = items.outerjoin(first, first.c.item_id == items.c.item_id).outerjoin(imports, created)
        there = or_(imports.c.started_at.is_(None), imports.c.started_at < question.until)
        return func.coalesce(first.c.open_before, items.c.open_amount), source, [there]

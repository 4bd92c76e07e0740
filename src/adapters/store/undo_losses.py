"""Counts what an undo would take away, before anybody decides."""

from typing import Any

from sqlalchemy import Connection

from relance.adapters.store.undo_parts import WAITING, Parts
from relance.adapters.store.undo_restoring import differs
from relance.core.intake.undoing import Losses


def losses(connection: Connection, parts: Parts) -> Losses:
    """All numbers at once."""
    count, tenant = _Counting(connection, parts.tenant), parts.tenant
    vanish, restored = parts.made("items", "item_id"), parts.changed("items")
    bare = len(parts.bare_customers())
    people = [part for table in ("customers", "contacts") for part in parts.changes(table)]
    holds = {kind: count("holds", f"{vanish} and kind = '{kind}' and released_at is null") for kind in _HOLDS}
    return Losses(
        items=count("items", vanish),
        restored=count("items", f"item_id in ({restored})"),
        payments=count("payments", parts.made("payments", "payment_id")),
        customers=bare,
        contacts=count("contacts", parts.made("contacts", "contact_id")),
        people_restored=count.number(f"select count(*) from undo_rows u where {parts.rows(people)}") if people else 0,
        **{name: holds[kind] for kind, name in _HOLDS.items()},
        listed=count.number(
            f"select count(distinct item_id) from listed_items where tenant_id = {tenant} and {vanish}"
        ),
        documents=count("documents", vanish),
        judged=count("holds", f"item_id in ({restored}) and verdict is not null and released_at >= ({_since(parts)})"),
        changed_by_hand=_changed_by_hand(count, parts),
        customers_kept=count("customers", parts.made("customers", "customer_id")) - bare,
        values_kept=sum(_values_kept(connection, count, parts, table) for table in ("customers", "contacts")),
        actions=count(
            "actions",
            f"state in ({WAITING}) and customer_id in (select customer_id from items where tenant_id = {tenant} "
            f"and ({vanish} or item_id in ({restored})))",
        ),
    )


_HOLDS = {"promise": "promises", "dispute": "disputes", "pause": "pauses"}


class _Counting:
    """Counts rows of the tenant."""

    def __init__(self, connection: Connection, tenant: int) -> None:
        self._connection, self._tenant = connection, tenant

    def __call__(self, table: str, condition: str) -> int:
        """Rows of a table."""
        return self.number(f"select count(*) from {table} where tenant_id = {self._tenant} and {condition}")

    def number(self, query: str) -> int:
        """What a query counts."""
        found: Any = self._connection.exec_driver_sql(query).scalar()
        return int(found or 0)


def _since(parts: Parts) -> str:
    """When the import was done."""
    return f"select finished_at from imports where tenant_id = {parts.tenant} and import_id = {parts.number}"


def _changed_by_hand(count: _Counting, parts: Parts) -> int:
    """Contacts of the import that a person has changed since: the audit trail knows."""
    made = parts.made("contacts", "contact_id")
    if not count("contacts", made):
        return 0
    return count(
        "contacts",
        f"{made} and exists (select 1 from audit a where a.tenant_id = {parts.tenant} "
        f"and a.event = 'contact-changed' and a.at >= ({_since(parts)}) "
        "and a.subject = 'customer:' || contacts.customer_id "
        "and replace(a.detail, '\"contact\":' || contacts.contact_id || '}', '') <> a.detail)",
    )


def _values_kept(connection: Connection, count: _Counting, parts: Parts, table: str) -> int:
    return sum(
        count.number(
            f"select count(*) from undo_rows u join {table} on {table}.tenant_id = {parts.tenant} "
            f"and {table}.{table[:-1]}_id = u.record_id where {parts.rows([part])} and {differs(connection, part)}"
        )
        for part in parts.changes(table)
    )

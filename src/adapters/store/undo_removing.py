"""Removes the rows that an import made, and what cannot stand without them."""

from datetime import datetime

import polars as pl
from sqlalchemy import Connection, text

from relance.adapters.store.bulk import stage
from relance.adapters.store.undo_log import NUMBERS
from relance.adapters.store.undo_parts import WAITING, Part, Parts

_MICROSECONDS = 1_000_000


def remove(connection: Connection, parts: Parts, part: Part, at: datetime, author: str) -> None:
    """Delete the rows of one statement; customers of whom more is known stay."""
    if part.subject == "customers":
        _remove_customers(connection, parts)
        return
    made = f"{NUMBERS[part.subject]} between {part.first} and {part.last}"
    if part.subject == "items":
        _remember_steps(connection, parts.tenant, made)
        _release(connection, parts.tenant, made, at, author)
        for table in ("documents", "copy_fetches"):
            connection.exec_driver_sql(f"delete from {table} where tenant_id = {parts.tenant} and {made}")
    connection.exec_driver_sql(f"delete from {part.subject} where tenant_id = {parts.tenant} and {made}")


def _remember_steps(connection: Connection, tenant: int, made: str) -> None:
    """An item that comes back goes on where it was (D7)."""
    connection.exec_driver_sql(
        "insert into vanished_items (tenant_id, entity_id, unique_key, item_id, step_done, step_on) "
        "select tenant_id, entity_id, unique_key, item_id, step_done, step_on from items "
        f"where tenant_id = {tenant} and {made} and (step_done > step_elsewhere or item_id in ("
        f"select item_id from listed_items where tenant_id = {tenant} and {made}))"
    )


def _release(connection: Connection, tenant: int, made: str, at: datetime, author: str) -> None:
    connection.execute(
        text(
            f"update holds set released_at = {int(at.timestamp() * _MICROSECONDS)}, released_by = :author "
            f"where tenant_id = {tenant} and {made} and released_at is null"
        ),
        {"author": author},
    )


def _remove_customers(connection: Connection, parts: Parts) -> None:
    bare = pl.DataFrame({"customer_id": pl.Series(parts.bare_customers(), dtype=pl.Int64)})
    stage(connection, "bare_customers", bare)
    theirs = f"tenant_id = {parts.tenant} and customer_id in (select customer_id from bare_customers)"
    actions = f"select action_id from actions where {theirs} and state in ({WAITING}, 'cancelled')"
    for table in ("messages", "message_documents", "listed_items"):
        connection.exec_driver_sql(f"delete from {table} where tenant_id = {parts.tenant} and action_id in ({actions})")
    for table in ("actions", "account_summaries", "customers"):
        connection.exec_driver_sql(f"delete from {table} where {theirs}")


def remove_empty_groups(connection: Connection, parts: Parts) -> None:
    """Groups that the import made, that nobody is in any more and that no task gives."""
    connection.execute(
        text(
            f"delete from groups where tenant_id = {parts.tenant} and origin = 'import' and author = :author "
            f"and group_id not in (select group_id from customer_groups where tenant_id = {parts.tenant}) "
            f"and lower(name) not in (select lower(value) from assign_tasks where tenant_id = {parts.tenant} "
            "and attribute = 'group')"
        ),
        {"author": f"import {parts.number}"},
    )


def come_back(connection: Connection, tenant: int, number: int) -> None:
    """Items of a new import that had vanished by an undo: their steps and where they were listed are theirs again."""
    there = f"select exists (select 1 from vanished_items where tenant_id = {tenant})"
    if not connection.exec_driver_sql(there).scalar():
        return
    pair = (
        f"v.tenant_id = {tenant} and items.tenant_id = {tenant} and items.entity_id = v.entity_id "
        f"and items.unique_key = v.unique_key and items.created_import_id = {number}"
    )
    connection.exec_driver_sql(
        f"update items set step_done = v.step_done, step_on = v.step_on from vanished_items v where {pair} "
        "and items.step_done < v.step_done"
    )
    connection.exec_driver_sql(
        f"update listed_items set item_id = items.item_id from vanished_items v, items where {pair} "
        f"and listed_items.tenant_id = {tenant} and listed_items.item_id = v.item_id"
    )
    connection.exec_driver_sql(
        f"delete from vanished_items where tenant_id = {tenant} and exists (select 1 from items "
        f"where items.tenant_id = {tenant} and items.entity_id = vanished_items.entity_id "
        f"and items.unique_key = vanished_items.unique_key)"
    )

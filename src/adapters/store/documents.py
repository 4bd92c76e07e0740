"""Copies of invoices by item."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import polars as pl
from sqlalchemy import Connection, Select, and_, insert, select

from relance.adapters.store.bulk import fetch, stage
from relance.adapters.store.tables.customers import customers
from relance.adapters.store.tables.documents import documents
from relance.adapters.store.tables.ledger import items
from relance.adapters.store.tenancy import SqlTenancy
from relance.adapters.store.visibility import readable_by, theirs
from relance.core.collection.enclosing import Copy
from relance.core.intake.copies import Numbered, key_of
from relance.core.kernel.errors import NotFound
from relance.core.kernel.identifiers import CustomerId, ItemId, TenantId, UserId
from relance.ports.store.documents import Document, NewDocument

_NAMES = ("document_id", "item_id", "file_name", "media_type", "size", "archive_ref", "origin", "author", "at")
_WITH_OWNER = documents.join(
    items, and_(items.c.tenant_id == documents.c.tenant_id, items.c.item_id == documents.c.item_id)
).join(customers, and_(customers.c.tenant_id == items.c.tenant_id, customers.c.customer_id == items.c.customer_id))


class SqlDocuments:
    """Copies of one tenant."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def candidates(self, keys: Collection[str], names: Collection[str]) -> list[Numbered]:
        """Items whose number has one of these keys, or whose import named one of these files."""
        columns = {"item_id": pl.Int64, "number": pl.String, "document": pl.String}
        known = fetch(self._connection, columns, f"from items where tenant_id = {self._tenant}")
        plain = known["number"].str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]+", "-").str.strip_chars("-")
        wanted = plain.is_in(pl.Series(sorted(keys), dtype=pl.String).implode())
        wanted |= known["document"].str.to_lowercase().is_in(pl.Series(sorted(names), dtype=pl.String).implode())
        stage(self._connection, "documented", known.filter(wanted).select("item_id"))
        rows = self._connection.exec_driver_sql(
            "select i.item_id, c.code, i.number, i.type, i.document from documented d "
            f"join items i on i.tenant_id = {self._tenant} and i.item_id = d.item_id "
            f"join customers c on c.tenant_id = {self._tenant} and c.customer_id = i.customer_id order by i.item_id"
        )
        found = [
            Numbered(item=ItemId(row[0]), customer=row[1], number=row[2], type=row[3], document=row[4]) for row in rows
        ]
        return [one for one in found if key_of(one.number) in keys or one.document.lower() in names]

    def known(self, wanted: Collection[ItemId]) -> set[tuple[ItemId, str]]:
        """Which items have which copies already."""
        frame = pl.DataFrame({"item_id": pl.Series(sorted(set(wanted)), dtype=pl.Int64)})
        stage(self._connection, "documented", frame)
        rows = self._connection.exec_driver_sql(
            f"select item_id, archive_ref from documents where tenant_id = {self._tenant} "
            "and item_id in (select item_id from documented)"
        )
        return {(ItemId(row[0]), row[1]) for row in rows}

    def add(self, new: Sequence[NewDocument], author: str, at: datetime) -> None:
        """Keep copies."""
        if not new:
            return
        first = SqlTenancy(self._connection, self._tenant).next_numbers("documents", len(new))
        rows = [
            {
                "tenant_id": self._tenant,
                "document_id": number,
                "item_id": one.item,
                "file_name": one.file_name,
                "media_type": one.media_type,
                "size": one.size,
                "archive_ref": one.archive_ref,
                "origin": one.origin,
                "author": author,
                "at": at,
            }
            for number, one in enumerate(new, first)
        ]
        self._connection.execute(insert(documents), rows)

    def one(self, document: int, own: UserId | None) -> Document:
        """One copy; raises NotFound."""
        query = self._documents(None).where(documents.c.document_id == document)
        row = self._connection.execute(query if own is None else query.where(readable_by(own))).first()
        if row is None:
            raise NotFound("no such document")
        return _document(row)

    def latest(self, own: UserId | None, limit: int) -> list[Document]:
        """The newest copies first."""
        query = self._documents(own).order_by(documents.c.document_id.desc()).limit(limit)
        return [_document(row) for row in self._connection.execute(query)]

    def of_item(self, item: ItemId) -> tuple[str, list[Document]]:
        """What the item's import said of its copy, and the copies."""
        said = select(items.c.document).where(items.c.tenant_id == self._tenant, items.c.item_id == item)
        query = self._documents(None).where(items.c.item_id == item).order_by(documents.c.document_id)
        copies = [_document(row) for row in self._connection.execute(query)]
        return self._connection.execute(said).scalar() or "", copies

    def newest(self, wanted: Collection[ItemId]) -> dict[ItemId, Copy]:
        """The copy that came last of each of these items that has one."""
        d = documents.c
        query = select(d.item_id, d.media_type, d.size, d.archive_ref).order_by(d.document_id)
        rows = self._connection.execute(query.where(d.tenant_id == self._tenant, d.item_id.in_(list(wanted))))
        return {
            ItemId(item): Copy(item=ItemId(item), media_type=kind, size=size, ref=ref) for item, kind, size, ref in rows
        }

    def of_customer(self, customer: CustomerId) -> dict[ItemId, list[Document]]:
        """The copies of a customer's items."""
        found: dict[ItemId, list[Document]] = {}
        query = self._documents(None).where(items.c.customer_id == customer).order_by(documents.c.document_id)
        for row in self._connection.execute(query):
            found.setdefault(ItemId(row.item_id), []).append(_document(row))
        return found

    def _documents(self, own: UserId | None) -> Select[Any]:
        columns = (*(documents.c[name] for name in _NAMES), items.c.number)
        query = select(*columns).select_from(_WITH_OWNER).where(documents.c.tenant_id == self._tenant)
        return query if own is None else query.where(theirs(own))


def _document(row: Any) -> Document:
    number, item, file_name, media_type, size, archive_ref, origin, author, at, item_number = row
    return Document(
        document=number,
        item=ItemId(item),
        number=item_number,
        file_name=file_name,
        media_type=media_type,
        size=size,
        archive_ref=archive_ref,
        origin=origin,
        author=author,
        at=at,
    )

"""Payments out of a file: they reduce the items that they name, or wait unallocated (A20)."""

from collections.abc import Iterable
from typing import Any

import msgspec
import polars as pl
from sqlalchemy import Connection, insert

from relance.adapters.store.bulk import load, stage
from relance.adapters.store.columns import microseconds
from relance.adapters.store.intake_people import NOTHING_MOVES
from relance.adapters.store.item_books import forget_books
from relance.adapters.store.payers import with_customers
from relance.adapters.store.summaries import refresh_summaries
from relance.adapters.store.tables.ledger import items, payments
from relance.adapters.store.tenancy import SqlTenancy
from relance.adapters.store.undo_log import UndoLog, assigned
from relance.core.intake.reports import Counts
from relance.core.kernel.days import day_of
from relance.core.kernel.identifiers import TenantId
from relance.core.ledger.allocations import Allocated, Allocation, Payable, Payment, allocate
from relance.core.ledger.identity import SEPARATOR
from relance.ports.importers import Rejected
from relance.ports.intake import Checked
from relance.ports.store.intake import Applying, Difference

_TWICE = "the same payment came in before (customer, reference, date and amount); it was not read again"
_UNKNOWN = "the customer has no item of this number in this currency; correct it, or leave it empty"


class PaymentRows(msgspec.Struct, frozen=True, kw_only=True):
    """The payments of a difference."""

    allocated: Allocated


class PaymentIntake:
    """Allocates and writes payments."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def difference(self, checked: Checked, ledger: int) -> Difference:
        """Which payments are new, and which are refused because they came twice or name an unknown number."""
        records = checked.records
        if records.is_empty():
            rows = PaymentRows(allocated=Allocated(allocations=(), unknown=(), twice=()))
            return Difference(ledger=ledger, counts=Counts(), move=NOTHING_MOVES, rows=rows)
        found = with_customers(self._connection, self._tenant, records)
        records = found.records
        stage(self._connection, "paying", records.select(pl.col("customer_code").alias("customer_id")).unique())
        named = pl.concat([records["number"], records["also"].explode().drop_nulls()]).unique().alias("number")
        stage(self._connection, "paid_numbers", named.to_frame().filter(pl.col("number") != ""))
        given = [_payment(row) for row in records.iter_rows(named=True)]
        allocated = allocate(given, self._payables(), self._seen())
        rejected = [_rejected(one, "duplicate-payment", "reference", one.reference, _TWICE) for one in allocated.twice]
        rejected += [_rejected(one, "unknown-number", "number", one.number, _UNKNOWN) for one in allocated.unknown]
        return Difference(
            ledger=ledger,
            counts=Counts(new=len(allocated.allocations), settled=len(_settled(allocated, self._payables()))),
            move=NOTHING_MOVES,
            rows=PaymentRows(allocated=allocated),
            rejected=(*found.rejected, *rejected),
            refused=_sums((*allocated.twice, *allocated.unknown), found.refused),
        )

    def apply(self, rows: PaymentRows, applying: Applying) -> None:
        """Reduce items, keep rests as unallocated payments, remember every payment."""
        done = rows.allocated.allocations
        if not done:
            return
        numbers = SqlTenancy(self._connection, self._tenant).next_numbers
        paying = pl.Series(sorted({one.payment.customer for one in done}), dtype=pl.Int64)
        stage(self._connection, "paying", pl.DataFrame({"customer_id": paying}))
        touched = self._reduce(done, applying)
        first_payment = numbers("payments", len(done))
        undo = UndoLog(self._connection, self._tenant, applying.number)
        undo.created("payments", first_payment, len(done))
        rests = [(number, one) for number, one in enumerate(done, first_payment) if one.rest]
        first_item = numbers("items", len(rests)) if rests else 0
        undo.created("items", first_item, len(rests))
        homes = self._homes()
        unallocated = [
            self._item(first_item + place, number, one, homes[one.payment.customer], applying)
            for place, (number, one) in enumerate(rests)
        ]
        if unallocated:
            self._connection.execute(insert(items), unallocated)
        self._forget_fingerprints(touched | {row["source_id"] for row in unallocated})
        taken = {number: row["item_id"] for (number, _), row in zip(rests, unallocated, strict=True)}
        kept = [self._kept(number, one, taken.get(number), applying) for number, one in enumerate(done, first_payment)]
        self._connection.execute(insert(payments), kept)
        refresh_summaries(self._connection, self._tenant, applying.today, paying.to_list())

    def _payables(self) -> Iterable[Payable]:
        rows = self._connection.exec_driver_sql(
            "select i.item_id, i.customer_id, i.number, i.currency, i.open_amount, i.due_on from items i "
            "join paid_numbers n on n.number = i.number "
            f"where i.tenant_id = {self._tenant} and i.customer_id in (select customer_id from paying) "
            "and i.type not in ('payment', 'credit-note')"
        )
        names = ("item", "customer", "number", "currency", "open_amount", "due_on")
        return [Payable(**dict(zip(names, (*row[:5], day_of(row[5])), strict=True))) for row in rows]

    def _seen(self) -> frozenset[Any]:
        rows = self._connection.exec_driver_sql(
            f"select customer_id, reference, paid_on, amount from payments where tenant_id = {self._tenant} "
            "and reference <> '' and customer_id in (select customer_id from paying)"
        )
        return frozenset((row[0], row[1], day_of(row[2]), row[3]) for row in rows)

    def _reduce(self, done: tuple[Allocation, ...], applying: Applying) -> set[int]:
        """Take the parts off the items; returns the sources of these."""
        parts = [(item, part, (one.payment.paid_on - day_of(0)).days) for one in done for item, part in one.parts]
        if not parts:
            return set()
        frame = pl.DataFrame(parts, schema={"item_id": pl.Int64, "part": pl.Int64, "paid_on": pl.Int64}, orient="row")
        frame = frame.group_by("item_id", maintain_order=True).agg(pl.col("part").sum(), pl.col("paid_on").max())
        stage(self._connection, "paid_items", frame)
        forget_books(self._connection, self._tenant)
        self._record_changes(frame.height, applying)
        changes = [
            "open_amount = open_amount - s.part",
            "paid_on = s.paid_on",
            "content_digest = null",
            f"changed_import_id = {applying.number}",
            "settled_on = case when open_amount - s.part = 0 then s.paid_on else settled_on end",
        ]
        UndoLog(self._connection, self._tenant, applying.number).before("items", assigned(changes), "paid_items")
        self._connection.exec_driver_sql(
            f"update items set {', '.join(changes)} from paid_items s "
            f"where items.tenant_id = {self._tenant} and items.item_id = s.item_id"
        )
        rows = self._connection.exec_driver_sql(
            "select distinct i.source_id from items i join paid_items s on s.item_id = i.item_id "
            f"where i.tenant_id = {self._tenant}"
        )
        return {row[0] for row in rows}

    def _record_changes(self, count: int, applying: Applying) -> None:
        first = SqlTenancy(self._connection, self._tenant).next_numbers("changes", count)
        rows = self._connection.exec_driver_sql(
            "select s.item_id, i.open_amount, s.part from paid_items s join items i on i.item_id = s.item_id "
            f"where i.tenant_id = {self._tenant} order by s.item_id"
        ).all()
        frame = pl.DataFrame(
            [(row[0], row[1], row[1] - row[2]) for row in rows],
            schema={"item_id": pl.Int64, "open_before": pl.Int64, "open_after": pl.Int64},
            orient="row",
        ).with_columns(
            pl.lit(self._tenant).alias("tenant_id"),
            pl.int_range(first, first + pl.len(), dtype=pl.Int64).alias("change_id"),
            pl.lit(applying.number).alias("import_id"),
            pl.lit(microseconds(applying.at)).alias("at"),
            pl.when(pl.col("open_after") == 0).then(pl.lit("settled")).otherwise(pl.lit("paid")).alias("kind"),
            pl.lit(applying.author).alias("author"),
        )
        load(self._connection, "item_changes", frame, counted="import.row")

    def _homes(self) -> dict[int, tuple[int, int | None]]:
        """Entity and newest items source of each paying customer: its next snapshot is the truth about the rest too."""
        rows = self._connection.exec_driver_sql(
            "select c.customer_id, c.entity_id, (select max(i.source_id) from items i where i.tenant_id = c.tenant_id "
            "and i.customer_id = c.customer_id and i.open_amount <> 0) from customers c "
            f"where c.tenant_id = {self._tenant} and c.customer_id in (select customer_id from paying)"
        )
        return {row[0]: (row[1], row[2]) for row in rows}

    def _forget_fingerprints(self, sources: set[int]) -> None:
        """Something else than their own files changed these sources' items: no shortcut for them (A21)."""
        listed = ",".join(str(source) for source in sorted(sources)) or "0"
        self._connection.exec_driver_sql(
            f"update sources set last_fingerprint = '' where tenant_id = {self._tenant} and source_id in ({listed})"
        )

    def _item(
        self, item: int, payment: int, one: Allocation, home: tuple[int, int | None], applying: Applying
    ) -> dict[str, Any]:
        paid = one.payment
        return {
            "tenant_id": self._tenant,
            "item_id": item,
            "entity_id": home[0],
            "customer_id": paid.customer,
            "source_id": home[1] or applying.source,
            "unique_key": f"payment{SEPARATOR}{payment}",
            "type": "payment",
            "number": paid.number or paid.reference or f"P{payment}",
            "issued_on": paid.paid_on,
            "due_on": paid.paid_on,
            "currency": paid.currency,
            "amount": -one.rest,
            "open_amount": -one.rest,
            "reference": paid.reference,
            "created_import_id": applying.number,
            "changed_import_id": applying.number,
        }

    def _kept(self, payment: int, one: Allocation, item: int | None, applying: Applying) -> dict[str, Any]:
        paid = one.payment
        return {
            "tenant_id": self._tenant,
            "payment_id": payment,
            "import_id": applying.number,
            "customer_id": paid.customer,
            "item_id": one.parts[0][0] if one.parts else item,
            "paid_on": paid.paid_on,
            "currency": paid.currency,
            "amount": paid.amount,
            "reference": paid.reference,
            "number": paid.number,
        }


def _payment(row: dict[str, Any]) -> Payment:
    return Payment(
        line=row["line"],
        customer=row["customer_code"],
        paid_on=day_of(row["paid_on"]),
        currency=row["currency"],
        amount=row["amount"],
        number=row["number"],
        reference=row["reference"],
        also=tuple(row["also"] or ()),
    )


def _settled(allocated: Allocated, payables: Iterable[Payable]) -> set[int]:
    left = {one.item: one.open_amount for one in payables}
    for allocation in allocated.allocations:
        for item, part in allocation.parts:
            left[item] -= part
    touched = {item for allocation in allocated.allocations for item, _ in allocation.parts}
    return {item for item in touched if left[item] == 0}


def _rejected(payment: Payment, code: str, column: str, value: str, message: str) -> Rejected:
    return Rejected(line=payment.line, column=column, value=value, code=code, message=message)


def _sums(refused: Iterable[Payment], without_customer: dict[str, int]) -> dict[str, int]:
    sums = dict(without_customer)
    for payment in refused:
        sums[payment.currency] = sums.get(payment.currency, 0) + payment.amount
    return sums

"""Payments without a customer's code get their customer from what the payer wrote (bank statements)."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

import polars as pl
from sqlalchemy import Connection, select

from relance.adapters.store.bulk import stage
from relance.adapters.store.tables.customers import customers
from relance.core.kernel.identifiers import CustomerId, TenantId
from relance.core.ledger.payers import Payer, Quotable, Remittance, payer_of, plain_name, quoted_in
from relance.ports.importers import Rejected

_UNKNOWN = (
    "no customer is found: the text quotes no item number of one customer, and no single customer bears the payer's "
    "name; allot the payment by hand"
)


class Found(NamedTuple):
    """Payments with their customers and quoted numbers, and those that nobody could be found for."""

    records: pl.DataFrame
    rejected: list[Rejected]
    refused: dict[str, int]


def with_customers(connection: Connection, tenant: TenantId, records: pl.DataFrame) -> Found:
    """Find the customers that are missing; `also` is a list of the numbers that a payment names beside `number`."""
    records = records.with_columns(pl.lit(None, dtype=pl.List(pl.String)).alias("also"))
    lost = records.filter(pl.col("customer_code").is_null())
    if lost.is_empty():
        return Found(records, [], {})
    paid = {row["line"]: _remittance(row) for row in lost.iter_rows(named=True)}
    quotable, named = _quotable(connection, tenant, paid.values()), _named(connection, tenant)
    payers = {line: payer_of(one, quotable, named) for line, one in paid.items()}
    found = {line: payer for line, payer in payers.items() if payer}
    missing = [line for line in paid if line not in found]
    refused: dict[str, int] = defaultdict(int)
    for line in missing:
        refused[paid[line].currency] += abs(paid[line].amount)
    rejected = [_rejected(line, paid[line]) for line in missing]
    return Found(_filled(records, found).filter(pl.col("customer_code").is_not_null()), rejected, dict(refused))


def _remittance(row: dict[str, object]) -> Remittance:
    text = " ".join(str(row.get(name) or "") for name in ("text", "number", "reference"))
    payer, currency = str(row.get("payer") or ""), str(row["currency"])
    return Remittance(amount=int(str(row["amount"])), currency=currency, payer=payer, text=text)


def _quotable(connection: Connection, tenant: TenantId, paid: Iterable[Remittance]) -> dict[str, list[Quotable]]:
    """Items by the number or reference that is quoted of them."""
    words = sorted({word for one in paid for word in quoted_in(one.text)})
    stage(connection, "quoted", pl.DataFrame({"word": pl.Series(words, dtype=pl.String)}))
    found: dict[str, list[Quotable]] = defaultdict(list)
    for column in ("number", "reference"):
        rows = connection.exec_driver_sql(
            "select q.word, i.number, i.customer_id, i.currency, sum(i.open_amount) from items i "
            f"join quoted q on q.word = i.{column} where i.tenant_id = {tenant} "
            "and i.type not in ('payment', 'credit-note') group by q.word, i.number, i.customer_id, i.currency"
        )
        for word, number, customer, currency, amount in rows:
            one = Quotable(number=number, customer=customer, currency=currency, open_amount=int(amount))
            found[word].append(one)
    return found


def _named(connection: Connection, tenant: TenantId) -> dict[str, list[CustomerId]]:
    found: dict[str, list[CustomerId]] = defaultdict(list)
    query = select(customers.c.customer_id, customers.c.name).where(customers.c.tenant_id == tenant)
    for customer, name in connection.execute(query):
        found[plain_name(name)].append(customer)
    return found


def _filled(records: pl.DataFrame, found: dict[int, Payer]) -> pl.DataFrame:
    schema: dict[str, Any] = {"line": pl.Int64, "whose": pl.Int64, "first": pl.String, "others": pl.List(pl.String)}
    rows = [
        (line, payer.customer, payer.numbers[0] if payer.numbers else "", list(payer.numbers[1:]))
        for line, payer in found.items()
    ]
    joined = records.join(pl.DataFrame(rows, schema=schema, orient="row"), on="line", how="left", maintain_order="left")
    resolved = pl.col("whose").is_not_null()
    return joined.with_columns(
        pl.coalesce("customer_code", "whose").alias("customer_code"),
        pl.when(resolved).then(pl.col("first")).otherwise(pl.col("number")).alias("number"),
        pl.when(resolved).then(pl.col("others")).otherwise(pl.col("also")).alias("also"),
    ).drop("whose", "first", "others")


def _rejected(line: int, paid: Remittance) -> Rejected:
    value = " | ".join(filter(None, (paid.payer, paid.text)))[:200]
    return Rejected(line=line, column="payer", value=value, code="unknown-customer", message=_UNKNOWN)

"""Customers linked with several of something: which links a file begins and ends, and writing them (A5, S4.14)."""

import msgspec
import polars as pl
from sqlalchemy import Connection, Table

from relance.adapters.store.bulk import fetch, load, stage
from relance.adapters.store.columns import microseconds
from relance.adapters.store.tables.customers import customer_groups
from relance.adapters.store.tenancy import SqlTenancy
from relance.adapters.store.undo_log import UndoLog
from relance.core.kernel.identifiers import TenantId
from relance.ports.store.intake import Applying

_PAIR = ("customer_id", "other_id")


class Links(msgspec.Struct, frozen=True, kw_only=True):
    """Links that begin (`customer_id`, `other_id`; what is not written yet has negative numbers) and that end."""

    new: pl.DataFrame
    ended: pl.DataFrame


class Firsts(msgspec.Struct, frozen=True, kw_only=True):
    """The numbers that the first new customer, and the first new group or user, got: -1 stands for it."""

    customer: int
    other: int


class LinkIntake:
    """The links of one table."""

    def __init__(self, connection: Connection, tenant: TenantId, table: Table) -> None:
        self._connection, self._tenant, self._table = connection, tenant, table
        self._other = "group_id" if table is customer_groups else "user_id"

    def difference(self, wanted: pl.DataFrame, within: pl.DataFrame | None, override: bool) -> Links:
        """What the pairs of a file begin; `within` names the customers or others whose remaining links end with it.

        What a person began or ended stays, unless the tenant lets files override it.
        """
        known = self._known()
        live, wanted = known.filter(~pl.col("over")), wanted.select(_PAIR).unique(maintain_order=True)
        new = wanted.join(live, on=_PAIR, how="anti", maintain_order="left")
        ended = live.clear()
        if within is not None:
            ended = live.join(within, on=within.columns, how="semi").join(wanted, on=_PAIR, how="anti")
        if not override:
            kept_out = known.filter(pl.col("over") & (pl.col("ended_origin") == "person"))
            new = new.join(kept_out, on=_PAIR, how="anti", maintain_order="left")
            ended = ended.filter(pl.col("origin") != "person")
        return Links(new=new, ended=ended.select("link_id", *_PAIR))

    def apply(self, links: Links, firsts: Firsts, applying: Applying) -> None:
        """Begin and end links; their numbers are kept for an undo."""
        at = microseconds(applying.at)
        undo = UndoLog(self._connection, self._tenant, applying.number)
        if links.new.height:
            first = SqlTenancy(self._connection, self._tenant).next_numbers(self._table.name, links.new.height)
            undo.created(self._table.name, first, links.new.height)
            load(self._connection, self._table.name, self._rows(links.new, first, firsts, applying.number, at))
        if links.ended.height:
            stage(self._connection, "ended_links", links.ended.select("link_id"))
            part = undo.before(self._table.name, ("ended_at", "ended_origin"), "ended_links")
            self._connection.exec_driver_sql(
                f"update {self._table.name} set ended_at = {at}, ended_origin = 'import' "
                f"where tenant_id = {self._tenant} and link_id in (select link_id from ended_links)"
            )
            undo.after(part, self._table.name, ("ended_at", "ended_origin"))

    def _known(self) -> pl.DataFrame:
        columns = {
            "link_id": pl.Int64,
            "customer_id": pl.Int64,
            "other_id": pl.Int64,
            "origin": pl.String,
            "over": pl.Int64,
            "ended_origin": pl.String,
        }
        terms = {"other_id": self._other, "over": "case when ended_at is null then 0 else 1 end"}
        where = f"from {self._table.name} where tenant_id = {self._tenant}"
        terms["ended_origin"] = "coalesce(ended_origin, '')"
        return fetch(self._connection, columns, where, terms).with_columns(pl.col("over") == 1)

    def _rows(self, new: pl.DataFrame, first: int, firsts: Firsts, number: int, at: int) -> pl.DataFrame:
        def real(name: str, base: int) -> pl.Expr:
            return pl.when(pl.col(name) < 0).then(base - 1 - pl.col(name)).otherwise(pl.col(name))

        return new.select(
            pl.lit(self._tenant).alias("tenant_id"),
            pl.int_range(first, first + pl.len(), dtype=pl.Int64).alias("link_id"),
            real("customer_id", firsts.customer).alias("customer_id"),
            real("other_id", firsts.other).alias(self._other),
            pl.lit("import").alias("origin"),
            pl.lit(f"import {number}").alias("author"),
            pl.lit(at).alias("at"),
        )

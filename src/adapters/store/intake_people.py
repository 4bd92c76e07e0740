"""Customers and contacts out of a file: compared outside, and only what changes is written (A5, A19)."""

from typing import Any

import msgspec
import polars as pl
from sqlalchemy import Connection, Table, Text, select, type_coerce

from relance.adapters.store.bulk import load, stage
from relance.adapters.store.columns import microseconds
from relance.adapters.store.intake_assigned import Assigned, AssignedIntake
from relance.adapters.store.intake_mobiles import Mobiles
from relance.adapters.store.mobile_numbers import read_anew
from relance.adapters.store.tables.customers import contacts, customers
from relance.adapters.store.tenancy import SqlTenancy
from relance.adapters.store.undo_log import NUMBERS, UndoLog, assigned
from relance.core.intake.guard import Move
from relance.core.intake.reports import Counts
from relance.core.kernel.days import day_number
from relance.core.kernel.identifiers import TenantId
from relance.core.tenancy.settings import Settings
from relance.ports.intake import Checked
from relance.ports.store.collection import ScenarioChange
from relance.ports.store.intake import Applying, Difference

NOTHING_MOVES = Move(
    open_items=0, absent_items=0, open_before={}, absent_size={}, open_size={}, open_after={}, first=True
)
_CHOSEN = ("collector", "scenario")
_NUMBERS = ("customer_id", "entity_id", "contact_id", "collector_id", "credit_limit", "order_backlog", "position")
_DTYPES: dict[str, Any] = dict.fromkeys(_NUMBERS, pl.Int64) | (
    dict.fromkeys(("blocked", "collection_stop", "penalties", "collection"), pl.Boolean)
)


class PeopleRows(msgspec.Struct, frozen=True, kw_only=True):
    """The rows of a difference; `values` are the columns that the file fills."""

    new: pl.DataFrame
    changed: pl.DataFrame
    values: tuple[str, ...]
    assigned: Assigned = Assigned()


class CustomerIntake:
    """Customers by entity and code."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def difference(self, checked: Checked, ledger: int) -> Difference:
        """What the file would change; what a person chose stays (A5)."""
        records = checked.records.rename({"collector": "collector_id"}, strict=False)
        settings = SqlTenancy(self._connection, self._tenant).settings()
        override = settings.several("imports-override")
        values = [name for name in records.columns if name in customers.c and name not in {"entity_id", "code"}]
        records = _filled(records, values)
        origins = [f"{name}_origin" for name in _CHOSEN]
        known = _known(
            self._connection, customers, self._tenant, ["customer_id", "entity_id", "code", *values, *origins]
        )
        joined = records.join(known, on=["entity_id", "code"], how="left", suffix="_known", maintain_order="left")
        for name, column in zip(_CHOSEN, ("collector_id", "scenario"), strict=True):
            if column in values:
                by_person = pl.lit(name not in override) & (pl.col(f"{name}_origin") == "person").fill_null(False)
                kept = by_person | pl.col(column).is_null()
                chosen = pl.when(kept).then(pl.col(f"{column}_known")).otherwise(pl.col(column))
                joined = joined.with_columns(chosen.alias(column))
        if "penalties" in values:
            joined = joined.with_columns(pl.coalesce("penalties", "penalties_known"))
        found = self._with_assigned(_difference(joined, "customer_id", values, ledger), joined, checked, settings)
        return msgspec.structs.replace(found, moved=self._moved(found.rows))

    def _with_assigned(
        self, found: Difference, joined: pl.DataFrame, checked: Checked, settings: Settings
    ) -> Difference:
        """The difference with groups and colleagues; a customer who only gets one of these is changed too."""
        new = pl.col("customer_id").is_null()
        numbered = joined.with_columns(
            pl.when(new).then(-new.cum_sum().cast(pl.Int64)).otherwise(pl.col("customer_id")).alias("customer_id")
        )
        assigned = AssignedIntake(self._connection, self._tenant).difference(numbered, checked.options, settings)
        touched = {number for number in assigned.customers() if number > 0}
        more = len(touched.difference(found.rows.changed["customer_id"].to_list()))
        counts = msgspec.structs.replace(
            found.counts, changed=found.counts.changed + more, unchanged=found.counts.unchanged - more
        )
        rows = msgspec.structs.replace(found.rows, assigned=assigned)
        return msgspec.structs.replace(found, counts=counts, rows=rows, notes=assigned.notes)

    def _moved(self, rows: PeopleRows) -> tuple[ScenarioChange, ...]:
        """Accounts whose scenario becomes another; an empty one is the tenant's default."""
        if "scenario" not in rows.values:
            return ()
        default = SqlTenancy(self._connection, self._tenant).settings().text("scenario")
        before, after = pl.col("scenario_known").replace("", None), pl.col("scenario").replace("", None)
        frame = rows.changed.select("customer_id", before.fill_null(default), after.fill_null(default))
        frame = frame.filter(pl.col("scenario_known") != pl.col("scenario"))
        return tuple(ScenarioChange(*row) for row in frame.iter_rows())

    def apply(self, rows: PeopleRows, applying: Applying) -> None:
        """Insert and update; new accounts get the tenant's collector and scenario where the file names none."""
        at, first = microseconds(applying.at), 0
        if rows.new.height:
            first = SqlTenancy(self._connection, self._tenant).next_numbers("customers", rows.new.height)
            UndoLog(self._connection, self._tenant, applying.number).created("customers", first, rows.new.height)
            new = rows.new.select("entity_id", "code", *rows.values)
            new = _with_choice(new, "collector", "collector_id", applying.collector, applying, at)
            new = _with_choice(new, "scenario", "scenario", applying.scenario, applying, at)
            new = _with_penalties(new, applying.penalties)
            keys = {"created_on": day_number(applying.today), "created_import_id": applying.number}
            load(
                self._connection,
                "customers",
                _numbered(new, self._tenant, "customer_id", first, keys),
                counted="import.row",
            )
        if rows.changed.height:
            origins = [
                f"{name}_{part} = case when coalesce(customers.{column}, {empty}) <> coalesce(s.{column}, {empty}) "
                f"then {value} else customers.{name}_{part} end"
                for name, column, empty in (("collector", "collector_id", "0"), ("scenario", "scenario", "''"))
                if column in rows.values
                for part, value in (("origin", "'import'"), ("by", f"'import {applying.number}'"), ("at", str(at)))
            ]
            stage(self._connection, "changed_customers", rows.changed.select("customer_id", *rows.values))
            _update(self._connection, self._tenant, customers, [*_same(rows.values), *origins], applying)
            if "country" in rows.values:
                read_anew(self._connection, self._tenant, rows.changed["customer_id"].to_list())
        AssignedIntake(self._connection, self._tenant).apply(rows.assigned, first, applying)


class ContactIntake:
    """Contacts by customer, and address or name."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def difference(self, checked: Checked, ledger: int) -> Difference:
        """What the file would change; contacts that it does not name stay."""
        records = checked.records.rename({"customer_code": "customer_id", "contact_role": "role"}, strict=False)
        values = [name for name in records.columns if name in contacts.c and name != "customer_id"]
        records = _filled(records, values)
        names = {"contact_id", "customer_id", "name", "email", "mobile_e164", *values}
        known = _known(self._connection, contacts, self._tenant, sorted(names))
        email, by_name = pl.col("email").str.to_lowercase(), pl.lit("\0") + pl.col("name").str.to_lowercase()
        natural = pl.when(email != "").then(email).otherwise(by_name) if "email" in values else by_name
        known = known.with_columns(natural.alias("natural"))
        known = known.unique(["customer_id", "natural"], keep="first", maintain_order=True)
        by = ["customer_id", "natural"]
        joined = records.join(known, on=by, how="left", suffix="_known", maintain_order="left")
        if "mobile" not in values:
            return _difference(joined, "contact_id", values, ledger)
        read, notes = Mobiles(self._connection, self._tenant).read(joined)
        found = _difference(read, "contact_id", [*values, "mobile_e164"], ledger)
        return msgspec.structs.replace(found, notes=notes)

    def apply(self, rows: PeopleRows, applying: Applying) -> None:
        """Insert and update."""
        if rows.new.height:
            first = SqlTenancy(self._connection, self._tenant).next_numbers("contacts", rows.new.height)
            UndoLog(self._connection, self._tenant, applying.number).created("contacts", first, rows.new.height)
            new = rows.new.select(
                "customer_id", *rows.values, pl.int_range(pl.len()).over("customer_id").alias("position")
            )
            load(
                self._connection,
                "contacts",
                _numbered(new, self._tenant, "contact_id", first, {}),
                counted="import.row",
            )
        if rows.changed.height:
            stage(self._connection, "changed_contacts", rows.changed.select("contact_id", *rows.values))
            _update(self._connection, self._tenant, contacts, _same(rows.values), applying)


def _known(connection: Connection, table: Table, tenant: TenantId, names: list[str]) -> pl.DataFrame:
    as_kept = (type_coerce(table.c[name], Text) if name == "custom" else table.c[name] for name in names)
    query = select(*as_kept).where(table.c.tenant_id == tenant)
    query = query.order_by(*table.primary_key.columns)
    rows = [tuple(row) for row in connection.execute(query)]
    dtypes = {name: _DTYPES.get(name, pl.String) for name in names}
    return pl.DataFrame(rows, schema=dtypes, orient="row")


def _filled(records: pl.DataFrame, values: list[str]) -> pl.DataFrame:
    """Empty cells of text as empty text, of flags as no; numbers and what stands for something else stay empty."""
    kept = {"collector_id", "scenario", "credit_limit", "order_backlog", "penalties"}
    texts = [name for name in values if records.schema[name] == pl.String and name not in kept]
    flags = [name for name in values if records.schema[name] == pl.Boolean and name not in kept]
    return records.with_columns(pl.col(texts).fill_null(""), pl.col(flags).fill_null(False))


def _difference(joined: pl.DataFrame, number: str, values: list[str], ledger: int) -> Difference:
    new = joined.filter(pl.col(number).is_null())
    known = joined.filter(pl.col(number).is_not_null())
    differs = [pl.col(name).ne_missing(pl.col(f"{name}_known")) for name in values if f"{name}_known" in joined.columns]
    changed = known.filter(pl.any_horizontal(differs)) if differs else known.clear()
    counts = Counts(new=new.height, changed=changed.height, unchanged=known.height - changed.height)
    rows = PeopleRows(new=new, changed=changed, values=tuple(values))
    return Difference(ledger=ledger, counts=counts, move=NOTHING_MOVES, rows=rows)


def _with_choice(
    new: pl.DataFrame, name: str, column: str, default: int | str | None, applying: Applying, at: int
) -> pl.DataFrame:
    """The value of the file with origin `import`, else the tenant's default with origin `default`."""
    dtype = pl.Int64() if column == "collector_id" else pl.String()
    given = pl.col(column) if column in new.columns else pl.lit(None, dtype=dtype)
    value = pl.coalesce(given, pl.lit(default, dtype=dtype))
    origin = pl.when(given.is_not_null()).then(pl.lit("import")).when(value.is_not_null()).then(pl.lit("default"))
    return new.with_columns(
        value.alias(column),
        origin.alias(f"{name}_origin"),
        pl.when(value.is_not_null()).then(pl.lit(f"import {applying.number}")).alias(f"{name}_by"),
        pl.when(value.is_not_null()).then(pl.lit(at)).alias(f"{name}_at"),
    )


def _with_penalties(new: pl.DataFrame, default: bool) -> pl.DataFrame:
    """Whether new customers are told of late interest, as the tenant says where the file does not (B8)."""
    given = pl.coalesce("penalties", pl.lit(default)) if "penalties" in new.columns else pl.lit(default)
    return new.with_columns(given.alias("penalties"))


def _numbered(new: pl.DataFrame, tenant: TenantId, number: str, first: int, keys: dict[str, int]) -> pl.DataFrame:
    return new.with_columns(
        pl.lit(tenant).alias("tenant_id"),
        pl.int_range(first, first + pl.len(), dtype=pl.Int64).alias(number),
        *(pl.lit(value).alias(name) for name, value in keys.items()),
    )


def _same(values: tuple[str, ...]) -> list[str]:
    return [f"{name} = s.{name}" for name in values]


def _update(connection: Connection, tenant: TenantId, table: Table, columns: list[str], applying: Applying) -> None:
    undo, names, number = UndoLog(connection, tenant, applying.number), assigned(columns), NUMBERS[table.name]
    part = undo.before(table.name, names, f"changed_{table.name}")
    connection.exec_driver_sql(
        f"update {table.name} set {', '.join(columns)} from changed_{table.name} s "
        f"where {table.name}.tenant_id = {tenant} and {table.name}.{number} = s.{number}"
    )
    undo.after(part, table.name, names)

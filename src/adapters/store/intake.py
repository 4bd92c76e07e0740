"""Imports: sources, profiles, history, and the one door to what a file changes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, insert, select, update

from relance.adapters.store.bulk import plan_for_few
from relance.adapters.store.engine import is_sqlite
from relance.adapters.store.intake_items import ItemComparison
from relance.adapters.store.intake_items_write import ItemWriter
from relance.adapters.store.intake_payments import PaymentIntake
from relance.adapters.store.intake_people import ContactIntake, CustomerIntake
from relance.adapters.store.intake_users import UserIntake
from relance.adapters.store.intake_words import customer_codes, customer_terms, known_words
from relance.adapters.store.item_books import ItemBook
from relance.adapters.store.known_items import customer_numbers, left_beforehand
from relance.adapters.store.profile_rows import ProfileRows
from relance.adapters.store.tables.intake import import_rejects, imports, sources
from relance.adapters.store.tables.tenancy import counters
from relance.adapters.store.tenancy import SqlTenancy
from relance.adapters.store.undo_log import UndoLog
from relance.adapters.store.undo_removing import come_back
from relance.core.intake.fields import Kind, Mode
from relance.core.intake.reports import ImportLine, ImportReport
from relance.core.kernel.errors import Conflict, NotFound
from relance.core.kernel.identifiers import ImportId, SourceId, TenantId
from relance.ports.intake import Beforehand, Checked, OpenRows, PassedOver
from relance.ports.store.intake import Applying, Difference, NewImport, Profile, Source

LEDGER = "ledger"
"""The counter of what has written to the ledger: imports, and what undoes them."""
_LINE = (
    imports.c.import_id,
    imports.c.kind,
    imports.c.mode,
    sources.c.name,
    imports.c.file_name,
    imports.c.state,
    imports.c.reason,
    imports.c.author,
    imports.c.started_at,
    imports.c.finished_at,
    imports.c.archive_ref,
    imports.c.report,
)


class SqlIntake:
    """Imports of one tenant."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def lock(self) -> None:
        """An advisory lock; an SQLite transaction holds the only write lock already."""
        if not is_sqlite(self._connection):
            self._connection.exec_driver_sql("select pg_advisory_xact_lock(%s, 3)", (self._tenant,))

    def ledger_state(self) -> int:
        """How many imports have written."""
        query = select(counters.c.value).where(counters.c.tenant_id == self._tenant, counters.c.name == LEDGER)
        return self._connection.execute(query).scalar() or 0

    def known_words(self, kind: Kind, entity: str | None) -> dict[str, dict[str, Any]]:
        """What cells may name of the tenant's own."""
        return known_words(self._connection, self._tenant, kind, entity)

    def customer_terms(self, entity: int) -> dict[str, str]:
        """The terms of the entity's customers that have some."""
        return customer_terms(self._connection, self._tenant, entity)

    def customer_codes(self) -> dict[str, list[Any]]:
        """Entity and code of every customer."""
        return customer_codes(self._connection, self._tenant)

    def source(self, name: str) -> Source | None:
        """The source of this name."""
        query = select(sources).where(sources.c.tenant_id == self._tenant, sources.c.name == name)
        row = self._connection.execute(query).first()
        if row is None:
            return None
        return Source(
            source=SourceId(row.source_id),
            name=row.name,
            last_good_at=row.last_good_at,
            last_import=row.last_import_id,
            fingerprint=row.last_fingerprint,
        )

    def ensure_source(self, name: str) -> Source:
        """The source of this name, made where there is none."""
        found = self.source(name)
        if found:
            return found
        number = SourceId(SqlTenancy(self._connection, self._tenant).next_numbers("sources", 1))
        self._connection.execute(insert(sources), {"tenant_id": self._tenant, "source_id": number, "name": name})
        return Source(source=number, name=name)

    def profile(self, name: str) -> Profile | None:
        """The mapping profile of this name."""
        return self._profiles.one(name)

    def profiles(self) -> list[Profile]:
        """Every mapping profile as it is now."""
        return self._profiles.all()

    def profile_versions(self, name: str) -> list[Profile]:
        """What a profile has been, newest first."""
        return self._profiles.versions(name)

    def save_profile(self, profile: Profile) -> int:
        """Keep a mapping profile as its next version, unless nothing changes."""
        return self._profiles.save(profile)

    @property
    def _profiles(self) -> ProfileRows:
        return ProfileRows(self._connection, self._tenant)

    def opened(self, source: str) -> OpenRows | None:
        """What is open at a source, or None where it is not known."""
        found = self.source(source)
        if found is None:
            return None
        ledger = self.ledger_state()  # before the items: an import that commits in between is then noticed
        return OpenRows(ledger=ledger, items=ItemBook(self._connection, self._tenant, found.source).opened())

    def customers_beforehand(self) -> Beforehand:
        """The numbers of all customers."""
        ledger = self.ledger_state()  # before the customers, for the same reason
        return Beforehand(ledger=ledger, customers=customer_numbers(self._connection, self._tenant))

    def left_beforehand(self, over: PassedOver, mapping: Mapping[str, str]) -> Any:
        """What is left of what was open; None where it is much."""
        plan_for_few(self._connection)
        return left_beforehand(self._connection, self._tenant, over, mapping)

    def difference(self, kind: Kind, mode: Mode, source: Source | None, checked: Checked) -> Difference | None:
        """What the checked rows would change."""
        ledger = self.ledger_state()
        plan_for_few(self._connection)
        if kind == "items":
            return ItemComparison(self._connection, self._tenant).difference(mode, source, checked, ledger)
        if kind == "customers":
            return CustomerIntake(self._connection, self._tenant).difference(checked, ledger)
        if kind == "contacts":
            return ContactIntake(self._connection, self._tenant).difference(checked, ledger)
        if kind == "users":
            return UserIntake(self._connection, self._tenant).difference(checked, ledger)
        return PaymentIntake(self._connection, self._tenant).difference(checked, ledger)

    def apply(self, kind: Kind, difference: Difference, applying: Applying) -> None:
        """Write a difference."""
        SqlTenancy(self._connection, self._tenant).next_numbers(LEDGER, 1)
        plan_for_few(self._connection)
        if kind == "items":
            ItemWriter(self._connection, self._tenant, applying).write(difference.rows)
            come_back(self._connection, self._tenant, applying.number)
        elif kind == "customers":
            CustomerIntake(self._connection, self._tenant).apply(difference.rows, applying)
        elif kind == "contacts":
            ContactIntake(self._connection, self._tenant).apply(difference.rows, applying)
        elif kind == "users":
            UserIntake(self._connection, self._tenant).apply(difference.rows, applying)
        else:
            PaymentIntake(self._connection, self._tenant).apply(difference.rows, applying)

    def next_number(self) -> ImportId:
        """The number of the next import."""
        return ImportId(SqlTenancy(self._connection, self._tenant).next_numbers("imports", 1))

    def keep(self, number: ImportId, new: NewImport) -> None:
        """Keep an import; its rejected rows stand in their own table."""
        row = msgspec.structs.asdict(new)
        report = msgspec.structs.replace(new.report, rejected=())
        row |= {"tenant_id": self._tenant, "import_id": number, "source_id": row.pop("source")}
        row |= {"state": new.report.state, "reason": new.report.reason, "report": msgspec.to_builtins(report)}
        self._keep_row(number, row, row.pop("began"))
        rejects = [
            msgspec.structs.asdict(reject) | {"tenant_id": self._tenant, "import_id": number, "row_number": place}
            for place, reject in enumerate(new.report.rejected, 1)
        ]
        if rejects:
            self._connection.execute(insert(import_rejects), rejects)

    def _keep_row(self, number: ImportId, row: dict[str, Any], began: bool) -> None:
        """A new row, or the end of the one that is running: nobody may have given it up meanwhile."""
        if not began:
            self._connection.execute(insert(imports), row)
            return
        place = (imports.c.tenant_id == self._tenant, imports.c.import_id == number, imports.c.state == "running")
        if self._connection.execute(update(imports).where(*place).values(**row)).rowcount != 1:
            raise Conflict("this import was given up because nothing was heard of it; nothing was changed")

    def mark_good(self, source: SourceId, number: ImportId, at: datetime | None, fingerprint: str) -> None:
        """Note a source's last good import."""
        undo = UndoLog(self._connection, self._tenant, number)
        undo.source(source)
        undo.forget_older(source)
        values: dict[str, Any] = {"last_import_id": number, "last_fingerprint": fingerprint}
        if at is not None:
            values["last_good_at"] = at
        place = (sources.c.tenant_id == self._tenant, sources.c.source_id == source)
        self._connection.execute(update(sources).where(*place).values(values))

    def imports(self, limit: int = 100) -> list[ImportLine]:
        """The history, newest first."""
        query = self._lines().order_by(imports.c.import_id.desc()).limit(limit)
        return [_line(row) for row in self._connection.execute(query)]

    def one(self, number: ImportId) -> ImportLine:
        """One import; raises NotFound."""
        row = self._connection.execute(self._lines().where(imports.c.import_id == number)).first()
        if row is None:
            raise NotFound("no such import")
        return _line(row)

    def rejects(self, number: ImportId) -> list[Mapping[str, Any]]:
        """The rejected rows of an import, in the order of the file."""
        names = ("line", "column", "value", "code", "message")
        query = select(*(import_rejects.c[name] for name in names)).where(
            import_rejects.c.tenant_id == self._tenant, import_rejects.c.import_id == number
        )
        rows = self._connection.execute(query.order_by(import_rejects.c.row_number))
        return [dict(zip(names, row, strict=True)) for row in rows]

    def _lines(self) -> Select[Any]:
        joined = imports.outerjoin(
            sources, (sources.c.tenant_id == imports.c.tenant_id) & (sources.c.source_id == imports.c.source_id)
        )
        return select(*_LINE).select_from(joined).where(imports.c.tenant_id == self._tenant)


def _line(row: Any) -> ImportLine:
    number, kind, mode, source, file_name, state, reason, author, started_at, finished_at, archive_ref, report = row
    return ImportLine(
        number=number,
        kind=kind,
        mode=mode,
        source=source or "",
        file_name=file_name,
        state=state,
        reason=reason,
        author=author,
        started_at=started_at,
        finished_at=finished_at,
        archive_ref=archive_ref,
        report=msgspec.structs.replace(msgspec.convert(report, ImportReport), state=state),
    )

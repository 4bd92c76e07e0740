"""What the tests of imports share: a desk at which files are imported, and a clock that stands still."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, insert, text

from relance.adapters.archive import DiskArchive
from relance.adapters.calendars import HolidayCalendars
from relance.adapters.intake.reader import ColumnarReader
from relance.adapters.intake.registry import ImporterShelf
from relance.adapters.store.tables.tenancy import entities
from relance.adapters.store.work import SqlWork
from relance.core.intake.fields import kind_of
from relance.core.intake.reports import ImportReport
from relance.core.kernel.identifiers import TenantId
from relance.core.tenancy.users import Actor
from relance.plugins.importers.csv import DelimitedText
from relance.ports.importers import Importer
from relance.usecases.intake.import_file import FileToImport, ImportFile
from relance.usecases.ledger.sum_items import ItemSum, SumItems, SumQuestion

HEADER = "customer_code,customer_name,number,issued_on,due_on,amount"


class StillClock:
    """A moment that lasts until the test moves it."""

    def __init__(self, now: datetime) -> None:
        self.moment = now

    def now(self) -> datetime:
        return self.moment

    def today(self, zone: str) -> date:
        return self.moment.astimezone(ZoneInfo(zone)).date()

    def monotonic(self) -> float:
        return 0.0


class Desk:
    """Imports texts as files into one tenant."""

    def __init__(self, engine: Engine, tenant: TenantId, folder: Path) -> None:
        self.engine, self.tenant, self.folder = engine, tenant, folder
        self.work, self.clock = SqlWork(engine), StillClock(datetime(2026, 3, 2, 9, tzinfo=UTC))
        self.actor = Actor(tenant=tenant, user=None, name="system")
        self.shelve()

    def shelve(self, *others: Importer) -> None:
        """Import with these importers besides delimited text."""
        shelf = ImporterShelf([DelimitedText(), *others])
        archive, none = DiskArchive(self.folder / "archive"), HolidayCalendars()
        self.verb = ImportFile(self.work, self.clock, shelf, ColumnarReader(), archive, none, b"key")

    def put(self, content: str | bytes, kind: str = "items", **more: object) -> ImportReport:
        """Import a text."""
        file = self.folder / "export.csv"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return self.put_file(file, kind, **more)

    def put_file(self, file: Path, kind: str = "items", **more: object) -> ImportReport:
        """Import a file."""
        given = {"actor": self.actor, "kind": kind_of(kind), "file": file, "file_name": file.name} | more
        return self.verb(FileToImport(**given))

    def rows(self, *lines: str, kind: str = "items", header: str = HEADER, **more: object) -> ImportReport:
        """Import lines under a header."""
        return self.put("\n".join((header, *lines)) + "\n", kind, **more)

    def sum(self, as_of: date | None = None, customer: str | None = None) -> ItemSum:
        """What is open."""
        return SumItems(self.work, self.clock)(SumQuestion(actor=self.actor, as_of=as_of, customer=customer))

    def select(self, query: str) -> Sequence[tuple[object, ...]]:
        """Rows of a query, for what no verb shows."""
        with self.engine.connect().execution_options(relance_write=False) as connection:
            return [tuple(row) for row in connection.execute(text(query))]

    def add_entity(self, code: str) -> None:
        """A second company of the tenant."""
        values = {"tenant_id": self.tenant, "entity_id": 2, "code": code, "name": code}
        with self.engine.begin() as connection:
            connection.execute(insert(entities), values)

    def ledger(self) -> Sequence[tuple[object, ...]]:
        """Everything that an import may change, in an order of its own."""
        content: list[tuple[object, ...]] = []
        for table in ("items", "item_changes", "customers", "contacts", "account_summaries", "payments", "instalments"):
            content += sorted((table, *map(str, row)) for row in self.select(f"select * from {table}"))
        return content


def invoices(count: int, skip: int = 0, first: int = 1) -> list[str]:
    """Lines of a made-up export: two customers in three have several invoices, amounts differ, some have cents."""
    return [
        f"C{place % 37:03},Customer {place % 37},INV-{place:05},2026-01-{place % 27 + 1:02},"
        f"2026-02-{place % 28 + 1:02},{place * 7}.{place % 100:02}"
        for place in range(first, count + first)
        if not skip or place % skip
    ]

"""Rejected rows come back as a file like the one that came in; corrected, it is imported as additions and changes."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from relance.adapters.archive import DiskArchive
from relance.adapters.export.files import FileExports
from relance.adapters.intake.registry import ImporterShelf
from relance.adapters.intake.returns import FileReturns
from relance.adapters.store.engine import engine_for
from relance.core.kernel.errors import NotFound
from relance.core.kernel.identifiers import ImportId, TenantId
from relance.core.tenancy.users import Actor
from relance.plugins.importers.csv import DelimitedText
from relance.plugins.importers.excel import Workbooks
from relance.ports.export import Column, Sheet
from relance.usecases.intake.return_rejects import RejectsFile, RejectsWanted, ReturnRejects
from tests.usecases.intake.kit import HEADER, Desk

ROWS = (
    "Open items of Acme;;;;;",
    "Kunde;Name;Beleg;Datum;Fällig;Betrag",
    "C1;Müller;A-1;05.01.2026;10.02.2026;100,50",
    'C1;"Müller\n& Söhne";A-2;05.01.2026;soon;20,00',
    "C2;Weiß;B-1;05.01.2026;10.02.2026;70,00",
    "C2;Weiß;B-2;05.01.2026;never;7,00",
    "",
)
MAPPING = {
    "customer_code": "Kunde",
    "customer_name": "Name",
    "number": "Beleg",
    "issued_on": "Datum",
    "due_on": "Fällig",
    "amount": "Betrag",
}
HOW = {"header-line": "2", "date": "%d.%m.%Y", "decimal": ","}


@pytest.fixture
def engine(empty_sqlite: Path, tmp_path: Path) -> Iterator[Engine]:
    """A file is a file: one database is enough."""
    shutil.copyfile(empty_sqlite, tmp_path / "relance.db")
    engine = engine_for(f"sqlite:///{tmp_path}/relance.db")
    yield engine
    engine.dispose()


def returned(desk: Desk, number: int, **actor: object) -> RejectsFile:
    shelf = ImporterShelf([DelimitedText(), Workbooks()])
    archive = DiskArchive(desk.folder / "archive")
    who = Actor(tenant=desk.tenant, user=None, name="Nora", **actor)  # type: ignore[arg-type]  # roles
    return ReturnRejects(desk.work, archive, shelf, FileReturns(), FileExports())(
        RejectsWanted(actor=who, number=ImportId(number))
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_titles_header_encoding_and_line_ends_are_those_of_the_file(desk: Desk, encoding: str, ends: str) -> None:
    text = ends.join(ROWS).encode(encoding)
    report = desk.put(text, mapping=MAPPING, options=HOW)
    assert (report.accepted, report.rejected_rows) == (2, 2)
    file = returned(desk, report.number)
    assert (file.file_name, file.rows) == ("export-rejected.csv", 2)
    assert file.content.decode(encoding).split(ends)[:2] == list(ROWS[:2])
    assert file.content == ends.join((*ROWS[:2], ROWS[3], ROWS[5], "")).encode(encoding)
    corrected = file.content.decode(encoding).replace("soon", "10.02.2026").replace("never", "11.02.2026")
    again = desk.put(corrected.encode(encoding), mapping=MAPPING, options=HOW, mode="delta")
    assert (again.state, again.new, again.rejected_rows) == ("done", 2, 0)
    assert desk.sum().count == 4


def test_a_workbook_comes_back_as_a_workbook_with_the_same_columns(desk: Desk) -> None:
    desk.shelve(Workbooks())
    columns = tuple(Column(name) for name in HEADER.split(","))
    rows = [("C1", "Anna", "A-1", "2026-01-05", "2026-02-10", "100"), ("C1", "Anna", "A-2", "2026-01-05", "soon", "5")]
    file = desk.folder / "open.xlsx"
    file.write_bytes(FileExports().written(Sheet(name="Open", columns=columns, rows=[*rows]), "xlsx"))
    report = desk.put_file(file)
    assert (report.accepted, report.rejected_rows) == (1, 1)
    back = returned(desk, report.number)
    assert back.file_name == "open-rejected.xlsx"
    file.write_bytes(back.content)
    again = desk.put_file(file, mode="delta", mapping={name: name for name in HEADER.split(",")})
    assert (again.rows, again.rejected_rows, again.reason) == (1, 1, "nothing-accepted")


def test_an_import_without_rejects_has_none_and_who_may_read_imports_may_read_these(
    desk: Desk, tenant: TenantId
) -> None:
    number = desk.rows("C1,Anna,A-1,2026-01-05,2026-02-10,100", header=HEADER).number
    with pytest.raises(NotFound):
        returned(desk, number)
    number = desk.rows("C1,Anna,A-2,2026-01-05,2026-02-10,much", header=HEADER).number
    assert returned(desk, number, role="viewer").rows == 1

"""Real exports of real programs come in without a mapping by hand wherever the file itself holds the answer."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from relance.adapters.store.engine import engine_for
from relance.adapters.store.tenancy import SqlTenantDirectory
from relance.core.intake.reports import ImportReport
from relance.plugins.importers import camt, cfonb, datev, excel, fec, feed, mt940
from tests.conftest import acme
from tests.usecases.intake.kit import Desk
from tests.usecases.intake.samples import FOLDER, TABLE, Row, wanted_rows, wanted_sums

IMPORTERS = [one for module in (excel, camt, mt940, cfonb, fec, datev, feed) for one in module.provide_importers()]
pytestmark = pytest.mark.samples


@pytest.fixture
def desk(request: pytest.FixtureRequest, tmp_path: Path, empty_sqlite: Path) -> Iterator[Desk]:
    """A desk with every importer, on a database of its own."""
    shutil.copyfile(empty_sqlite, tmp_path / "relance.db")
    engine = engine_for(f"sqlite:///{tmp_path}/relance.db")
    row: Row = request.node.callspec.params["row"]
    tenant = msgspec.structs.replace(acme(), currency=row.currency)
    desk = Desk(engine, SqlTenantDirectory(engine).found(tenant, "FR01"), tmp_path)
    desk.shelve(*IMPORTERS)
    yield desk
    engine.dispose()


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{Path(row.file).name} as {row.kind}")
def test_a_real_file_is_what_an_accountant_says(desk: Desk, row: Row) -> None:
    report = put(desk, row)
    assert tuple(question.code for question in report.questions) == row.asked
    if row.asked:
        assert (report.state, report.reason, desk.ledger()) == ("held", "needs-answer", [])
        report = put(desk, row, mapping=row.mapping, options=row.options)
    assert (report.state, report.reason) == (row.state, row.reason)
    if row.state != "done":
        assert report.message
        assert desk.ledger() == []
        return
    assert (report.accepted, report.rejected_rows) == (wanted_rows(row), row.rejected)
    assert {currency: amount for currency, amount in report.sums.items() if row.sums} == wanted_sums(row)
    assert all(text == "0.00" for text in desk.sum().open.values()) == (row.settled or row.kind != "items")


def put(desk: Desk, row: Row, **more: object) -> ImportReport:
    return desk.put_file(FOLDER / row.file, row.kind, **more)


def test_every_real_file_has_its_row(capsys: pytest.CaptureFixture[str]) -> None:
    there = {str(file.relative_to(FOLDER)).removesuffix(".expect.json") for file in FOLDER.glob("*/*.expect.json")}
    assert there == {row.file for row in TABLE}
    done = [row for row in TABLE if row.state == "done"]
    with capsys.disabled():
        print(f"\nreal files: {len(there)}; imported {len(done)}, of them asked {sum(bool(row.asked) for row in done)}")

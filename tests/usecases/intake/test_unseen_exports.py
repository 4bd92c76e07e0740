"""Exports that no other test resembles: each item as an accountant reads it, and nothing new when they come again."""

import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import Engine

from relance.adapters.store.engine import engine_for
from relance.adapters.store.tenancy import SqlTenantDirectory
from relance.core.kernel.days import day_of
from relance.core.kernel.money import decimal_text
from tests.conftest import acme
from tests.usecases.intake.kit import Desk

_TYPES = {"invoice": "inv", "credit-note": "cn", "payment": "pay"}


class Unseen(msgspec.Struct, frozen=True, kw_only=True):
    """A file, what a person answers, and the items that are in it."""

    name: str
    text: str
    items: str
    encoding: str = "utf-8"
    currency: str = "EUR"
    asked: tuple[str, ...] = ()
    mapping: dict[str, str] = {}
    options: dict[str, str] = {}


_FILE = tomllib.loads((Path(__file__).parent / "unseen_exports.toml").read_text(encoding="utf-8"))
EXPORTS = msgspec.convert(_FILE["export"], tuple[Unseen, ...])


@pytest.fixture(scope="module")
def engine(empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """One database for all: each export has a tenant of its own."""
    file = tmp_path_factory.mktemp("unseen") / "relance.db"
    shutil.copyfile(empty_sqlite, file)
    engine = engine_for(f"sqlite:///{file}")
    yield engine
    engine.dispose()


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.name)
def test_every_item_of_an_export_is_read_as_its_accountant_reads_it(
    engine: Engine, export: Unseen, tmp_path: Path
) -> None:
    code = f"t{EXPORTS.index(export)}"
    tenant = msgspec.structs.replace(acme(code), currency=export.currency)
    desk = Desk(engine, SqlTenantDirectory(engine).found(tenant, "FR01"), tmp_path)
    content = export.text.encode(export.encoding)
    report = desk.put(content)
    assert tuple(question.code for question in report.questions) == export.asked
    if export.asked:
        report = desk.put(content, mapping=export.mapping, options=export.options)
    assert (report.state, report.rejected) == ("done", ())
    assert _items(desk, export.currency) == sorted(export.items.splitlines())
    again = desk.put(content + "\n".encode(export.encoding))
    assert (again.state, again.questions, again.new, again.changed, again.settled) == ("done", (), 0, 0, 0)


def _items(desk: Desk, tenants: str) -> list[str]:
    query = (
        "select c.code, i.number, i.issued_on, i.due_on, i.type, i.open_amount, i.currency from items i"
        f" join customers c using (tenant_id, customer_id) where i.tenant_id = {desk.tenant}"
    )
    return sorted(_item(*row, tenants) for row in desk.select(query))


def _item(code: str, number: str, issued: int, due: int, sort: str, amount: int, currency: str, tenants: str) -> str:
    parts = (code, number, f"{day_of(issued):%y%m%d}", f"{day_of(due):%y%m%d}", _TYPES[sort])
    told = (*parts, decimal_text(amount, currency), *(() if currency == tenants else (currency,)))
    return "|".join(told)

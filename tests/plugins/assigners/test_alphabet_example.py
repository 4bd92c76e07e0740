"""The example of an external assigner works as its README says: suite, allow-list, a task, a trial, a run."""

import importlib
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from dependency_injector import providers

from relance.adapters.plugin_host.host import TomlPlugins
from relance.core.kernel.errors import BadInput
from relance.plugins.testing import assigner_suite
from relance.usecases.customers.run_tasks import TasksToRun
from relance.usecases.customers.save_task import NewTask
from relance.usecases.insight.open_customer import CustomerWanted
from relance.usecases.intake.import_file import FileToImport
from tests.house.tree import ROOT
from tests.http.ledger import add_person, found, house_at

EXAMPLE = ROOT / "examples/relance-alphabet"
_MODULE = "relance_alphabet"
_ALLOWED = '[plugins.csv]\n[plugins.alphabet]\ndistribution = "relance-alphabet"\nversion = "1.0.0"\n'
ANN, BOB = "ann@acme.example", "bob@acme.example"
LETTERS = {"letters": {"A-K": ANN, "L-Z": BOB}}


def _alphabet() -> object:
    sys.path.insert(0, str(EXAMPLE))
    try:
        return importlib.import_module(_MODULE).Alphabet()
    finally:
        sys.path.remove(str(EXAMPLE))
        sys.modules.pop(_MODULE, None)


TestAlphabet = assigner_suite(_alphabet(), settings=LETTERS)  # type: ignore[arg-type] # loaded by path


@pytest.fixture
def plugins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TomlPlugins]:
    """The example as an installed distribution of version 1.0.0, and allowed."""
    site = tmp_path / "site"
    info = site / "relance_alphabet-1.0.0.dist-info"
    info.mkdir(parents=True)
    shutil.copy(EXAMPLE / f"{_MODULE}.py", site)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: relance-alphabet\nVersion: 1.0.0\n")
    (info / "entry_points.txt").write_text(f"[relance.plugins]\nalphabet = {_MODULE}\n")
    monkeypatch.syspath_prepend(str(site))
    allowed = tmp_path / "plugins.toml"
    allowed.write_text(_ALLOWED)
    yield TomlPlugins(allowed, {})
    sys.modules.pop(_MODULE, None)


def test_an_assigner_of_outside_serves_a_task_like_ours(tmp_path: Path, plugins: TomlPlugins) -> None:
    assert plugins.check("alphabet").provides == ("assigner alphabet",)
    (folder := tmp_path / "house").mkdir()
    house = house_at(folder)
    house.plugins.override(providers.Object(plugins))
    system = found(house)
    for email in (ANN, BOB):
        add_person(house, system, email, email, "collector")
    file = folder / "customers.csv"
    file.write_text("code,name\nC1,\u00c9clair\nC2,Zeta\nC3,9 Lives\n", encoding="utf-8")
    house.import_file()(FileToImport(actor=system, kind="customers", file=file, file_name=file.name))
    wanted = NewTask(actor=system, attribute="collector", assigner="alphabet", settings=LETTERS, all_customers=True)
    house.save_task()(wanted)
    with pytest.raises(BadInput, match="no letter and no range"):
        house.save_task()(msgspec.structs.replace(wanted, settings={"letters": {"1-22": ANN}}))
    for dry_run in (True, False):
        rows = house.run_tasks()(TasksToRun(actor=system, dry_run=dry_run)).assigned
        assert [(row.customer, row.value, row.detail) for row in rows] == [("C1", ANN, "A-K"), ("C2", BOB, "L-Z")]
    assert house.run_tasks()(TasksToRun(actor=system)).assigned == []
    card = house.open_customer()(CustomerWanted(actor=system, code="C1")).card
    assert card.collector_by == "task 1, alphabet: A-K"
    house.engine().dispose()

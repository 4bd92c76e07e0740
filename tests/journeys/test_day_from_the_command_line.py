"""The day, the list of actions and holds as an operator types them."""

import json
from pathlib import Path

import pytest
from sqlalchemy import Engine

from relance.adapters.store.engine import engine_for
from relance.adapters.store.schema import metadata
from relance.adapters.store.tenancy import SqlTenantDirectory
from relance.adapters.store.work import SqlWork
from relance.adapters.supplied.files import SuppliedFiles
from relance.core.kernel.identifiers import TenantId
from relance.main.cli.root import main
from tests.conftest import acme
from tests.usecases.collection.ledgers import item, put_customers, put_items


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Engine, TenantId]:
    url = f"sqlite:///{tmp_path}/relance.db"
    monkeypatch.setenv("RELANCE_DATABASE", url)
    monkeypatch.setenv("RELANCE_ENV", "test")
    monkeypatch.setenv("RELANCE_SECRET", "s" * 40)
    monkeypatch.setenv("RELANCE_NOW", "2026-11-23T08:00:00Z")
    engine = engine_for(url)
    metadata.create_all(engine)
    tenant = SqlTenantDirectory(engine).found(acme(), "FR01")
    with SqlWork(engine)(tenant) as unit:
        for scenario in SuppliedFiles().scenarios():
            unit.collection.save_scenario(scenario)
    put_customers(engine, tenant, {"customer_id": 1})
    put_items(engine, tenant, [item(1)])
    return engine, tenant


def answered(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    main([*words, "--tenant", "acme", "--json"])
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_a_day_a_hold_and_its_release(ledger: tuple[Engine, TenantId], capsys: pytest.CaptureFixture[str]) -> None:
    dry = answered(capsys, "day", "--dry-run", "--explain", "C1")
    assert (dry["created"], len(dry["trace"])) == (1, 5)
    day = answered(capsys, "day")
    assert (day["created"], day["kept"], day["cancelled"], day["skipped"]) == (1, 0, 0, {})
    rows = answered(capsys, "actions", "list", "--state", "to-confirm")["rows"]
    assert [(row["customer"], row["step"], row["amounts"]) for row in rows] == [
        ("C1", "first-reminder", {"EUR": "100.00"})
    ]
    held = answered(capsys, "items", "hold", "C1/F001", "--as", "promise", "--until", "2026-12-01")
    assert held["changed"] == 1
    assert answered(capsys, "day")["skipped"] == {"all-held": 1}
    assert answered(capsys, "items", "release", "C1/F001") == {"changed": 1}
    assert answered(capsys, "actions", "skip", "2", "--reason", "spoke to them") == {"changed": 1}
    assert answered(capsys, "day")["skipped"] == {"waiting-for-step": 1}


def test_a_refusal_leaves_with_two(ledger: tuple[Engine, TenantId], capsys: pytest.CaptureFixture[str]) -> None:
    for words in (
        ["actions", "done"],
        ["items", "hold", "C1/X", "--as", "dispute"],
        ["actions", "skip", "9", "--reason", "x"],
    ):
        with pytest.raises(SystemExit) as left:
            main([*words, "--tenant", "acme"])
        assert left.value.code == 2
    assert "relance:" in capsys.readouterr().err

"""An import that dies anywhere leaves the ledger as it was, and one that committed is there (I-8)."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine

from relance.core.kernel.identifiers import TenantId
from tests.usecases.intake.kit import HEADER, Desk, invoices

BEFORE = ("import.staged", "import.row_150", "import.before_commit")


def _next_day() -> list[str]:
    """Of 300 items fifteen are gone, a hundred have another amount, and 300 are new."""
    lines = [line for place, line in enumerate(invoices(300)) if place % 20]
    changed = [line.rsplit(",", 1)[0] + ",9999.00" if place < 100 else line for place, line in enumerate(lines)]
    return [*changed, *invoices(300, first=301)]


def _killed(desk: Desk, plan: str) -> int:
    file = desk.folder / "next.csv"
    file.write_text("\n".join((HEADER, *_next_day())) + "\n")
    environment = os.environ | {
        "RELANCE_DATABASE": desk.engine.url.render_as_string(hide_password=False).replace("+psycopg", ""),
        "RELANCE_STATE": str(desk.folder / "state"),
        "RELANCE_ENV": "test",
        "RELANCE_SECRET": "s" * 40,
        "RELANCE_FAILPOINTS": plan,
    }
    words = ["import", "items", str(file), "--tenant", "acme", "--override-guard"]
    done = subprocess.run([sys.executable, "-m", "relance", *words], env=environment, capture_output=True, check=False)
    assert done.returncode in {0, -signal.SIGKILL}, done.stderr.decode()
    return done.returncode


@pytest.fixture
def desk(engine: Engine, tenant: TenantId, tmp_path: Path) -> Desk:
    """A ledger of yesterday."""
    desk = Desk(engine, tenant, tmp_path)
    desk.rows(*invoices(300))
    engine.dispose()
    return desk


@pytest.mark.parametrize("failpoint", BEFORE)
def test_a_kill_before_the_commit_changes_nothing(desk: Desk, failpoint: str) -> None:
    before = desk.ledger()
    assert _killed(desk, f"{failpoint}=kill") == -signal.SIGKILL
    assert desk.ledger() == before
    assert desk.select("select count(*) from imports") == [(1,)]
    assert _killed(desk, "") == 0
    assert desk.sum().count == 585


def test_a_kill_after_the_commit_loses_nothing(desk: Desk) -> None:
    assert _killed(desk, "import.committed=kill") == -signal.SIGKILL
    assert desk.sum().count == 585
    assert desk.select("select count(*) from imports where state = 'done'") == [(2,)]
    after = desk.ledger()
    assert _killed(desk, "") == 0
    assert desk.ledger() == after


def test_an_error_leaves_one_failed_import_in_the_history(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from relance.ports import failpoints

    before = desk.ledger()
    monkeypatch.setattr(failpoints, "_armed", {"import.before_commit": "error"})
    with pytest.raises(failpoints.FailpointError):
        desk.rows(*_next_day(), override_guard=True)
    assert desk.ledger() == before
    assert desk.select("select state from imports order by import_id") == [("done",), ("failed",)]
    assert desk.select("select event from audit order by seq") == [("import-done",), ("import-failed",)]

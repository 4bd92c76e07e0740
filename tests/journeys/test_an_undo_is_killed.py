"""Undoing dies anywhere, the disk is full, the connection is lost: the ledger is as it was, or it is done (I-8)."""

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from relance.adapters.store.engine import DatabaseUnreachable
from relance.core.kernel.identifiers import TenantId
from relance.ports import failpoints
from tests.usecases.intake.kit import HEADER, Desk, invoices
from tests.usecases.intake.test_undo import undo

CHANGED = [line.rsplit(",", 1)[0] + ",9999.00" for line in invoices(100)]
MORE = [*CHANGED, *invoices(100, first=101)]


@pytest.fixture
def desk(engine: Engine, tenant: TenantId, tmp_path: Path) -> Desk:
    """Yesterday's import, and today's, which changed and brought a hundred items each."""
    desk = Desk(engine, tenant, tmp_path)
    desk.rows(*invoices(100))
    assert desk.rows(*MORE, override_guard=True).state == "done"
    engine.dispose()
    return desk


def told(desk: Desk, *words: str, plan: str = "", most: int = 0) -> subprocess.CompletedProcess[bytes]:
    """The command line in a process of its own; with `most` no file of it may grow beyond so many bytes."""
    environment = os.environ | {
        "RELANCE_DATABASE": desk.engine.url.render_as_string(hide_password=False).replace("+psycopg", ""),
        "RELANCE_STATE": str(desk.folder / "state"),
        "RELANCE_ENV": "test",
        "RELANCE_SECRET": "s" * 40,
        "RELANCE_FAILPOINTS": plan,
    }
    limit = (lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))) if most else None
    command = [sys.executable, "-m", "relance", *words, "--tenant", "acme"]
    return subprocess.run(command, env=environment, capture_output=True, check=False, preexec_fn=limit)


def everything(desk: Desk) -> Sequence[tuple[object, ...]]:
    """The ledger and the history."""
    return [*desk.ledger(), *desk.select("select import_id, state from imports order by import_id")]


@pytest.mark.parametrize("failpoint", ["undo.restored", "undo.before_commit"])
def test_an_undo_that_is_killed_changes_nothing_and_can_be_done_again(desk: Desk, failpoint: str) -> None:
    before = everything(desk)
    assert told(desk, "imports", "undo", "2", plan=f"{failpoint}=kill").returncode == -signal.SIGKILL
    assert everything(desk) == before
    assert told(desk, "imports", "undo", "2").returncode == 0
    assert desk.sum().count == 100
    assert desk.select("select state from imports order by import_id") == [("done",), ("undone",)]


def test_an_undo_that_was_committed_is_done(desk: Desk) -> None:
    assert told(desk, "imports", "undo", "2", plan="undo.committed=kill").returncode == -signal.SIGKILL
    assert desk.sum().count == 100
    assert told(desk, "imports", "undo", "2").returncode == 2


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_full_disk_leaves_everything_as_it_was_and_says_so(desk: Desk) -> None:
    before = desk.ledger()
    whole = (desk.folder / "relance.db").stat().st_size
    file = desk.folder / "next.csv"
    file.write_text("\n".join((HEADER, *invoices(3000))) + "\n")
    full = told(desk, "import", "items", str(file), "--override-guard", most=whole // 2)
    assert (full.returncode, full.stderr.count(b"\n")) == (2, 1), full.stderr.decode()
    assert b"make room" in full.stderr
    assert desk.ledger() == before
    assert told(desk, "imports", "undo", "2", most=100).returncode not in {0, 3}
    assert desk.ledger() == before
    assert told(desk, "import", "items", str(file), "--override-guard").returncode == 0
    assert desk.sum().count == 3000


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
@pytest.mark.parametrize("failpoint", ["import.row_50", "undo.before_commit"])
def test_a_lost_connection_leaves_everything_as_it_was(
    desk: Desk, failpoint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = desk.ledger()

    def cut(_name: str) -> None:
        other = create_engine(desk.engine.url)
        with other.begin() as connection:
            connection.execute(
                text(
                    "select pg_terminate_backend(pid) from pg_stat_activity "
                    "where datname = current_database() and pid <> pg_backend_pid()"
                )
            )
        other.dispose()

    monkeypatch.setattr(failpoints, "_armed", {failpoint: "cut"})
    monkeypatch.setattr(failpoints, "_deeds", failpoints._deeds | {"cut": cut})
    with pytest.raises(DatabaseUnreachable):
        undo(desk, 2) if failpoint.startswith("undo") else desk.rows(*invoices(300), override_guard=True)
    monkeypatch.setattr(failpoints, "_armed", {})
    assert desk.ledger() == before
    undo(desk, 2)
    assert desk.sum().count == 100

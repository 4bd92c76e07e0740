"""A worker that dies in the middle of an import: another one ends it, and the ledger has it once (T18, I-8)."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import Engine

from relance.core.intake.runs import Choices
from relance.core.kernel.identifiers import TenantId
from relance.usecases.intake.start_import import ImportWanted, StartImport
from tests.usecases.intake.kit import HEADER, Desk, invoices


class Nobody:
    """A background that leaves the work to other processes."""

    def nudge(self) -> None:
        pass


def worker(desk: Desk, failpoints: str = "") -> "subprocess.Popen[bytes]":
    environment = os.environ | {
        "RELANCE_DATABASE": desk.engine.url.render_as_string(hide_password=False).replace("+psycopg", ""),
        "RELANCE_STATE": str(desk.folder),
        "RELANCE_ENV": "test",
        "RELANCE_SECRET": "s" * 40,
        "RELANCE_FAILPOINTS": failpoints,
    }
    return subprocess.Popen([sys.executable, "-m", "relance", "work"], env=environment, stderr=subprocess.DEVNULL)


def until(seen: object, seconds: float = 40) -> None:
    end = time.monotonic() + seconds
    while not seen():
        assert time.monotonic() < end, "it takes too long"
        time.sleep(0.05)


def stands_still(process: "subprocess.Popen[bytes]") -> bool:
    return Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"


@pytest.fixture
def desk(engine: Engine, tenant: TenantId, tmp_path: Path) -> Desk:
    desk = Desk(engine, tenant, tmp_path)
    (tmp_path / "next.csv").write_text("\n".join((HEADER, *invoices(60))) + "\n")
    return desk


def test_the_import_of_a_worker_that_was_killed_is_ended_by_another(desk: Desk) -> None:
    from relance.adapters.archive import DiskArchive

    archive = DiskArchive(desk.folder / "archive")
    kept = archive.keep_file(desk.tenant, desk.folder / "next.csv")
    choices = Choices(archive_ref=kept, file_name="next.csv", kind="items")
    StartImport(desk.work, desk.clock, archive, Nobody())(ImportWanted(actor=desk.actor, choices=choices))
    desk.engine.dispose()
    processes = [worker(desk, "import.before_commit=stop")]
    try:
        until(lambda: stands_still(processes[0]))
        many = desk.engine.dialect.name == "postgresql"
        if many:  # the other one lives already, and leaves the job alone as long as the first one lives
            processes.append(worker(desk))
            until(lambda: desk.select("select count(*) from pg_locks where locktype = 'advisory'") >= [(3,)])
        assert desk.select("select state, attempts from jobs where kind = 'import'") == [("running", 1)]
        processes[0].send_signal(signal.SIGKILL)
        processes[0].wait()
        if not many:
            processes.append(worker(desk))
        until(lambda: desk.select("select state from imports") == [("done",)])
        until(lambda: desk.select("select count(*) from jobs where kind = 'import'") == [(0,)])
        processes[1].send_signal(signal.SIGTERM)
        assert processes[1].wait(30) == 0
    finally:
        for process in processes:
            process.kill()
            process.wait()
    assert desk.sum().count == 60
    assert desk.select("select event from audit where event like 'import-%'") == [("import-done",)]

"""SIGKILL while letters are sealed: the same batch with the same file, before the click and after (T21, row 1)."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from relance.adapters.store.engine import engine_for
from relance.adapters.store.schema import metadata
from relance.adapters.store.tenancy import SqlTenantDirectory
from tests.conftest import acme, empty_postgres
from tests.usecases.collection.letter_room import LetterRoom


def relance(url: str, folder: Path, *command: str, failpoints: str = "") -> tuple[int, dict[str, object]]:
    """One command in a process of its own: its exit code and its answer."""
    environment = {
        **os.environ,
        "RELANCE_DATABASE": url,
        "RELANCE_SECRET": "s" * 40,
        "RELANCE_STATE": str(folder),
        "RELANCE_ENV": "test",
        "RELANCE_NOW": "2026-03-03T09:30:00Z",
        "RELANCE_FAILPOINTS": failpoints,
    }
    words = [sys.executable, "-m", "relance", "letters", *command, "--tenant", "acme", "--json"]
    done = subprocess.run(words, check=False, env=environment, capture_output=True, text=True, timeout=60)
    return done.returncode, json.loads(done.stdout) if done.stdout else {"said": done.stderr}


@pytest.mark.parametrize(("database", "failpoint"), [("sqlite", "batch.renamed"), ("postgresql", "batch.sealed")])
def test_a_killed_seal_leaves_one_batch_that_is_printed_and_handed_over_once(
    database: str, failpoint: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = f"sqlite:///{tmp_path}/relance.db" if database == "sqlite" else request.getfixturevalue("postgres_url")
    engine = engine_for(url)
    if database == "postgresql":
        empty_postgres(engine)
    else:
        metadata.create_all(engine)
    room = LetterRoom(engine, SqlTenantDirectory(engine).found(acme(), "FR01"), tmp_path, 3)
    room.confirm()
    assert relance(url, tmp_path, "batch", failpoints=f"{failpoint}=kill")[0] == -signal.SIGKILL
    [batch] = room.batches().batches
    assert (batch.state, batch.letters, batch.file) == ("sealed", 3, "")
    file = tmp_path / "letters.pdf"
    code, fetched = relance(url, tmp_path, "download", "1", "--to", str(file))
    assert (code, fetched["hash"], fetched["copy"]) == (0, batch.hash, False), fetched
    assert room.seal().batch is None
    assert room.shown().batch.hash == batch.hash
    assert room.hand_over().state == "handed-over"
    assert {room.state(action) for action in (1, 2, 3)} == {("sent", "")}
    engine.dispose()

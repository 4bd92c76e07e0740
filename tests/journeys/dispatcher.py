"""A dispatcher in a process of its own, to be killed, and the relay that it speaks to in another."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from sqlalchemy import text

from relance.adapters.store.engine import engine_for
from relance.adapters.store.schema import metadata
from relance.adapters.store.tenancy import SqlTenantDirectory
from tests.conftest import acme
from tests.usecases.collection.mailroom import Mailroom


class Relay:
    """The sink in its own process: what it accepted is in its ledger, whatever becomes of the client."""

    def __init__(self, folder: Path, rules: list[dict[str, Any]] | None = None) -> None:
        self._ledger = folder / "ledger.jsonl"
        self._ledger.touch()
        command = [sys.executable, "-m", "tests.sink", str(self._ledger), json.dumps(rules or [])]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2])
        assert self._process.stdout is not None
        self.port = int(self._process.stdout.readline())

    def accepted(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self._ledger.read_text().splitlines()]

    def end(self) -> None:
        self._process.terminate()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()


def prepared(url: str, count: int) -> Mailroom:
    """A ledger whose messages are confirmed."""
    engine = engine_for(url)
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            connection.execute(text("drop schema public cascade"))
            connection.execute(text("create schema public"))
    metadata.create_all(engine)
    room = Mailroom(engine, SqlTenantDirectory(engine).found(acme(), "FR01"), count)
    room.confirm()
    return room


_STATE = tempfile.mkdtemp(prefix="relance-state-")
"""Where the mark of a PostgreSQL database is kept from one dispatcher to the next."""


def started(url: str, port: int, failpoints: str = "", now: str = "2026-03-03T09:30:00Z") -> "subprocess.Popen[str]":
    """`relance dispatch`, armed."""
    environment = {
        **os.environ,
        "RELANCE_DATABASE": url,
        "RELANCE_SECRET": "s" * 40,
        "RELANCE_STATE": _STATE if url.startswith("postgresql") else "",
        "RELANCE_ENV": "test",
        "RELANCE_NOW": now,
        "RELANCE_FAILPOINTS": failpoints,
        "RELANCE_SMTP_HOST": "127.0.0.1",
        "RELANCE_SMTP_PORT": str(port),
        "RELANCE_SMTP_TLS": "none",
    }
    command = [sys.executable, "-m", "relance", "dispatch", "--tenant", "acme", "--json"]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def ended(process: "subprocess.Popen[str]", seconds: int = 60) -> tuple[int, str]:
    """Its exit code and what it said."""
    out, err = process.communicate(timeout=seconds)
    return process.returncode, out or err

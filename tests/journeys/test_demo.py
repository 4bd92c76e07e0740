"""The demo, small: made by the real verbs, the same twice, with something in every corner."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from dependency_injector import providers
from sqlalchemy import Engine, select

from relance.adapters.store.engine import engine_for
from relance.adapters.store.schema import metadata
from relance.adapters.store.upgrade import upgrade
from relance.main.container import House
from relance.main.demo.story import Story
from relance.main.settings import Environment

TODAY = date(2026, 11, 22)


def _told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    monkeypatch.setenv("RELANCE_OUTBOX", str(folder / "outbox"))
    house = House()
    house.environment.override(providers.Object(Environment(database="unused", state=str(folder), secret="s" * 40)))
    house.engine.override(providers.Object(engine_for(f"sqlite:///{folder}/relance.db", durable=False)))
    upgrade(house.engine())
    told = Story(house, folder / "files", TODAY).tell(18)
    assert (told.customers, told.administrator.role) == (18, "administrator")
    assert told.items > 200
    engine: Engine = house.engine()
    return engine


def _facts(engine: Engine, table: str, *columns: str) -> list[tuple[Any, ...]]:
    named = metadata.tables[table].c
    with engine.connect() as connection:
        return sorted(map(tuple, connection.execute(select(*(named[name] for name in columns)))))


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> list[Engine]:
    with pytest.MonkeyPatch.context() as patch:
        return [_told(tmp_path_factory.mktemp(f"demo{n}"), patch) for n in (1, 2)]


def test_the_same_seed_and_day_make_the_same_data(twice: list[Engine]) -> None:
    first, second = twice
    for table, columns in {
        "customers": ("customer_id", "code", "name", "collector_id"),
        "items": ("item_id", "number", "type", "amount", "open_amount", "hold", "settled_on"),
        "actions": ("action_id", "customer_id", "step", "state", "reason", "due_on", "amount"),
        "holds": ("item_id", "kind", "until", "comment"),
    }.items():
        assert _facts(first, table, *columns) == _facts(second, table, *columns), table


def test_messages_left_for_the_outbox_only(twice: list[Engine]) -> None:
    sent = _facts(twice[0], "actions", "state", "kind")
    folder = Path(twice[0].url.database or "").parent / "outbox"
    written = [path for path in folder.rglob("*") if path.is_file() and path.suffix == ".eml"]
    assert len(written) == sent.count(("sent", "email")) > 20
    assert all(".example" in path.read_text() for path in written)
    assert len(list(folder.rglob("*.txt"))) == sent.count(("sent", "sms")) > 0


def test_the_command_answers_with_the_link(tmp_path: Path) -> None:
    """As an operator runs it: another process, no settings, a folder of its own."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("RELANCE_")}
    command = [sys.executable, "-m", "relance", "demo", "--no-serve", "--json", "--customers", "5"]
    made = subprocess.run(
        [*command, "--dir", str(tmp_path / "demo")], env=plain, cwd=tmp_path, capture_output=True, text=True, check=True
    )
    document = json.loads(made.stdout)
    assert set(document) >= {"url", "sign_in", "tenant", "customers", "items", "actions", "seconds"}
    assert document["sign_in"].startswith(document["url"] + "/login/link/")
    again = subprocess.run(
        [*command, "--dir", str(tmp_path / "demo")], env=plain, cwd=tmp_path, capture_output=True, text=True, check=True
    )
    as_left = json.loads(again.stdout)
    assert as_left["sign_in"] != document["sign_in"]
    assert {name: as_left[name] for name in ("tenant", "customers", "items", "actions")} == {
        name: document[name] for name in ("tenant", "customers", "items", "actions")
    }

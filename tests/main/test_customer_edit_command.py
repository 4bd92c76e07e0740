"""A customer's fields from the command line."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from relance.core.kernel.errors import BadInput
from relance.main.cli.root import cli
from tests.http.ledger import found, house_at, write_ledger

EDIT = ["customers", "edit", "--tenant", "acme", "C10077"]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]  # a function of the runner
    house = house_at(tmp_path)
    write_ledger(house, found(house).tenant)
    house.engine().dispose()
    monkeypatch.setenv("RELANCE_DATABASE", f"sqlite:///{tmp_path}/relance.db")
    monkeypatch.setenv("RELANCE_ENV", "test")
    return lambda *sets: CliRunner().invoke(cli, [*EDIT, *(part for one in sets for part in ("--set", one)), "--json"])


def test_fields_are_set_and_taken_away(run) -> None:  # type: ignore[no-untyped-def]  # the fixture above
    first = run("city=Lens", "credit_limit=500.00", "custom.Region=Nord", "blocked=yes")
    assert json.loads(first.output)["changed"] == ["blocked", "city", "credit_limit", "custom.Region"]
    again = run("credit_limit=", "custom.Region=", "city=Lens")
    assert json.loads(again.output)["changed"] == ["credit_limit", "custom.Region"]


@pytest.mark.parametrize("wrong", ["nonsense=1", "paused_until=soon", "blocked=perhaps", "city"])
def test_what_cannot_be_set_is_refused(run, wrong: str) -> None:  # type: ignore[no-untyped-def]  # as above
    assert isinstance(run(wrong).exception, BadInput | SystemExit)

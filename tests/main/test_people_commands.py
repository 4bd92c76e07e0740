"""People, groups, groupings and tasks from the command line (B5, B15, B16, B17)."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from relance.adapters.store.engine import engine_for
from relance.adapters.store.schema import metadata
from relance.main.cli.root import cli

FOUND = "tenant add acme --name Acme --currency EUR --country FR --language fr --timezone Europe/Paris"
ITEMS = "customer_code,customer_name,number,issued_on,due_on,amount\nC1,One,F1,2026-01-01,2026-02-01,100\n"


@pytest.fixture
def say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """One command on the tenant acme, and its JSON."""
    monkeypatch.setenv("RELANCE_DATABASE", f"sqlite:///{tmp_path}/relance.db")
    monkeypatch.setenv("RELANCE_OUTBOX", str(tmp_path / "outbox"))
    monkeypatch.setenv("RELANCE_URL", "https://relance.example")
    engine = engine_for(f"sqlite:///{tmp_path}/relance.db")
    metadata.create_all(engine)
    engine.dispose()

    def run(*words: str) -> Any:
        done = CliRunner().invoke(cli, [*words, "--tenant", "acme", "--json"], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout)

    assert CliRunner().invoke(cli, [*FOUND.split(), "--collector", "ann@acme.example"]).exit_code == 0
    CliRunner().invoke(cli, ["tenant", "set", "acme", "sender=dun@acme.example"])
    (tmp_path / "items.csv").write_text(ITEMS + ITEMS.splitlines()[1].replace("C1,One,F1", "C2,Two,F2") + "\n")
    run("import", "items", str(tmp_path / "items.csv"))
    return run


def test_b16_b17_people_are_added_invited_changed_and_stood_in_for(say: Callable[..., Any], tmp_path: Path) -> None:
    say("user", "add", "boss@acme.example", "--name", "Boss", "--role", "administrator")
    say("user", "add", "ben@acme.example", "--name", "Ben", "--role", "collector")
    invited = say("user", "invite", "ben@acme.example")
    assert (invited["mailed"], invited["link"].startswith("https://relance.example/login/link/")) == (True, True)
    assert len(list((tmp_path / "outbox").glob("*.eml"))) == 1
    assert say("user", "set", "ben@acme.example", "--sees", "own")["user"]["sees"] == "own"
    assert say("user", "set", "ben@acme.example", "--sees", "default")["user"]["sees"] is None
    days = ("--from", "2030-01-01", "--until", "2030-01-03")
    say("user", "deputy", "ann@acme.example", "--to", "ben@acme.example", *days)
    [row] = say("user", "deputies")["rows"]
    assert (row["user_name"], row["deputy_name"], row["last_on"]) == ("Ann", "Ben", "2030-01-03")
    say("user", "end-deputy", "1")
    assert say("user", "deputies")["rows"] == []


def test_b5_b15_groups_alerts_groupings_and_tasks(say: Callable[..., Any]) -> None:
    assert say("customers", "together", "C1", "C2")["members"] == ["C2"]
    assert say("customers", "together", "C1", "C2")["already"] == ["C2"]
    assert say("day")["skipped"] == {"grouped": 1}
    assert [row["customer"] for row in say("customers", "groupings")["rows"]] == ["C2"]
    assert say("customers", "alone", "C2")["changed"] == 1
    say("groups", "add", "Key")
    say("groups", "rename", "Key", "Keys")
    assert [row["group"] for row in say("groups", "list")["rows"]] == ["Keys"]
    assert say("groups", "remove", "Keys")["customers"] == 0
    shown = say("alerts", "list")["rows"]
    assert (shown[0]["alert"], shown[1]["alert"]) == ("no-collection-contact", "Promesse non tenue")
    say("alerts", "add", "Both", "--search", "code in (C1, C2)", "--colour", "teal")
    assert say("alerts", "list")["rows"][-1] == {
        "alert": "Both",
        "customers": 2,
        "where": "code in (C1, C2)",
        "colour": "teal",
        "sign": "B",
    }
    assert say("alerts", "remove", "Both")["alert"] == "Both"
    for value in ("North", "South"):
        say("assign", "add", "--attribute", "group", "--value", value, "--all-customers")
    assert say("assign", "move", "2", "up")["order"] == [2, 1]
    say("assign", "change", "1", "--search", "code = C1")
    dry = say("assign", "run", "--dry-run")["assigned"]
    assert [(row["customer"], row["value"], row["task"]) for row in dry] == [
        ("C1", "South", 2),
        ("C2", "South", 2),
        ("C1", "North", 1),
    ]
    say("assign", "run")
    assert say("assign", "run", "--dry-run")["assigned"] == []
    kept = say("searches", "add", "First", "--search", "code = C1")["number"]
    assert say("searches", "add", "first", "--search", "code in (C1, C2)")["number"] == kept
    assert [(row["name"], row["count"]) for row in say("searches", "list")["rows"] if row["number"] == kept] == [
        ("first", 2)
    ]
    assert say("searches", "remove", "First")["number"] == kept
    assert "group-by-rule" in [row["name"] for row in say("assign", "assigners")["rows"]]
    told = ("--setting", "field=code", "--setting", "rules=C1 = East", "--setting", "rules=C2 = West")
    say("assign", "add", "--attribute", "group", "--assigner", "group-by-rule", *told, "--all-customers")
    say("assign", "change", "3", "--setting", "otherwise=Rest")
    row = say("assign", "list")["rows"][-1]
    assert row["settings"] == {"field": "code", "rules": {"C1": "East", "C2": "West"}, "otherwise": "Rest"}
    dry = say("assign", "run", "--dry-run")["assigned"]
    assert [(row["value"], row["detail"]) for row in dry] == [("East", "code = C1"), ("West", "code = C2")]

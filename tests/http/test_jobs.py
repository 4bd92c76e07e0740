"""An administrator sees background work, and has what is parked tried again: on the page, by the API, by a command."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from relance.core.tenancy.jobs import NewJob
from relance.core.tenancy.users import Actor
from relance.main.cli.root import cli
from relance.main.container import House
from tests.http.conftest import Visitor


@pytest.fixture
def parked(house: House, system: Actor) -> int:
    queue = house.job_queue()
    with house.work()(system.tenant) as unit:
        unit.jobs.add(NewJob(kind="source", key="source <erp>", by="Lucie"))
    for _ in range(3):
        with house.engine().begin() as connection:
            connection.exec_driver_sql("update jobs set due_at = 0")
        queue.fail(queue.claim(system.tenant, ["source"], "one"), "bad-input: no such folder")
    with house.work().reading(system.tenant) as unit:
        return unit.jobs.all()[0].job


def test_what_is_parked_is_shown_and_tried_again(lucie: Visitor, parked: int) -> None:
    page = lucie.get("/t/acme/settings/jobs").text
    assert "&lt;erp&gt;" in page and "<erp>" not in page
    assert "bad-input: no such folder" in page and "parked" in page
    answer = lucie.post(f"/t/acme/settings/jobs/{parked}/retry")
    assert answer.status_code == 303
    again = lucie.post(f"/t/acme/settings/jobs/{parked}/retry")
    assert again.status_code == 409 and "not parked any more" in again.text


def test_only_an_administrator_sees_background_work(viewer: Visitor, parked: int) -> None:
    assert viewer.get("/t/acme/settings/jobs").status_code == 403
    assert viewer.post(f"/t/acme/settings/jobs/{parked}/retry").status_code == 403


def test_nothing_is_said_to_wait_where_nothing_waits(lucie: Visitor) -> None:
    assert "Nothing waits, nothing is parked" in lucie.get("/t/acme/settings/jobs").text


def test_commands_list_and_retry_it(house: House, parked: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RELANCE_DATABASE", house.environment().database)
    run = CliRunner()
    listed = run.invoke(cli, ["jobs", "list", "--tenant", "acme", "--json"])
    row = json.loads(listed.output)["rows"][0]
    assert (row["job"], row["state"], row["reason"]) == (parked, "parked", "bad-input: no such folder")
    everywhere = json.loads(run.invoke(cli, ["jobs", "list", "--all-tenants", "--jsonl"]).output)
    assert (everywhere["tenant"], everywhere["key"]) == ("acme", "source <erp>")
    done = run.invoke(cli, ["jobs", "retry", str(parked), "--tenant", "acme"])
    assert "is tried again" in done.output
    assert json.loads(run.invoke(cli, ["jobs", "list", "--installation", "--json"]).output) == {"rows": []}
    assert run.invoke(cli, ["jobs", "list"]).exit_code != 0

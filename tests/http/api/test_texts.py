"""Message texts over the API and from the command line."""

import json

import pytest
from click.testing import CliRunner
from litestar import Litestar
from litestar.testing import TestClient

from relance.main.cli import common
from relance.main.cli import templates as command
from relance.main.container import House
from tests.http.api.conftest import KeyMaker

WORDS = {"subject": "Muistutus {{ customer.code }}", "body": "Hei\n\n[items]\n"}
HERE = "/api/v1/templates/first-reminder/fi"


def test_a_text_is_drafted_previewed_and_published(api: TestClient[Litestar], key: KeyMaker) -> None:
    mine = key("settings")
    seen = api.get("/api/v1/templates", headers=mine).json()
    assert seen["supplied"] == 0 and {row["version"] for row in seen["rows"]} == {1}
    refused = api.post(f"{HERE}/draft", json=WORDS | {"body": "{{ iban }}"}, headers=mine)
    assert refused.status_code == 422 and "line 1: 'iban' is not known" in refused.json()["detail"]
    etag = api.post(f"{HERE}/draft", json=WORDS, headers=mine).json()["etag"]
    assert api.get(HERE, headers=mine).headers["etag"] == f'"{etag}"'
    late = api.post(f"{HERE}/draft", json=WORDS | {"body": "x"}, headers=mine | {"if-match": '"old"'})
    assert late.status_code == 409
    said = api.post(f"{HERE}/preview", json={}, headers=mine).json()
    assert said["subject"] == "Muistutus C10077" and "F-1042" in said["text"]
    assert api.post(f"{HERE}/publish", json={}, headers=mine).json()["version"] == 1
    assert api.post(f"{HERE}/restore", json={"version": 1}, headers=mine).status_code == 201
    assert api.delete(f"{HERE}/draft", headers=mine).status_code == 204
    shown = api.get(HERE, headers=mine).json()
    assert shown["published"] == WORDS and shown["draft"] is None
    assert api.post("/api/v1/templates/supply", json={}, headers=mine).json() == {"added": 0}
    assert api.get("/api/v1/templates", headers=key("read")).status_code == 403


def test_the_command_line_lists_shows_checks_and_previews(
    api: TestClient[Litestar], key: KeyMaker, house: House, monkeypatch: pytest.MonkeyPatch, tmp_path
) -> None:
    monkeypatch.setattr(common, "assembled", lambda: house)
    run = CliRunner().invoke

    def said(*words: str) -> str:
        return run(command.templates_command, [words[0], "--tenant", "acme", *words[1:]]).output

    assert len(json.loads(said("list", "--json"))["rows"]) % 15 == 0
    assert said("show", "first-reminder", "--language", "de").startswith("Zahlungserinnerung: {{ total }}")
    assert "F-1042" in said("preview", "first-reminder", "--language", "ja")
    assert "nothing is written" not in said("check")
    wrong = tmp_path / "mine.txt"
    wrong.write_text("Subject\n\n[itmes]\n")
    checked = run(command.templates_command, ["check", "--tenant", "acme", str(wrong)])
    assert checked.exit_code == 2 and "body, line 2: [itmes] is not a block" in checked.output
    assert said("supply") == "0 added\n"

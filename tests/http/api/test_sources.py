"""Sources over the API: set up, tested and run by a program; the secret never comes back."""

from pathlib import Path

import pytest
from dependency_injector import providers
from litestar import Litestar
from litestar.testing import TestClient

from relance.adapters.intake.fetchers import FetcherShelf
from relance.main.container import House
from relance.plugins.importers.api_pull import ApiPull
from relance.plugins.importers.folder import Folder
from tests.http.api.conftest import KeyMaker

ROWS = "customer_code,customer_name,number,issued_on,due_on,amount\nC1,X,I1,2026-01-01,2026-02-01,10.00\n"


@pytest.fixture
def inbox(house: House, tmp_path: Path) -> Path:
    folder = tmp_path / "inbox/acme"
    folder.mkdir(parents=True)
    house.fetchers.override(providers.Object(FetcherShelf([Folder(str(folder.parent)), ApiPull()])))
    house.source_runner.add_kwargs(settle_seconds=0)
    return folder


def test_a_source_is_set_up_tested_and_run(api: TestClient[Litestar], key: KeyMaker, inbox: Path) -> None:
    mine = key("import")
    made = api.post("/api/v1/sources", json={"name": "erp", "way": "folder", "times": ["06:00"]}, headers=mine)
    assert (made.status_code, made.json()["times"]) == (201, ["06:00"])
    again = api.post("/api/v1/sources", json={"name": "erp", "way": "folder"}, headers=mine)
    assert again.status_code == 409
    (inbox / "items.csv").write_text(ROWS)
    tested = api.post("/api/v1/sources/erp/test", json={}, headers=mine).json()
    assert (tested["works"], tested["files"][0]["name"]) == (True, "items.csv")
    run = api.post("/api/v1/sources/erp/run", json={}, headers=mine).json()
    assert (run["state"], run["imports"]) == ("done", [1])
    changed = api.patch("/api/v1/sources/erp", json={"pattern": "*.csv", "enabled": False}, headers=mine).json()
    assert (changed["pattern"], changed["enabled"], changed["times"]) == ("*.csv", False, ["06:00"])
    [row] = api.get("/api/v1/sources", headers=mine).json()["rows"]
    assert (row["last_run"]["state"], row["next_run_at"], row["stale"]) == ("done", None, False)


def test_a_secret_goes_in_and_never_comes_out(api: TestClient[Litestar], key: KeyMaker, inbox: Path) -> None:
    settings = {"url": "https://erp.example.com/items", "auth": "bearer"}
    body = {"name": "erp", "way": "api", "settings": settings, "secret": "t0ken-of-theirs"}
    made = api.post("/api/v1/sources", json=body, headers=key())
    assert made.json()["has_secret"]
    listed = api.get("/api/v1/sources", headers=key())
    assert "t0ken-of-theirs" not in made.text + listed.text
    elsewhere = {"settings": settings | {"url": "https://attacker.example/items"}}
    assert api.patch("/api/v1/sources/erp", json=elsewhere, headers=key()).status_code == 422


@pytest.mark.parametrize(
    "body",
    [
        {"name": "erp", "way": "nothing"},
        {"name": "../erp"},
        {"name": "erp", "way": "folder", "pattern": "../*"},
        {"name": "erp", "way": "folder", "folder": "../globex"},
        {"name": "erp", "way": "folder", "times": ["6:00"]},
        {"name": "erp", "way": "folder", "settings": {"host": "x"}},
        {"name": "erp", "times": ["06:00"]},
        {"name": "erp", "profile": "none"},
        {"name": "erp", "tenant_id": 2},
    ],
)
def test_what_cannot_be_is_refused(
    api: TestClient[Litestar], key: KeyMaker, inbox: Path, body: dict[str, object]
) -> None:
    assert api.post("/api/v1/sources", json=body, headers=key()).status_code in {400, 422}


def test_a_key_without_the_scope_sees_nothing(api: TestClient[Litestar], key: KeyMaker, inbox: Path) -> None:
    assert api.get("/api/v1/sources", headers=key("read")).status_code == 403
    assert api.post("/api/v1/sources/erp/run", json={}, headers=key("read")).status_code == 403

"""The pages of sources: set up, test, accept a key, run, and what is never shown."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from dependency_injector import providers

from relance.adapters.intake.fetchers import FetcherShelf
from relance.core.tenancy.users import Actor
from relance.main.container import House
from relance.plugins.importers.folder import Folder
from relance.plugins.importers.sftp import Sftp
from tests.http.conftest import Visitor
from tests.servers.sftp import PASSWORD, SftpPlace

POLLS = 'hx-trigger="every 2s"'
ROWS = "customer_code,customer_name,number,issued_on,due_on,amount\nC1,X,I1,2026-01-01,2026-02-01,10.00\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SftpPlace]:
    place = SftpPlace(tmp_path_factory.mktemp("sftp"))
    (place.folder / "out").mkdir()
    yield place
    place.end()


@pytest.fixture
def inbox(house: House, tmp_path: Path) -> Path:
    """The inbox of the tenant, and fetchers that do not wait."""
    folder = tmp_path / "inbox/acme"
    folder.mkdir(parents=True)
    house.fetchers.override(providers.Object(FetcherShelf([Sftp(), Folder(str(folder.parent))])))
    house.source_runner.add_kwargs(settle_seconds=0)
    return folder


def form(**more: object) -> dict[str, object]:
    given = {
        "name": "erp",
        "kind": "items",
        "mode": "stock",
        "pattern": "items_*.csv",
        "times": "6:00",
        "enabled": "on",
    }
    return given | {"day": ["0", "1"], "folder": "out", "archive-folder": "done"} | more


def fetched(visitor: Visitor, place: str) -> str:
    """Its page, once the attempt that was asked for has ended."""
    assert visitor.post(f"{place}/run").status_code == 303
    for _ in range(200):
        page = visitor.get(place).text
        if POLLS not in page:
            return page
        time.sleep(0.05)
    raise AssertionError("still running")


def test_without_a_source_the_page_says_what_to_do(lucie: Visitor, inbox: Path) -> None:
    page = lucie.get("/t/acme/sources").text
    assert "No source yet" in page and "/t/acme/sources/new" in page
    assert "/t/acme/sources/new?way=sftp" in lucie.get("/t/acme/sources/new").text


def test_a_source_is_set_up_tested_and_run(lucie: Visitor, inbox: Path, server: SftpPlace) -> None:
    settings = {f"setting.{name}": value for name, value in server.settings.items()}
    given = form(way="sftp", secret=PASSWORD, **settings) | {"setting-name": list(server.settings)}
    answer = lucie.post("/t/acme/sources/new", **given)
    assert answer.status_code == 303, answer.text
    place = answer.headers["location"].partition("?")[0]
    page = lucie.get(place).text
    assert PASSWORD not in page and "One is kept, sealed" in page and 'value="06:00"' in page
    tested = lucie.post(f"{place}/test").text
    assert "Nobody has accepted" in tested and server.fingerprint in tested
    assert "The connection works" in lucie.post(f"{place}/test", trust=server.fingerprint).text
    (server.folder / "out/items_1.csv").write_text(ROWS)
    page = fetched(lucie, place)
    assert ">Imported<" in page and '/t/acme/imports/1"' in page
    listed = lucie.get("/t/acme/sources").text
    assert "import 1" in listed and "Stale" not in listed
    kept = lucie.post(place, **form(**settings) | {"setting-name": list(server.settings), "times": "25:00"})
    assert kept.status_code == 422 and "25:00" in kept.text
    assert (
        lucie.post(place, **form(**settings, kind="items") | {"setting-name": list(server.settings)}).status_code == 303
    )
    assert lucie.post(f"{place}/remove").status_code == 303
    assert lucie.get(place).status_code == 404


def test_a_source_in_trouble_stands_above_the_agenda(lucie: Visitor, inbox: Path) -> None:
    answer = lucie.post("/t/acme/sources/new", **form(way="folder"))
    place = answer.headers["location"].partition("?")[0]
    fetched(lucie, place)
    page = lucie.get("/t/acme/agenda").text
    assert f'href="{place}"' in page and "The connection did not work." in page
    (inbox / "out").mkdir()
    fetched(lucie, place)
    assert place not in lucie.get("/t/acme/agenda").text


def test_a_folder_of_the_inbox_needs_no_secret(lucie: Visitor, inbox: Path) -> None:
    (inbox / "out").mkdir()
    (inbox / "out/items_1.csv").write_text(ROWS)
    answer = lucie.post("/t/acme/sources/new", **form(way="folder"))
    place = answer.headers["location"].partition("?")[0]
    assert "1 file can be taken" in lucie.post(f"{place}/test").text
    fetched(lucie, place)
    assert (inbox / "done/items_1.csv").is_file()


def test_a_slow_attempt_goes_on_beside_the_page_and_a_second_one_waits(
    lucie: Visitor, inbox: Path, house: House
) -> None:
    house.source_runner.add_kwargs(settle_seconds=3)
    (inbox / "out").mkdir()
    (inbox / "out/items_1.csv").write_text(ROWS)
    place = lucie.post("/t/acme/sources/new", **form(way="folder")).headers["location"].partition("?")[0]
    assert lucie.post(f"{place}/run").headers["location"].endswith("?done=fetching")
    again = lucie.post(f"{place}/run")
    assert again.status_code == 422 and "being fetched at the moment" in again.text
    assert POLLS in lucie.get(place).text and POLLS in lucie.get("/t/acme/sources").text
    house.background().close()
    page = lucie.get(place).text
    assert ">Imported<" in page and POLLS not in page


def test_a_source_that_came_by_an_import_can_be_set_up(
    lucie: Visitor, inbox: Path, house: House, collected: Actor
) -> None:
    page = lucie.get("/t/acme/sources").text
    assert "Set up" in page
    name = house.list_sources()(collected)[0].plan.name
    answer = lucie.post("/t/acme/sources/new", **form(way="folder", name=name))
    assert answer.status_code == 303, answer.text
    assert lucie.post("/t/acme/sources/new", **form(way="folder", name=name)).status_code == 422


def test_who_may_not_import_sees_no_source(viewer: Visitor, inbox: Path) -> None:
    assert viewer.get("/t/acme/sources").status_code == 403
    assert viewer.post("/t/acme/sources/new", **form(way="folder")).status_code == 403

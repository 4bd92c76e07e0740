"""Sources over FTPS and FTP, against a real server."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from relance.core.intake.sources import SourcePlan
from relance.core.kernel.identifiers import TenantId
from relance.plugins.importers.ftps import Ftp, Ftps
from tests.servers.ftp import PASSWORD, FtpPlace
from tests.usecases.intake.fetching import EVERY_DAY, FetchingDesk
from tests.usecases.intake.kit import HEADER, Desk, invoices

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


@pytest.fixture(scope="module", params=["asked", "at-once"])
def secured(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FtpPlace]:
    place = FtpPlace(tmp_path_factory.mktemp("ftps"), request.param)
    yield place
    place.end()


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FtpPlace]:
    place = FtpPlace(tmp_path_factory.mktemp("ftp"))
    yield place
    place.end()


@pytest.fixture
def fetching(engine: Engine, tenant: TenantId, tmp_path: Path) -> FetchingDesk:
    return FetchingDesk(Desk(engine, tenant, tmp_path), Ftps(), Ftp())


def plan(place: FtpPlace) -> SourcePlan:
    return SourcePlan(
        name="erp",
        way="ftps" if place.tls else "ftp",
        settings=place.settings,
        folder="/out",
        pattern="items_*.csv",
        archive_folder="/done",
        schedule=EVERY_DAY,
    )


def drop(place: FtpPlace, name: str, count: int = 20, at: int = 1_000_000) -> None:
    (place.folder / "out").mkdir(exist_ok=True)
    file = place.folder / "out" / name
    file.write_text("\n".join((HEADER, *invoices(count))) + "\n")
    os.utime(file, (at, at))


def empty(place: FtpPlace) -> None:
    shutil.rmtree(place.folder)
    place.folder.mkdir()


def test_a_certificate_of_nobody_is_refused_until_it_is_pinned(fetching: FetchingDesk, secured: FtpPlace) -> None:
    empty(secured)
    drop(secured, "items_1.csv")
    fetching.save(plan(secured), PASSWORD)
    refused = fetching.test()
    assert (refused.works, refused.code) == (False, "unknown-host")
    assert fetching.fetch().code == "unknown-host"
    assert fetching.desk.sum().count == 0
    tested = fetching.test(refused.fingerprint)
    assert (tested.works, [file.name for file in tested.files]) == (True, ["items_1.csv"])
    assert fetching.fetch().state == "done"
    assert fetching.desk.sum().count == 20
    assert (secured.folder / "done/items_1.csv").is_file()


def test_another_certificate_is_an_error_and_nothing_is_read(fetching: FetchingDesk, secured: FtpPlace) -> None:
    empty(secured)
    drop(secured, "items_1.csv")
    fetching.save(plan(secured), PASSWORD)
    assert fetching.test(fetching.test().fingerprint).works
    secured.another_certificate()
    assert fetching.fetch().code == "host-changed"
    assert fetching.desk.sum().count == 0
    assert (secured.folder / "out/items_1.csv").is_file()


def test_a_server_without_tls_gets_no_password_over_ftps(fetching: FetchingDesk, plain: FtpPlace) -> None:
    fetching.save(plan(plain), PASSWORD, way="ftps")
    assert fetching.test().code == "source-unreachable"


def test_plain_ftp_works_the_same(fetching: FetchingDesk, plain: FtpPlace) -> None:
    empty(plain)
    drop(plain, "items_2.csv", 30, at=2_000_000)
    fetching.save(plan(plain), PASSWORD)
    assert fetching.fetch().state == "done"
    drop(plain, "items_1.csv", 20, at=1_000_000)
    assert fetching.fetch().code == "older-than-last"
    drop(plain, "items_2.csv", 31, at=2_000_600)
    assert fetching.fetch().state == "done"
    assert sorted(path.name for path in (plain.folder / "done").iterdir()) == ["items_2-2.csv", "items_2.csv"]
    fetching.save(plan(plain), "wrong")
    assert "refuses" in fetching.test().message

"""Sources over SFTP, against a real server: pinned keys, whole files, no file twice, nothing moved too early (S3.5)."""

import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import asyncssh
import pytest
from sqlalchemy import Engine

from relance.core.intake.sources import SourceBusy, SourcePlan
from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import TenantId
from relance.plugins.importers.sftp import Sftp
from relance.ports.failpoints import FailpointError, arm
from tests.servers.sftp import PASSWORD, SftpPlace
from tests.usecases.intake.fetching import EVERY_DAY, FetchingDesk
from tests.usecases.intake.kit import HEADER, Desk, invoices


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SftpPlace]:
    place = SftpPlace(tmp_path_factory.mktemp("sftp"))
    yield place
    place.end()


@pytest.fixture
def place(server: SftpPlace) -> SftpPlace:
    """The server with an empty folder and no faults."""
    shutil.rmtree(server.folder)
    (server.folder / "out").mkdir(parents=True)
    server.cut_at, server.bytes_read, server.no_renames = -1, 0, False
    return server


@pytest.fixture
def fetching(engine: Engine, tenant: TenantId, tmp_path: Path, place: SftpPlace) -> FetchingDesk:
    """A source whose host was accepted; the tests of one database are enough for what happens on the wire."""
    desk = FetchingDesk(Desk(engine, tenant, tmp_path), Sftp())
    desk.save(plan(place), PASSWORD)
    assert desk.test(place.fingerprint).works
    place.bytes_read = 0
    return desk


def plan(place: SftpPlace) -> SourcePlan:
    return SourcePlan(
        name="erp",
        way="sftp",
        settings=place.settings,
        folder="out",
        pattern="items_*.csv",
        archive_folder="done",
        schedule=EVERY_DAY,
    )


def drop(place: SftpPlace, name: str, count: int = 20, at: int = 1_000_000, first: int = 1) -> Path:
    file = place.folder / "out" / name
    file.write_text("\n".join((HEADER, *invoices(count, first=first))) + "\n")
    os.utime(file, (at, at))
    return file


one_database = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


@one_database
def test_a_host_that_nobody_accepted_gets_neither_name_nor_password(
    engine: Engine, tenant: TenantId, tmp_path: Path, place: SftpPlace
) -> None:
    desk, before = FetchingDesk(Desk(engine, tenant, tmp_path), Sftp()), place.log_ins
    desk.save(plan(place), PASSWORD)
    answer = desk.test()
    assert (answer.works, answer.code, answer.fingerprint) == (False, "unknown-host", place.fingerprint)
    assert desk.fetch().code == "unknown-host"
    assert not desk.test("SHA256:another").works
    assert place.log_ins == before
    assert desk.test(place.fingerprint).works


@pytest.mark.parametrize("algorithm", ["ssh-ed25519", "ecdsa-sha2-nistp256"])
@one_database
def test_a_host_whose_key_changed_is_not_read(fetching: FetchingDesk, place: SftpPlace, algorithm: str) -> None:
    drop(place, "items_1.csv")
    before = place.log_ins
    place.another_key(algorithm)
    run = fetching.fetch()
    assert (run.state, run.code, place.bytes_read, place.log_ins) == ("failed", "host-changed", 0, before)
    assert place.fingerprint in run.message
    assert fetching.desk.sum().count == 0


def test_a_file_is_imported_once_and_put_away_after_the_commit(fetching: FetchingDesk, place: SftpPlace) -> None:
    drop(place, "items_1.csv")
    run = fetching.fetch()
    assert (run.state, run.files, run.message) == ("done", 1, "")
    assert fetching.desk.sum().count == 20
    assert [path.name for path in place.folder.glob("*/*")] == ["items_1.csv"]
    assert (place.folder / "done/items_1.csv").is_file()
    assert fetching.fetch().state == "nothing-new"
    assert fetching.source().last_run.state == "nothing-new"


@one_database
def test_a_connection_cut_at_half_imports_nothing_and_the_next_poll_succeeds(
    fetching: FetchingDesk, place: SftpPlace
) -> None:
    size = drop(place, "items_1.csv", 5000).stat().st_size
    place.cut_at = size // 2
    fetching.later(days=1)
    [run] = fetching.poll()
    assert (run.state, run.code) == ("failed", "source-unreachable")
    assert fetching.desk.select("select count(*) from imports") == [(0,)]
    assert (place.folder / "out/items_1.csv").is_file()
    place.cut_at = -1
    assert fetching.poll() == []
    fetching.later(minutes=5)
    [run] = fetching.poll()
    assert (run.state, fetching.desk.sum().count) == ("done", 5000)
    fetching.later(minutes=10)
    assert fetching.poll() == []


@one_database
def test_a_growing_file_waits(fetching: FetchingDesk, place: SftpPlace) -> None:
    drop(place, "items_1.csv")
    growing = drop(place, "items_2.csv", at=1_000_100)
    seen = []

    async def grow_between_the_looks(seconds: float) -> None:
        seen.append(seconds)
        growing.write_text(growing.read_text() + "C1,X,INV-9,2026-01-01,2026-02-01,5.00\n")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("relance.usecases.intake.source_visit.asyncio.sleep", grow_between_the_looks)
        run = fetching.fetch()
    assert (run.state, run.code, run.files) == ("waiting", "still-written", 1)
    assert fetching.source().next_run_at == fetching.desk.clock.moment.replace(minute=5)
    assert fetching.fetch().files == 1
    assert fetching.desk.sum().count == 21


@one_database
def test_a_file_older_than_the_last_one_is_refused_once(fetching: FetchingDesk, place: SftpPlace) -> None:
    drop(place, "items_2.csv", 30, at=2_000_000)
    assert fetching.fetch().state == "done"
    drop(place, "items_1.csv", 20, at=1_000_000)
    run = fetching.fetch()
    assert (run.state, run.code) == ("refused", "older-than-last")
    assert fetching.fetch().state == "nothing-new"
    assert fetching.desk.sum().count == 30


@one_database
def test_the_content_of_an_old_file_is_refused_under_a_new_name(fetching: FetchingDesk, place: SftpPlace) -> None:
    for number, count in enumerate((20, 22), 1):
        drop(place, f"items_{number}.csv", count, at=1_000_000 + number)
        assert fetching.fetch().state == "done"
    drop(place, "items_3.csv", 20, at=1_000_003)
    run = fetching.fetch()
    assert (run.state, run.code, fetching.desk.sum().count) == ("refused", "same-content", 22)


@one_database
def test_the_last_content_again_is_a_quiet_day(fetching: FetchingDesk, place: SftpPlace) -> None:
    drop(place, "items_1.csv")
    fetching.fetch()
    fetching.later(days=1)
    drop(place, "items_2.csv", at=1_000_001)
    assert fetching.fetch().state == "done"
    assert fetching.source().last_good_at == fetching.desk.clock.moment


@one_database
def test_an_empty_file_is_refused_and_stays(fetching: FetchingDesk, place: SftpPlace) -> None:
    (place.folder / "out/items_1.csv").write_bytes(b"")
    run = fetching.fetch()
    assert (run.state, run.code) == ("refused", "empty-file")
    assert (place.folder / "out/items_1.csv").is_file()


@one_database
def test_several_files_are_imported_in_the_order_of_their_dates(fetching: FetchingDesk, place: SftpPlace) -> None:
    fetching.save(plan(place), pattern="items_%Y%m%d.csv")
    drop(place, "items_20260303.csv", 22, at=1_000_000)
    drop(place, "items_20260302.csv", 21, at=1_000_001)
    drop(place, "items_20260301.csv", 20, at=1_000_002)
    drop(place, "items_20261399.csv", 19, at=1_000_003)
    run = fetching.fetch()
    assert (run.state, run.files) == ("done", 3)
    names = fetching.desk.select("select file_name from imports order by import_id")
    assert [name for (name,) in names] == ["items_20260301.csv", "items_20260302.csv", "items_20260303.csv"]
    assert fetching.desk.sum().count == 22


@one_database
def test_a_file_that_cannot_be_put_away_is_not_imported_again(fetching: FetchingDesk, place: SftpPlace) -> None:
    place.no_renames = True
    drop(place, "items_1.csv")
    run = fetching.fetch()
    assert (run.state, run.code) == ("done", "not-put-away")
    place.no_renames = False
    assert fetching.fetch().state == "nothing-new"
    assert (place.folder / "done/items_1.csv").is_file()
    assert fetching.desk.select("select count(*) from imports") == [(1,)]


@one_database
def test_names_outside_the_pattern_links_and_folders_are_left_alone(fetching: FetchingDesk, place: SftpPlace) -> None:
    (place.folder / "secret.csv").write_text("x")
    (place.folder / "out/items_link.csv").symlink_to(place.folder / "secret.csv")
    (place.folder / "out/items_folder.csv").mkdir()
    drop(place, "other_1.csv")
    assert fetching.fetch().state == "nothing-new"
    assert place.bytes_read == 0


@one_database
def test_a_marker_says_that_a_file_is_complete(fetching: FetchingDesk, place: SftpPlace) -> None:
    fetching.save(plan(place), settings=place.settings | {"done-marker": ".done"})
    drop(place, "items_1.csv")
    assert fetching.fetch().state == "waiting"
    (place.folder / "out/items_1.csv.done").touch()
    assert fetching.fetch().state == "done"
    assert sorted(path.name for path in (place.folder / "done").iterdir()) == ["items_1.csv", "items_1.csv.done"]


@one_database
def test_what_the_guard_holds_stays_until_a_person_decides(fetching: FetchingDesk, place: SftpPlace) -> None:
    drop(place, "items_1.csv", 40)
    fetching.fetch()
    drop(place, "items_2.csv", 10, at=1_000_001)
    fetching.later(days=1)
    [run] = fetching.poll()
    assert (run.state, run.code) == ("held", "would-settle-too-much")
    assert (place.folder / "out/items_2.csv").is_file()
    fetching.later(days=1)
    [run] = fetching.poll()
    assert run.state == "nothing-new"
    assert fetching.fetch(override=True).state == "done"
    assert fetching.desk.sum().count == 10


def test_a_due_source_is_fetched_by_one_worker_only(fetching: FetchingDesk, place: SftpPlace) -> None:
    drop(place, "items_1.csv")
    assert fetching.poll() == []
    fetching.later(days=1)
    with ThreadPoolExecutor(4) as workers:
        runs = [run for answer in workers.map(lambda _: fetching.poll(), range(4)) for run in answer]
    assert [run.state for run in runs] == ["done"]
    assert fetching.desk.select("select count(*) from imports") == [(1,)]


@one_database
def test_a_secret_is_kept_sealed_and_goes_to_no_other_host(fetching: FetchingDesk, place: SftpPlace) -> None:
    kept = str(fetching.desk.select("select * from source_plans")) + str(fetching.desk.select("select * from audit"))
    assert PASSWORD not in kept
    with pytest.raises(BadInput, match="enter it again"):
        fetching.save(plan(place), settings=place.settings | {"host": "attacker.example"})
    moved = fetching.save(plan(place), PASSWORD, settings=place.settings | {"host": "localhost"})
    assert (moved.plan.has_secret, moved.plan.fingerprint) == (True, "")


@one_database
def test_a_wrong_password_is_said(fetching: FetchingDesk, place: SftpPlace) -> None:
    fetching.save(plan(place), "wrong")
    assert "refuses" in fetching.test().message
    place.stop()
    assert fetching.test().code == "source-unreachable"
    place.start()


@one_database
def test_a_scheduled_source_goes_stale_after_two_working_days(fetching: FetchingDesk, place: SftpPlace) -> None:
    drop(place, "items_1.csv")
    assert fetching.source().stale
    fetching.fetch()
    for days, stale in ((1, False), (1, False), (1, True)):  # a Monday, then three days later
        fetching.later(days=days)
        assert fetching.source().stale is stale
    fetching.save(plan(place), freshness_days=3)
    assert not fetching.source().stale
    assert fetching.desk.select("select scheduled, freshness_days from sources") == [(1, 3)]
    fetching.save(plan(place), enabled=False)
    assert fetching.desk.select("select scheduled from sources") == [(0,)]
    assert fetching.source().next_run_at is None


@one_database
def test_a_private_key_opens_the_door_too(fetching: FetchingDesk, place: SftpPlace) -> None:
    mine = asyncssh.generate_private_key("ssh-ed25519")
    place.welcome = mine.export_public_key().decode()
    fetching.save(plan(place), mine.export_private_key().decode())
    assert fetching.test().works
    fetching.save(plan(place), "-----BEGIN OPENSSH PRIVATE KEY-----\ntorn")
    assert fetching.test().code == "bad-input"


@one_database
def test_a_folder_with_too_many_entries_is_refused(
    fetching: FetchingDesk, place: SftpPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("relance.plugins.importers.sftp_sessions.MOST_ENTRIES", 10)
    for number in range(12):
        drop(place, f"items_{number}.csv", 1)
    assert fetching.fetch().code == "source-too-large"


@one_database
def test_a_host_that_falls_silent_is_left(
    fetching: FetchingDesk, place: SftpPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("relance.plugins.importers.sftp_sessions.SECONDS_OF_SILENCE", 0.2)
    place.silent = True
    drop(place, "items_1.csv")
    assert fetching.fetch().code == "source-unreachable"
    place.silent = False
    assert fetching.fetch().state == "done"


@pytest.mark.parametrize("where", ["source.fetched", "source.imported", "import.before_commit", "import.committed"])
@pytest.mark.parametrize("mode", ["stock", "delta"])
@one_database
def test_wherever_an_attempt_breaks_the_next_one_ends_the_same(
    fetching: FetchingDesk, place: SftpPlace, where: str, mode: str
) -> None:
    fetching.save(plan(place), mode=mode)
    drop(place, "items_1.csv")
    arm(f"{where}=error")
    try:
        with pytest.raises(FailpointError):
            fetching.fetch()
    finally:
        arm("")
    assert (place.folder / "out/items_1.csv").is_file()
    assert fetching.source().last_run.state == "failed"
    assert fetching.fetch().state == "done"
    assert fetching.desk.sum().count == 20
    assert fetching.desk.select("select count(*) from items") == [(20,)]
    assert (place.folder / "done/items_1.csv").is_file()


@one_database
def test_an_attempt_whose_process_died_is_made_again(fetching: FetchingDesk, place: SftpPlace) -> None:
    drop(place, "items_1.csv")
    with fetching.desk.work(fetching.desk.tenant) as unit:
        state, now = unit.sources.state("erp"), fetching.desk.clock.moment
        assert unit.sources.claim(state.source, now, now + timedelta(hours=1), only_due=False)
        unit.sources.begin(state.source, "worker", now)
    with pytest.raises(SourceBusy):
        fetching.fetch()
    fetching.later(days=1)
    assert [run.state for run in fetching.poll()] == ["done"]
    assert fetching.desk.select("select state, code from source_runs order by run_id") == [
        ("failed", "worker-gone"),
        ("done", ""),
    ]

"""Names, times and orders of what is fetched."""

from datetime import UTC, datetime

import pytest

from relance.core.intake.arrivals import RemoteFile, TakenFile, arrivals, is_replay
from relance.core.intake.patterns import checked_pattern
from relance.core.intake.schedule import Schedule, checked_schedule, next_time, next_try
from relance.core.intake.sources import SourcePlan, checked_plan
from relance.core.kernel.errors import BadInput

ANY = checked_pattern("*")


@pytest.mark.parametrize(
    ("pattern", "name", "fits"),
    [
        ("items_*.txt", "items_2026.txt", True),
        ("items_*.txt", "ITEMS_2026.TXT", True),
        ("items_*.txt", "items_2026.txt.part", False),
        ("items_*.txt", "items_../x.txt", False),
        ("items_*.txt", "items_\\x.txt", False),
        ("items_*.txt", "items_\n.txt", False),
        ("*", ".items.txt", False),
        ("*", "..", False),
        ("*", "", False),
        ("items?.csv", "items1.csv", True),
        ("items?.csv", "items12.csv", False),
        ("items+(1).csv", "items+(1).csv", True),
        ("items_%Y%m%d.csv", "items_20260228.csv", True),
        ("items_%Y%m%d.csv", "items_20260230.csv", False),
        ("items_%d.%m.%y-*.csv", "items_28.02.26-b.csv", True),
        ("*a*a*a*a*a*x", "a" * 250, False),
        ("*a*b*.csv", "xaxbx.csv", True),
    ],
)
def test_a_pattern_lets_only_plain_fitting_names_through(pattern: str, name: str, fits: bool) -> None:
    assert checked_pattern(pattern).matches(name) is fits


@pytest.mark.parametrize(
    "pattern", ["", "a/b", "..\\b", ".hidden", "*******", "items_%q", "items_%", "items_%Y", "items_%Y%m%d%Y", "a\nb"]
)
def test_a_pattern_that_cannot_be_is_refused(pattern: str) -> None:
    with pytest.raises(BadInput):
        checked_pattern(pattern)


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ("2026-11-23T04:00+00:00", "2026-11-23T05:00+00:00"),
        ("2026-11-23T05:00+00:00", "2026-11-23T11:30+00:00"),
        ("2026-11-23T11:30+00:00", "2026-11-24T05:00+00:00"),
        ("2026-11-27T12:00+00:00", "2026-11-30T05:00+00:00"),
        ("2026-06-01T00:00+00:00", "2026-06-01T04:00+00:00"),
    ],
)
def test_the_next_time_is_in_the_tenants_zone_on_its_days(after: str, expected: str) -> None:
    schedule = checked_schedule(("12:30", "06:00", "06:00"), (0, 1, 2, 3, 4))
    assert next_time(schedule, "Europe/Paris", datetime.fromisoformat(after)) == datetime.fromisoformat(expected)


def test_a_time_that_the_clocks_jump_over_comes_once_a_day_all_the_same() -> None:
    at, seen = datetime(2026, 3, 28, 12, tzinfo=UTC), []
    for _ in range(3):
        found = next_time(Schedule(("02:30",)), "Europe/Paris", at)
        assert found is not None
        seen.append((found.date().isoformat(), found.hour))
        at = found
    assert seen == [("2026-03-29", 1), ("2026-03-30", 0), ("2026-03-31", 0)]


@pytest.mark.parametrize(("failures", "minutes"), [(0, 600), (1, 5), (2, 15), (3, 60), (9, 60)])
def test_failures_are_tried_again_soon_and_never_later_than_usual(failures: int, minutes: int) -> None:
    now = datetime(2026, 11, 23, 20, tzinfo=UTC)
    found = next_try(Schedule(("06:00",)), "UTC", now, failures)
    assert found is not None
    assert (found - now).total_seconds() == minutes * 60
    assert next_try(Schedule(), "UTC", now, failures) is None


@pytest.mark.parametrize(
    ("times", "days"), [(("6:00",), (0,)), (("24:00",), (0,)), (("06:00",), (7,)), (("06:00",), ())]
)
def test_a_schedule_that_cannot_be_is_refused(times: tuple[str, ...], days: tuple[int, ...]) -> None:
    with pytest.raises(BadInput):
        checked_schedule(times, days)


@pytest.mark.parametrize(
    "plan",
    [
        SourcePlan(name=""),
        SourcePlan(name="a/b"),
        SourcePlan(name="x" * 61),
        SourcePlan(name="erp", way="sftp", folder="a/../b"),
        SourcePlan(name="erp", way="sftp", folder="out/", archive_folder="out"),
        SourcePlan(name="erp", way="sftp", archive_folder="a\\b"),
        SourcePlan(name="erp", schedule=Schedule(("06:00",))),
        SourcePlan(name="erp", freshness_days=0),
    ],
)
def test_a_plan_that_cannot_be_is_refused(plan: SourcePlan) -> None:
    with pytest.raises(BadInput):
        checked_plan(plan)


def file(number: int, size: int = 10) -> RemoteFile:
    return RemoteFile(name=f"items_{number}.csv", size=size, modified_at=datetime(2026, 1, number, tzinfo=UTC))


def taken(number: int, outcome: str, content: str = "") -> TakenFile:
    known = file(number)
    return TakenFile(
        name=known.name,
        size=known.size,
        modified_at=known.modified_at,
        ordered_at=known.modified_at,
        content=content or str(number),
        outcome=outcome,
    )


def names(files: tuple[RemoteFile, ...]) -> list[str]:
    return [each.name for each in files]


def test_new_files_are_taken_in_order_and_old_ones_are_not() -> None:
    found = arrivals([file(5), file(4), file(2), file(1)], ANY, [taken(2, "done")], "stock", again=False)
    assert (names(found.take), names(found.older), found.lying) == (
        ["items_4.csv", "items_5.csv"],
        ["items_1.csv"],
        ("items_2.csv",),
    )


def test_a_known_name_with_another_size_is_another_file() -> None:
    assert names(arrivals([file(2, 11)], ANY, [taken(2, "done")], "stock", again=False).take) == ["items_2.csv"]


@pytest.mark.parametrize("outcome", ["held", "refused"])
def test_what_was_not_imported_blocks_a_delta_and_not_a_snapshot(outcome: str) -> None:
    here, known = [file(2), file(3)], [taken(1, "done"), taken(2, outcome)]
    assert names(arrivals(here, ANY, known, "stock", again=False).take) == ["items_3.csv"]
    blocked = arrivals(here, ANY, known, "delta", again=False)
    assert (blocked.take, blocked.blocked_by) == ((), "items_2.csv")
    for mode in ("stock", "delta"):
        assert names(arrivals(here, ANY, known, mode, again=True).take) == ["items_2.csv", "items_3.csv"]


def test_only_what_came_before_the_last_is_a_replay() -> None:
    known = [taken(1, "done", "a"), taken(2, "held", "b"), taken(3, "done", "c")]
    assert [is_replay(content, known) for content in "abc"] == [True, False, False]
    assert not is_replay("a", [*known, taken(4, "done", "a")])

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relance.core.collection.windows import Window, is_open, next_opening, parse_windows, wall_moment
from relance.core.kernel.errors import BadInput

PARIS = ZoneInfo("Europe/Paris")
ZONES = ("Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Asia/Tokyo", "Pacific/Apia", "America/Sao_Paulo")


def never(_day: date) -> bool:
    return False


def paris(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


def test_the_default_is_office_hours_from_monday_to_friday() -> None:
    assert parse_windows("mon-fri 08:30-17:30") == (Window(frozenset(range(5)), 510, 1050),)


def test_several_windows_and_a_week_that_wraps() -> None:
    assert parse_windows("sat-mon 09:00-12:00, Wed 00:00-24:00") == (
        Window(frozenset({5, 6, 0}), 540, 720),
        Window(frozenset({2}), 0, 1440),
    )


@pytest.mark.parametrize("text", ["", "mon", "mon 9-10", "mon-fry 09:00-10:00", "mon 10:00-09:00", "mon 23:00-25:00"])
def test_what_is_no_window_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        parse_windows(text)


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ("2026-03-02 07:00", "2026-03-02 08:30"),
        ("2026-03-02 09:15", "2026-03-02 09:15"),
        ("2026-03-02 17:30", "2026-03-03 08:30"),
        ("2026-03-06 18:00", "2026-03-09 08:30"),
    ],
)
def test_a_message_leaves_at_once_or_when_the_next_window_opens(moment: str, opening: str) -> None:
    windows = parse_windows("mon-fri 08:30-17:30")
    assert next_opening(windows, paris(moment), PARIS, never) == paris(opening)


def test_nothing_leaves_on_a_public_holiday() -> None:
    windows = parse_windows("mon-fri 08:30-17:30")
    easter_monday = date(2026, 4, 6)
    opening = next_opening(windows, paris("2026-04-03 18:00"), PARIS, lambda day: day == easter_monday)
    assert opening == paris("2026-04-07 08:30")


def test_a_wall_time_that_does_not_exist_moves_forward_to_the_end_of_the_gap() -> None:
    assert wall_moment(date(2026, 3, 29), 150, PARIS) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)


def test_a_wall_time_that_exists_twice_is_the_first() -> None:
    assert wall_moment(date(2026, 10, 25), 150, PARIS) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_window_over_the_change_of_clocks_is_an_hour_shorter_in_spring() -> None:
    opens, closes = wall_moment(date(2026, 3, 29), 0, PARIS), wall_moment(date(2026, 3, 29), 480, PARIS)
    assert closes - opens == timedelta(hours=7)


@given(
    zone=st.sampled_from(ZONES),
    moment=st.datetimes(datetime(2020, 1, 1), datetime(2037, 12, 31)),
    opens=st.integers(0, 1380),
    length=st.integers(1, 600),
    weekdays=st.frozensets(st.integers(0, 6), min_size=1),
    holiday=st.integers(0, 6),
)
@settings(max_examples=400, deadline=None)
def test_whatever_the_zone_a_message_leaves_inside_its_window(
    zone: str, moment: datetime, opens: int, length: int, weekdays: frozenset[int], holiday: int
) -> None:
    """I-14 over every change of clocks of many zones."""
    windows = (Window(weekdays, opens, min(opens + length, 1440)),)
    here, asked = ZoneInfo(zone), moment.replace(tzinfo=UTC)
    leaves = next_opening(windows, asked, here, lambda day: day.day % 7 == holiday)
    local = leaves.astimezone(here)
    assert leaves >= asked
    assert is_open(windows, leaves, here, lambda day: day.day % 7 == holiday)
    assert local.weekday() in weekdays
    assert local.date().day % 7 != holiday
    assert time(opens // 60, opens % 60) <= local.time().replace(tzinfo=None)
    assert local.hour * 60 + local.minute < windows[0].closes

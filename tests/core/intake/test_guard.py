"""The guard asks a person before a snapshot settles too much (A6)."""

import msgspec
import pytest

from relance.core.intake.guard import Limits, Move, reason_to_hold

LIMITS = Limits(shrink_percent=30, shrink_items=10, spike_percent=50)


def move(absent: int = 0, of: int = 100, size: int = 100, after: int | None = None, **more: object) -> Move:
    """A snapshot over `of` items of 100 each; `absent` of them are gone, worth `size` each."""
    plain = Move(
        open_items=of,
        absent_items=absent,
        open_before={"EUR": of * 100},
        absent_size={"EUR": absent * size} if absent else {},
        open_size={"EUR": of * 100},
        open_after={"EUR": of * 100 - absent * size if after is None else after},
        first=False,
    )
    return msgspec.structs.replace(plain, **more)


@pytest.mark.parametrize(
    ("snapshot", "reason"),
    [
        (move(), None),
        (move(absent=30), None),
        (move(absent=31), "would-settle-too-much"),
        (move(absent=9, of=12, after=1200), None),
        (move(absent=10, size=400, after=10000), "would-settle-too-much"),
        (move(after=15000), None),
        (move(after=15001), "moves-too-much"),
        (move(after=4999), "moves-too-much"),
        (move(after=90000, first=True), None),
        (move(of=9, after=90000), None),
        (move(of=9, after=90000, grown={"EUR": 451}), "moves-too-much"),
        (move(of=9, after=100), None),
        (move(open_before={"EUR": 100}, after=5100), None),
        (move(open_before={"EUR": 100}, after=5101), "moves-too-much"),
        (move(open_before={"EUR": 0}, after=5001), "moves-too-much"),
        (move(absent=1, unreadable=1), "unreadable-rows"),
        (move(unreadable=5), None),
    ],
)
def test_the_guard_holds_what_passes_a_threshold(snapshot: Move, reason: str | None) -> None:
    assert reason_to_hold(snapshot, LIMITS) == reason


def test_a_few_items_of_a_second_currency_do_not_hold_a_large_ledger() -> None:
    two = {"open_before": {"EUR": 10000, "USD": 200}, "open_size": {"EUR": 10000, "USD": 200}}
    snapshot = move(**two, open_counts={"EUR": 100, "USD": 2}, open_after={"EUR": 10000, "USD": 900})
    assert reason_to_hold(snapshot, LIMITS) is None
    corrected = msgspec.structs.replace(snapshot, grown={"USD": 700})
    assert reason_to_hold(corrected, LIMITS) is None
    paid = msgspec.structs.replace(snapshot, absent_items=11, absent_size={"EUR": 1000, "USD": 200})
    assert reason_to_hold(paid, LIMITS) is None


def test_where_few_items_are_open_in_every_currency_known_ones_that_grow_are_a_sign() -> None:
    two = {"open_before": {"EUR": 500, "USD": 600}, "open_size": {"EUR": 500, "USD": 600}}
    snapshot = move(of=11, **two, open_counts={"EUR": 5, "USD": 6}, open_after={"EUR": 500, "USD": 60000})
    assert reason_to_hold(msgspec.structs.replace(snapshot, grown={"USD": 59400}), LIMITS) == "moves-too-much"


def test_a_currency_that_was_not_open_before_has_nothing_to_be_compared_with() -> None:
    assert reason_to_hold(move(open_after={"EUR": 10000, "USD": 99999}), LIMITS) is None

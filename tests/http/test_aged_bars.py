"""Bars drawn from amounts: every piece has a width, and the pieces fill the bar."""

import re

import pytest

from relance.http.aged_bars import micro_age


@pytest.mark.parametrize(
    ("parts", "longest"),
    [
        ((1, 1, 1, 1, 1), 10**9),
        ((0, 0, 5, 0, 0), 5),
        ((10, 0, 0, 0, 1), None),
        ((-5, 3, 0, 0, 2), 5),
        ((0, 0, 0, 0, 0), 9),
    ],
)
def test_no_piece_is_drawn_backwards(parts: tuple[int, ...], longest: int | None) -> None:
    widths = [int(width) for width in re.findall(r'width="(-?\d+)"', micro_age(parts, longest))]
    assert len(widths) == sum(part > 0 for part in parts)
    assert all(width > 0 for width in widths)
    assert sum(widths) <= 88

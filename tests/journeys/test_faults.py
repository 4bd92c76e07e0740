"""Databases that fail, fill up, go away or come back, slow relays, clocks that jump (matrix rows 3 to 18).

A fixed sample; `python -m tests.crash_matrix --row N` is the whole (docs/reference/fault-matrix.md).
"""

from pathlib import Path

import pytest

from tests.crash.places import Place
from tests.crash.rows import failing_writes, import_meanwhile


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    if request.param == "sqlite":
        return Place(f"sqlite:///{tmp_path}/relance.db", tmp_path)
    return Place(str(request.getfixturevalue("postgres_url")), tmp_path)


def test_a_statement_that_fails_changes_nothing_and_sends_nothing_twice(place: Place) -> None:
    found = list(failing_writes.run(place, 20260303, most=2))
    assert [one for one in found if not one.holds] == []
    assert sum(one.runs for one in found) == 8


def test_i6_what_an_import_settled_before_the_commit_does_not_leave(place: Place) -> None:
    assert [one for one in import_meanwhile.run(place, 20260303, schedules=2) if not one.holds] == []

"""What a process makes while it warms up is not looked through by every later collection."""

import gc
from collections.abc import Iterator

import pytest

from relance.core.kernel.memory import settle


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    known = list(gc.callbacks)
    yield
    gc.callbacks[:] = known
    gc.unfreeze()


def test_what_the_first_collections_find_alive_is_left_alone_from_then_on() -> None:
    settle()
    frozen = gc.get_freeze_count()
    kept = [[number] for number in range(1_000)]
    gc.collect()
    assert gc.get_freeze_count() >= frozen + len(kept)


def test_later_collections_look_at_everything_again() -> None:
    settle()
    for _ in range(20):
        gc.collect()
    frozen = gc.get_freeze_count()
    kept = [[number] for number in range(1_000)]
    gc.collect()
    assert gc.get_freeze_count() <= frozen
    assert len(kept) == 1_000

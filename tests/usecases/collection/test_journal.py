"""One writer for many connections."""

import asyncio
from collections.abc import Sequence

import pytest

from relance.core.kernel.identifiers import ActionId
from relance.ports.channels import Outcome
from relance.usecases.collection import journal
from relance.usecases.collection.clearing import Ready
from relance.usecases.collection.journal import Journal
from relance.usecases.collection.settling import Arrival


class Book:
    """Remembers each commit, and fails as often as told."""

    def __init__(self, failures: int = 0) -> None:
        self.commits: list[tuple[int, int]] = []
        self.failures = failures

    async def write(self, arrivals: Sequence[Arrival], departures: Sequence[Ready]) -> frozenset[ActionId]:
        if self.failures:
            self.failures -= 1
            raise OSError("disk full")
        self.commits.append((len(arrivals), len(departures)))
        return frozenset(ready.action.action for ready in departures)


class _Numbered:
    def __init__(self, number: int) -> None:
        self.action = number


def ready(number: int) -> Ready:
    return Ready(_Numbered(number), None)  # type: ignore[arg-type] # the journal only looks at the number


SENT = Outcome(kind="accepted")


def test_connections_that_ask_together_share_a_commit() -> None:
    async def run() -> Book:
        book = Book()
        kept = Journal(book.write, 4)
        writing = asyncio.create_task(kept.run())
        answers = await asyncio.gather(*(kept.may_leave(ready(n)) for n in range(4)))
        assert answers == [True] * 4
        for n in range(4):
            kept.arrived(ready(n), SENT)
        await kept.settled()
        writing.cancel()
        return book

    assert asyncio.run(run()).commits == [(0, 4), (4, 0)]


def test_nothing_leaves_when_it_cannot_be_written_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "_PATIENCE", (0, 0))

    async def run() -> Book:
        book = Book(failures=2)
        kept = Journal(book.write, 1)
        writing = asyncio.create_task(kept.run())
        kept.arrived(ready(1), SENT)
        assert await kept.may_leave(ready(2)) is False
        await kept.settled()
        writing.cancel()
        return book

    assert asyncio.run(run()).commits == [(1, 0)]


def test_a_database_that_stays_away_ends_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "_PATIENCE", (0, 0))

    async def run() -> None:
        kept = Journal(Book(failures=99).write, 1)
        kept.arrived(ready(1), SENT)
        await kept.run()

    with pytest.raises(OSError, match="disk full"):
        asyncio.run(run())

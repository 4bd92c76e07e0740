"""Tables are read ahead by a thread: in their order, no more than a few, and what went wrong is told in its place."""

from collections.abc import Generator
from itertools import islice

import pytest

from relance.core.kernel.errors import BadInput
from relance.ports.importers import Table
from relance.usecases.intake.reading_ahead import ahead


def test_tables_come_in_their_order() -> None:
    assert [table.columns["n"] for table in ahead(_tables([], 40))] == list(range(40))


def test_what_is_wrong_is_told_where_it_stands() -> None:
    tables = ahead(_tables([], 3, broken=True))
    assert len([next(tables) for _ in range(3)]) == 3
    with pytest.raises(BadInput, match="cut off"):
        next(tables)


def test_who_stops_early_has_read_only_a_few_more_and_the_file_is_let_go() -> None:
    read: list[int] = []
    tables = _tables(read, 1000)
    reading = ahead(tables)
    assert [table.columns["n"] for table in islice(reading, 2)] == [0, 1]
    reading.close()
    assert len(read) <= 12
    assert read[-1] == -1


def test_nothing_is_read_before_somebody_asks() -> None:
    read: list[int] = []
    ahead(_tables(read, 3))
    assert not read


def _tables(read: list[int], count: int, broken: bool = False) -> Generator[Table, None, None]:
    try:
        for number in range(count):
            read.append(number)
            yield Table(columns={"n": number})
        if broken:
            raise BadInput("the file is cut off")
    finally:
        read.append(-1)

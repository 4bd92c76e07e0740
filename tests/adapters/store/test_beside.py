"""A second reader on SQLite sees what the first one sees, or it is let go."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine

from relance.adapters.store.beside import reading_by_two, second_reader
from relance.adapters.store.engine import engine_for
from relance.adapters.store.halves import Half, by_halves


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """Ten numbers, on a machine with two processors."""
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    made = engine_for(f"sqlite:///{tmp_path}/numbers.db")
    with made.begin() as connection:
        connection.exec_driver_sql("create table numbers (number integer)")
        for number in range(1, 11):
            connection.exec_driver_sql("insert into numbers values (?)", (number,))
    yield made
    made.dispose()


def test_both_see_what_was_there_when_they_began(engine: Engine) -> None:
    with reading_by_two(engine) as connection:
        with engine.begin() as writer:
            writer.exec_driver_sql("insert into numbers values (11)")
        other = second_reader(connection)
        assert other is not None
        assert (_count(connection), _count(other)) == (10, 10)


def test_with_a_commit_between_the_beginnings_one_reads_alone(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Connection.exec_driver_sql
    seen: list[str] = []

    def committing(self: Connection, statement: str, *more: object) -> object:
        answer = asked(self, statement, *more)  # type: ignore[arg-type]  # whatever the store passes on
        if statement == "pragma data_version":
            seen.append(statement)
            if len(seen) == 2:
                with engine.begin() as writer:
                    asked(writer, "insert into numbers values (11)")
        return answer

    monkeypatch.setattr(Connection, "exec_driver_sql", committing)
    with reading_by_two(engine) as connection:
        assert second_reader(connection) is None
        assert _count(connection) == 10


def test_who_asks_while_two_read_for_another_reads_alone(engine: Engine) -> None:
    with reading_by_two(engine) as first, reading_by_two(engine) as second:
        assert second_reader(first) is not None
        assert second_reader(second) is None
    with reading_by_two(engine) as third:
        assert second_reader(third) is not None


def test_halves_have_every_row_once(engine: Engine) -> None:
    def ask(half: Half) -> object:
        behind = "" if half.last is None else f"where number {'>' if half.behind else '<='} {half.last}"
        return lambda reader: reader.exec_driver_sql(f"select sum(number) from numbers {behind}").scalar()

    with reading_by_two(engine) as connection:
        assert by_halves(connection, lambda: 4, ask) == [10, 45]  # type: ignore[arg-type]  # what is asked is a number
    with engine.connect() as connection:
        assert by_halves(connection, lambda: 4, ask) == [55]  # type: ignore[arg-type]  # what is asked is a number


def _count(connection: Connection) -> int:
    return int(connection.exec_driver_sql("select count(*) from numbers").scalar_one())

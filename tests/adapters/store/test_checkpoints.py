"""The log of SQLite goes into the database beside the work, and nothing is lost on the way."""

import threading
from pathlib import Path

from sqlalchemy import Engine, text

from relance.adapters.store.engine import engine_for

_ROWS = 9_000


def test_a_long_log_is_moved_into_the_database_after_the_commit(tmp_path: Path) -> None:
    engine, log = engine_for(f"sqlite:///{tmp_path}/ledger.db"), tmp_path / "ledger.db-wal"
    _fill(engine)
    assert log.stat().st_size > (16 << 20)
    _until_moved()
    assert (tmp_path / "ledger.db").stat().st_size > (16 << 20)
    with engine.begin() as connection:
        connection.execute(text("insert into filled values ('one more')"))
    assert log.stat().st_size <= (4 << 20), "once moved, the log begins anew and is cut short"
    assert _count(engine) == _ROWS + 1
    engine.dispose()


def test_a_database_that_is_gone_is_not_made_again(tmp_path: Path) -> None:
    engine = engine_for(f"sqlite:///{tmp_path}/ledger.db")
    connection = engine.connect()
    connection.execute(text("create table filled (cell text)"))
    connection.execute(text("insert into filled values (:cell)"), [{"cell": "x" * 2_000}] * _ROWS)
    connection.commit()
    (tmp_path / "ledger.db").unlink()
    connection.close()
    _until_moved()
    assert not (tmp_path / "ledger.db").exists()
    engine.dispose()


def _fill(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("create table filled (cell text)"))
        connection.execute(text("insert into filled values (:cell)"), [{"cell": "x" * 2_000}] * _ROWS)


def _until_moved() -> None:
    for thread in threading.enumerate():
        if thread.name == "checkpoint":
            thread.join()


def _count(engine: Engine) -> int:
    with engine.connect().execution_options(relance_write=False) as connection:
        return int(connection.execute(text("select count(*) from filled")).scalar_one())

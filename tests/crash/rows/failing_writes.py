"""Row 3: the n-th statement or commit fails, for every n until nothing fails any more.

An import, a day and a confirmation leave everything as it was, say why, and are done when asked again. What is sent
while the database fails is sent once.
"""

import hashlib
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, text

from relance.adapters.store.schema import metadata
from relance.adapters.store.tenancy import SqlTenantDirectory
from relance.core.kernel.errors import RelanceError
from relance.usecases.collection import journal
from tests.conftest import acme
from tests.crash.findings import Finding, finding
from tests.crash.nth import CODES, COMMIT, POSTGRESQL, SQLITE, Breaking
from tests.crash.places import Place, carried, emptied
from tests.crash.verdicts import judged
from tests.delivery_ledger import decide
from tests.usecases.collection.mailroom import Mailroom
from tests.usecases.intake.kit import Desk, invoices

ROW = 3
_HISTORY = {"imports", "audit", "counters"}
"""A failed import is told in these; everything else must be as it was."""
_MESSAGES = 6
_FEWEST = 20
"""Every verb has more statements."""


def run(place: Place, seed: int, most: int = 0) -> Iterator[Finding]:
    """Each verb with each error at every statement; or one error `most` times: at the commit and by chance."""
    errors = SQLITE if place.on_file else POSTGRESQL
    with place.engine() as engine:
        for error in (random.Random(seed).choice(errors),) if most else errors:
            yield _whole(engine, place, error, "import", seed, most)
            yield _whole(engine, place, error, "day", seed, most)
            yield _whole(engine, place, error, "confirm", seed, most)
            yield _sent(engine, place, error, seed, most)


def _whole(engine: Engine, place: Place, error: str, verb: str, seed: int, most: int) -> Finding:
    """A verb that is one transaction: nothing, or everything."""
    deed = _PREPARED[verb](engine, place.folder)
    wrong: list[str] = []
    runs = 0
    with Breaking(engine, error).listening() as breaking:
        for number in _numbers(seed, most):
            before = dumped(engine)
            said = _told(breaking, number, deed)
            if not breaking.broke:
                break
            runs += 1
            if said != CODES[error]:
                wrong.append(f"{verb} {error} at {number} ({breaking.broke}): told as {said}")
            if dumped(engine) != before:
                wrong.append(f"{verb} {error} at {number} ({breaking.broke}): not as it was")
    if most and not wrong:
        deed()
    return Finding(row=ROW, case=f"{verb}, {error}", database=place.name, seed=seed, runs=runs, wrong=tuple(wrong))


def _sent(engine: Engine, place: Place, error: str, seed: int, most: int) -> Finding:
    found = []
    for number in _numbers(seed, most):
        tenant = _founded(engine)
        room = Mailroom(engine, tenant, _MESSAGES)
        room.confirm()
        with Breaking(engine, error).listening() as breaking, _hasty():
            said = _told(breaking, number, room.dispatch)
        if not breaking.broke:
            break
        room.dispatch()
        words = (
            [] if said in {"", CODES[error]} else [f"dispatch {error} at {number} ({breaking.broke}): told as {said}"]
        )
        verdict = judged(room, carried(room))
        found.append(finding(ROW, f"dispatch, {error}", place.name, verdict, wrong=words))
    return _together(found, seed)


def _together(found: list[Finding], seed: int) -> Finding:
    names = ("duplicates", "lost", "stuck", "false_failed", "unknown", "bound")
    sums = {name: sum(getattr(one, name) for one in found) for name in names}
    wrong = tuple(words for one in found for words in one.wrong)
    first = found[0]
    return Finding(row=ROW, case=first.case, database=first.database, seed=seed, runs=len(found), wrong=wrong, **sums)


def _told(breaking: Breaking, number: int, deed: Callable[[], Any]) -> str:
    """The code of the refusal; another error is named by its type."""
    with breaking.at(number):
        try:
            deed()
        except RelanceError as refusal:
            return refusal.code
        except Exception as surprise:
            return f"{type(surprise).__name__}: {surprise}"[:200]
    return ""


def _numbers(seed: int, most: int) -> Iterator[int]:
    if not most:
        yield from range(1, 10_000)
        return
    yield from (COMMIT, *random.Random(seed).sample(range(1, _FEWEST), most - 1))


@contextmanager
def _hasty() -> Iterator[None]:
    """Waiting for the database takes milliseconds."""
    patience = journal._PATIENCE
    journal._PATIENCE = (0.01, 0.02)  # type: ignore[assignment] # a scaled clock
    try:
        yield
    finally:
        journal._PATIENCE = patience


def _founded(engine: Engine) -> Any:
    emptied(engine)
    return SqlTenantDirectory(engine).found(acme(), "FR01")


def _import(engine: Engine, folder: Path) -> Callable[[], Any]:
    shutil.rmtree(folder / "archive", ignore_errors=True)
    desk = Desk(engine, _founded(engine), folder)
    desk.rows(*invoices(60))
    after = [line for place, line in enumerate(invoices(60)) if place % 5] + invoices(30, first=61)
    return lambda: desk.rows(*after, override_guard=True)


def _day(engine: Engine, _folder: Path) -> Callable[[], Any]:
    room = Mailroom(engine, _founded(engine), _MESSAGES)
    room.change_action(1, state="cancelled")
    return lambda: decide(room.work, room.tenant, room.clock)


def _confirm(engine: Engine, _folder: Path) -> Callable[[], Any]:
    return Mailroom(engine, _founded(engine), _MESSAGES).confirm


_PREPARED: dict[str, Callable[[Engine, Path], Callable[[], Any]]] = {
    "import": _import,
    "day": _day,
    "confirm": _confirm,
}


def dumped(engine: Engine) -> str:
    """A digest of every row of every table but the history's."""
    digest = hashlib.sha256()
    with engine.connect().execution_options(relance_write=False) as connection:
        for table in metadata.sorted_tables:
            if table.name not in _HISTORY:
                rows = sorted(map(repr, connection.execute(text(f"select * from {table.name}"))))
                digest.update(f"{table.name}: {rows}".encode())
    return digest.hexdigest()

"""Row 16: an import settles or changes what messages under way list, at every moment of their commits (I-6).

The dispatcher pauses at one of its statements; the import starts there and gets on as far as the database lets it. Then
both go on. A message whose `sending` was committed after the import had been must not list what the import changed.
"""

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from sqlalchemy import Engine, delete, event

from relance.adapters.store.tables.collection import actions
from relance.adapters.store.tables.ledger import items
from relance.adapters.store.tenancy import SqlTenantDirectory
from tests.conftest import acme
from tests.crash.findings import Finding, finding
from tests.crash.places import Place, carried, emptied
from tests.crash.verdicts import judged
from tests.delivery_ledger import decide
from tests.usecases.collection.mailroom import Mailroom
from tests.usecases.intake.kit import HEADER, Desk

ROW = 16
_CUSTOMERS = 4
_AT_SENDING = 0
_STATEMENTS = 60
"""More than a pass over so few messages has."""
_AS_FAR_AS = 0.15
"""Seconds that the import has while the dispatcher stands still: it commits in a third of it, or waits for a lock."""


def run(place: Place, seed: int, schedules: int = 10) -> Iterator[Finding]:
    """The first of so many schedules meets right before the commit that says `sending`, others where the seed says."""
    dice = random.Random(seed)
    with place.engine() as engine:
        for number in range(schedules):
            room, desk = prepared(engine, place)
            touched = dice.sample(range(1, _CUSTOMERS + 1), 2)
            meeting = Meeting(engine, dice.randrange(1, _STATEMENTS) if number else _AT_SENDING)
            with meeting.listening(lambda room=room, desk=desk, touched=touched: changed(desk, touched)):
                room.dispatch()
            late = [one for one in touched if meeting.after_the_import(room, one)]
            verdict = judged(room, carried(room), settled={"sent", "cancelled", "to-confirm"})
            wrong = [f"schedule {seed}.{number}, at {meeting.at}: sent old figures to C{one}" for one in late]
            yield finding(ROW, "import meanwhile", place.name, verdict, seed=seed, wrong=wrong)


class Meeting:
    """Pauses the dispatcher at its n-th statement or commit, for an import in another thread, and notes their order."""

    def __init__(self, engine: Engine, at: int) -> None:
        self._engine, self.at = engine, at
        self._clock, self._seen = count(1), 0
        self._leaving: dict[int, list[int]] = {}
        self._sending: dict[int, int] = {}
        self.imported = 0

    @contextmanager
    def listening(self, imports: Callable[[], None]) -> Iterator[None]:
        """Until the pass has ended, and the import."""
        self._import = threading.Thread(target=self._imported, args=(imports,))
        names = ("do_execute", "do_executemany", "do_execute_no_params")
        for name in names:
            event.listen(self._engine, name, self._statement)
        commit = self._engine.dialect.do_commit
        self._engine.dialect.do_commit = self._committing(commit)  # type: ignore[method-assign] # the driver's own
        try:
            yield
        finally:
            if self._import.ident is None:
                self._import.start()
            self._import.join()
            self._engine.dialect.do_commit = commit  # type: ignore[method-assign] # as it was
            for name in names:
                event.remove(self._engine, name, self._statement)

    def after_the_import(self, room: Mailroom, customer: int) -> bool:
        """Whether the customer's message left though its `sending` was committed after the import was."""
        left = {int(message.action.partition(".")[0]) for message in room.channel.carried}
        [action] = [row.action_id for row in room.rows("actions") if row.customer_id == customer]
        return action in left and self._sending[action] > self.imported

    def _imported(self, imports: Callable[[], None]) -> None:
        imports()
        self.imported = next(self._clock)

    def _statement(self, _cursor: Any, _statement: str, *rest: Any) -> None:
        if threading.current_thread() is self._import:
            return
        context = rest[-1]
        for given in (context.compiled_parameters or ()) if context and context.compiled else ():
            if given.get("new_state") == "sending":
                these = [value for name, value in given.items() if name.startswith("these_")]
                self._leaving.setdefault(threading.get_ident(), []).extend(these or given.get("these") or ())
        self._meet()

    def _committing(self, commit: Any) -> Any:
        def committed(connection: Any) -> None:
            if threading.current_thread() is not self._import:
                leaving = self._leaving.pop(threading.get_ident(), ())
                self._meet(bool(leaving))
                self._sending.update(dict.fromkeys(leaving, next(self._clock)))
            commit(connection)

        return committed

    def _meet(self, leaving: bool = False) -> None:
        self._seen += 1
        if self._import.ident is None and (leaving if self.at == _AT_SENDING else self._seen == self.at):
            self._import.start()
            self._import.join(_AS_FAR_AS)


def prepared(engine: Engine, place: Place) -> tuple[Mailroom, Desk]:
    """Confirmed messages about invoices that an import brought, and the desk of the next import."""
    emptied(engine)
    tenant = SqlTenantDirectory(engine).found(acme(), "FR01")
    room, desk = Mailroom(engine, tenant, _CUSTOMERS), Desk(engine, tenant, place.folder)
    with engine.begin() as connection:
        connection.execute(delete(actions))
        connection.execute(delete(items))
    with room.work(tenant) as unit:
        for name in ("sources", "customers", "items"):
            unit.tenancy.next_numbers(name, _CUSTOMERS)
    desk.clock.moment = room.clock.moment
    desk.rows(*(_line(n, "500.00") for n in range(1, _CUSTOMERS + 1)))
    decide(room.work, tenant, room.clock)
    room.confirm()
    return room, desk


def changed(desk: Desk, touched: list[int]) -> None:
    """The next day's list: what the first of them owed is gone, the second owes less."""
    settled, less = touched
    lines = [_line(n, "20.00" if n == less else "500.00") for n in range(1, _CUSTOMERS + 1) if n != settled]
    report = desk.rows(*lines, header=HEADER, override_guard=True)
    assert (report.settled, report.changed) == (1, 1), report


def _line(number: int, amount: str) -> str:
    return f"C{number},Customer {number},INV-{number},2026-01-20,2026-02-19,{amount}"

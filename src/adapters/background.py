"""Runs in threads of this process; one more thread notes how far they have come and that they live."""

import logging
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait

import msgspec

from relance.core.intake.progress import Phase, Progress, Telling
from relance.core.kernel.identifiers import RunId, TenantId
from relance.ports.background import RunToDo

_LOG = logging.getLogger("relance.background")
_MOST = 2
"""Imports at once in a process: they are bound by processors and memory."""
_MOST_ERRANDS = 4
"""Errands at once: they mostly wait for other servers, and imports must not wait for them."""
_NOTE_SECONDS = 0.5
_SIGN_OF_LIFE = 10
"""After so many rounds without progress the runs are noted all the same."""

Notes = Mapping[RunId, Progress]


class ThreadedRuns:
    """A bounded pool. `perform` does one run to its end; `note` keeps the progress of a tenant's runs."""

    def __init__(self, perform: Callable[[RunToDo, Telling], None], note: Callable[[TenantId, Notes], None]) -> None:
        self._perform, self._note = perform, note
        self._pool: ThreadPoolExecutor | None = None
        self._lock, self._watching = threading.Lock(), False
        self._live: dict[tuple[TenantId, RunId], tuple[Future[None], Progress]] = {}
        self._noted: dict[tuple[TenantId, RunId], Progress] = {}
        self._errands: ThreadPoolExecutor | None = None
        self._away: dict[str, Future[None]] = {}

    def start(self, todo: RunToDo) -> None:
        """Do it as soon as a thread is free."""
        with self._lock:
            if self._pool is None:
                self._pool = ThreadPoolExecutor(_MOST, thread_name_prefix="import")
            future = self._pool.submit(self._do, todo)
            self._live[todo.actor.tenant, todo.run] = (future, todo.progress)
            if not self._watching:
                self._watching = True
                threading.Thread(target=self._watch, name="import-progress", daemon=True).start()

    def wait(self, tenant: TenantId, run: RunId, seconds: float) -> None:
        """Wait until the run has ended, at most so long."""
        with self._lock:
            found = self._live.get((tenant, run))
        if found:
            wait([found[0]], timeout=seconds)

    def beside(self, errand: str, deed: Callable[[], object]) -> None:
        """Do something else as soon as a thread of its own pool is free."""
        with self._lock:
            if self._errands is None:
                self._errands = ThreadPoolExecutor(_MOST_ERRANDS, thread_name_prefix="errand")
            self._away[errand] = self._errands.submit(self._run_errand, errand, deed)

    def wait_beside(self, errand: str, seconds: float) -> None:
        """Wait until that errand has ended, at most so long."""
        with self._lock:
            found = self._away.get(errand)
        if found:
            wait([found], timeout=seconds)

    def close(self) -> None:
        """Wait for what is running; an import that has not begun is left to be found by its silence."""
        for pool, leave in ((self._pool, True), (self._errands, False)):
            if pool:
                pool.shutdown(wait=True, cancel_futures=leave)

    def _run_errand(self, errand: str, deed: Callable[[], object]) -> None:
        try:
            deed()
        except Exception:  # a thread of the pool has nobody above it; the errand keeps what became of it by itself
            _LOG.exception("%s broke", errand)
        finally:
            with self._lock:
                self._away.pop(errand, None)

    def _do(self, todo: RunToDo) -> None:
        try:
            self._perform(todo, self._telling(todo))
        except Exception:  # a thread of the pool has nobody above it: what failed is logged, the run falls silent
            _LOG.exception("run %s of tenant %s could not be ended", todo.run, todo.actor.tenant)
        finally:
            with self._lock:
                self._live.pop((todo.actor.tenant, todo.run), None)

    def _telling(self, todo: RunToDo) -> Telling:
        key = (todo.actor.tenant, todo.run)

        def tell(phase: Phase, rows: int) -> None:
            with self._lock:
                if key not in self._live:
                    return
                future, known = self._live[key]
                now = msgspec.structs.replace(known, phase=phase, rows=rows)
                self._live[key] = (future, now)
            if phase == "writing":  # SQLite's one writer will be this import: whoever looks must know it before
                self._keep({key: now})

        return tell

    def _watch(self) -> None:
        """Until nothing is left to do; the next start begins another round."""
        pause, rounds = threading.Event(), 0
        while not pause.wait(_NOTE_SECONDS):
            with self._lock:
                if not self._live:
                    self._noted.clear()
                    self._watching = False
                    return
                now = {key: progress for key, (_, progress) in self._live.items()}
            rounds += 1
            self._keep(now if rounds % _SIGN_OF_LIFE == 0 else self._moved(now))

    def _moved(self, now: dict[tuple[TenantId, RunId], Progress]) -> dict[tuple[TenantId, RunId], Progress]:
        return {key: progress for key, progress in now.items() if self._noted.get(key) != progress}

    def _keep(self, moved: dict[tuple[TenantId, RunId], Progress]) -> None:
        for tenant in {tenant for tenant, _ in moved}:
            notes = {run: progress for (whose, run), progress in moved.items() if whose == tenant}
            try:
                self._note(tenant, notes)
            except Exception:  # progress is a courtesy: a database that is busy or away is asked again next round
                _LOG.warning("the progress of tenant %s could not be noted", tenant, exc_info=True)
                continue
            with self._lock:
                self._noted.update({(tenant, run): progress for run, progress in notes.items()})

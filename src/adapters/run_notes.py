"""How far the runs of this process have come: noted now and then, which is their sign of life too."""

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import msgspec

from relance.core.intake.progress import Phase, Progress, Telling
from relance.core.kernel.identifiers import RunId, TenantId
from relance.ports.background import RunToDo

_LOG = logging.getLogger("relance.background")
_NOTE_SECONDS = 0.5
_SIGN_OF_LIFE = 10
"""After so many rounds without progress the runs are noted all the same."""

Notes = Mapping[RunId, Progress]
_Key = tuple[TenantId, RunId]


class RunNotes:
    """`note` keeps the progress of a tenant's runs; one thread calls it while any run is being done."""

    def __init__(self, note: Callable[[TenantId, Notes], None]) -> None:
        self._note = note
        self._lock, self._watching = threading.Lock(), False
        self._live: dict[_Key, Progress] = {}
        self._noted: dict[_Key, Progress] = {}

    @contextmanager
    def of(self, todo: RunToDo) -> Iterator[Telling]:
        """Watch over a run for as long as it is being done; what is yielded tells how far it has come."""
        key = (todo.actor.tenant, todo.run)
        with self._lock:
            self._live[key] = todo.progress
            if not self._watching:
                self._watching = True
                threading.Thread(target=self._watch, name="import-progress", daemon=True).start()
        try:
            yield self._telling(key)
        finally:
            with self._lock:
                self._live.pop(key, None)

    def _telling(self, key: _Key) -> Telling:
        def tell(phase: Phase, rows: int) -> None:
            with self._lock:
                if key not in self._live:
                    return
                now = self._live[key] = msgspec.structs.replace(self._live[key], phase=phase, rows=rows)
            if phase == "writing":  # SQLite's one writer will be this import: whoever looks must know it before
                self._keep({key: now})

        return tell

    def _watch(self) -> None:
        """Until nothing is left to do; the next run begins another round."""
        pause, rounds = threading.Event(), 0
        while not pause.wait(_NOTE_SECONDS):
            with self._lock:
                if not self._live:
                    self._noted.clear()
                    self._watching = False
                    return
                now = dict(self._live)
            rounds += 1
            self._keep(now if rounds % _SIGN_OF_LIFE == 0 else self._moved(now))

    def _moved(self, now: dict[_Key, Progress]) -> dict[_Key, Progress]:
        return {key: progress for key, progress in now.items() if self._noted.get(key) != progress}

    def _keep(self, moved: dict[_Key, Progress]) -> None:
        for tenant in {tenant for tenant, _ in moved}:
            notes = {run: progress for (whose, run), progress in moved.items() if whose == tenant}
            try:
                self._note(tenant, notes)
            except Exception:  # progress is a courtesy: a database that is busy or away is asked again next round
                _LOG.warning("the progress of tenant %s could not be noted", tenant, exc_info=True)
                continue
            with self._lock:
                self._noted.update({(tenant, run): progress for run, progress in notes.items()})
